import { Problem } from '@berth/contracts';
import { parseInstant } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, IfMatch } from '@berth/platform/http';
import { Body, Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DryRunQuery } from '../reservations.dto';
import { EditIntervals, type EditedIntervals } from './edit-intervals';
import { EditedIntervalsResponse, EditIntervalsRequest } from './intervals.dto';

/** Merging, splitting and trimming what one has. */
@ApiTags('reservations')
@Controller('reservations')
export class IntervalsController {
  constructor(private readonly editing: EditIntervals) {}

  /**
   * Replaces the time of a reservation by several intervals. What they cover of the same person's reservations of the same
   * resources goes over to them; what they leave of those stays.
   */
  @Post(':id/edit-intervals')
  @HttpCode(200)
  @Requires('reservation:update')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: EditedIntervalsResponse })
  @ApiProblems(
    'validation-failed',
    'unknown-parameter',
    'not-found',
    'policy-violation',
    'quota-exceeded',
    'reservation-conflict',
    'slot-held',
    'invalid-state',
    'precondition-failed',
    'idempotency-key-reused',
    'unavailable',
  )
  edit(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() request: EditIntervalsRequest,
    @Query() query: DryRunQuery,
    @IfMatch() ifMatch?: number,
  ): Promise<EditedIntervals> {
    const intervals = request.intervals.map((it) => ({ start: instant(it.start), end: instant(it.end) }));
    const command = { id, intervals, ifMatch };
    return query.dryRun ? this.editing.tryOut(actor, command) : this.editing.execute(actor, command);
  }
}

function instant(text: string): Date {
  const parsed = parseInstant(text);
  if (!parsed) throw new Problem('validation-failed');
  return parsed;
}
