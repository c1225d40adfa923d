import { parseInstant } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Clock } from '@berth/platform/runtime';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { demandWindow } from './demand-window';
import { FreeTimes } from './free-times';
import { AvailableSlotsQuery, AvailableSlotsResponse, NextAvailableQuery, NextAvailableResponse } from './search.dto';

const DAY_MS = 86_400_000;
const MAX_DAYS = 62;

/** When one resource can be booked. */
@ApiTags('availability')
@Controller('resources/:id')
export class FreeTimesController {
  constructor(
    private readonly times: FreeTimes,
    private readonly clock: Clock,
  ) {}

  /** Every slot of the resource in a window that may be booked now, in order. */
  @Get('available-slots')
  @Requires('availability:read')
  @ApiOkResponse({ type: AvailableSlotsResponse })
  @ApiProblems('validation-failed', 'unknown-parameter', 'not-found')
  slots(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() query: AvailableSlotsQuery,
  ): Promise<AvailableSlotsResponse> {
    const window = demandWindow(query.from, query.to, MAX_DAYS, '?to');
    return this.times.slots(actor, id, { window, minutes: query.durationMinutes, quantity: query.quantity }, query.limit);
  }

  /** The first slot of the resource that may be booked now; null when the days looked at have none. */
  @Get('next-available')
  @Requires('availability:read')
  @ApiOkResponse({ type: NextAvailableResponse })
  @ApiProblems('validation-failed', 'unknown-parameter', 'not-found')
  async next(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() query: NextAvailableQuery,
  ): Promise<NextAvailableResponse> {
    const start = query.from === undefined ? this.clock.now() : parseInstant(query.from)!;
    const window = { start, end: new Date(start.getTime() + query.days * DAY_MS) };
    return { slot: await this.times.next(actor, id, { window, minutes: query.durationMinutes, quantity: query.quantity }) };
  }
}
