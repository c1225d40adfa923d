import { Problem } from '@berth/contracts';
import { parseInstant } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, IfMatch } from '@berth/platform/http';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CheckResponse } from '../availability.dto';
import { BookRequest, DryRunQuery } from '../reservations.dto';
import { CancelSeries } from './cancel-series';
import { ChangeSeries } from './change-series';
import { ChangeOccurrence } from './change-occurrence';
import type { SeriesCheckAnswer } from './check-series';
import type { Series, SeriesBooked, SeriesOccurrence } from './series';
import { SeriesBookedResponse, SeriesWithOccurrencesResponse } from './series.dto';
import { FillOccurrence } from './fill-occurrence';
import { JoinSeries } from './join-series';
import { demandOccurrence } from './scope';
import { FillRequest, ScopeQuery, SeriesCancelRequest, SeriesPatch } from './series-change.dto';
import { SeriesDoor } from './series-door';
import { seriesWishOf } from './series-of-request';
import { SeriesQueries } from './series.queries';

/** Series: reservations that recur. */
@ApiTags('series')
@Controller()
export class SeriesController {
  constructor(
    private readonly door: SeriesDoor,
    private readonly queries: SeriesQueries,
    private readonly changing: ChangeSeries,
    private readonly changingOne: ChangeOccurrence,
    private readonly cancelling: CancelSeries,
    private readonly filling: FillOccurrence,
    private readonly joining: JoinSeries,
  ) {}

  /** Books a series; the same as booking a reservation with `recurrence`. */
  @Post('reservations/recurring')
  @Requires('reservation:create')
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key and body get the same answer for 24 h' })
  @ApiCreatedResponse({ type: SeriesBookedResponse })
  @ApiOkResponse({ type: CheckResponse, description: 'Dry run: what would be, for each occurrence' })
  @ApiProblems(
    'validation-failed',
    'unknown-parameter',
    'not-found',
    'policy-violation',
    'quota-exceeded',
    'reservation-conflict',
    'slot-held',
    'nonexistent-local-time',
    'idempotency-key-reused',
    'unavailable',
  )
  async book(
    @CurrentActor() actor: Actor,
    @Body() request: BookRequest,
    @Query() query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SeriesBooked | SeriesCheckAnswer> {
    const series = seriesWishOf(request);
    if (!series)
      throw new Problem('validation-failed', { errors: [{ pointer: '/recurrence', code: 'required', detail: 'is needed here' }] });
    return this.door.book(actor, series, query.dryRun, reply);
  }

  /** One series with its occurrences. */
  @Get('series/:id')
  @Requires('reservation:read')
  @ApiOkResponse({ type: SeriesWithOccurrencesResponse })
  @ApiProblems('not-found')
  read(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Series & { occurrences: SeriesOccurrence[] }> {
    return this.queries.one(actor, id);
  }

  /**
   * Changes one occurrence, one and those after it (which then are a series of their own), or all; what has begun stays as
   * it was. A merge patch.
   */
  @Patch('series/:id')
  @Requires('reservation:update')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: SeriesBookedResponse })
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
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() { scope, recurrenceId }: ScopeQuery,
    @Body() patch: SeriesPatch,
    @IfMatch() ifMatch?: number,
  ): Promise<SeriesBooked> {
    const { start, end, resourceId, recurrence, onConflict, ...details } = patch;
    const occurrence = instant(recurrenceId);
    const time = { start: instant(start), end: instant(end), resourceId: resourceId?.toLowerCase() };
    if (scope === 'this') {
      if (recurrence)
        throw new Problem('validation-failed', { errors: [{ pointer: '/recurrence', code: 'not-allowed', detail: 'is that of all' }] });
      return this.changingOne.execute(actor, { id, recurrenceId: demandOccurrence(occurrence), details, ...time });
    }
    return this.changing.execute(actor, {
      id,
      scope,
      recurrenceId: occurrence,
      details,
      ...time,
      ...recurrence,
      onConflict: onConflict ?? 'fail',
      ifMatch,
    });
  }

  /** Cancels one occurrence, one and those after it, or all; what is over stays. Cancelling twice is not an error. */
  @Post('series/:id/cancel')
  @HttpCode(200)
  @Requires('reservation:cancel')
  @ApiOkResponse({ type: SeriesBookedResponse })
  @ApiProblems('validation-failed', 'unknown-parameter', 'not-found', 'invalid-state', 'idempotency-key-reused')
  cancel(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() { scope, recurrenceId }: ScopeQuery,
    @Body() { reason }: SeriesCancelRequest,
  ): Promise<SeriesBooked> {
    return this.cancelling.execute(actor, { id, scope, recurrenceId: instant(recurrenceId), reason });
  }

  /** Puts a series together again with the one it was parted from, where both are still what parting left: the undo of «this and following». */
  @Post('series/:id/join')
  @HttpCode(200)
  @Requires('reservation:update')
  @ApiOkResponse({ type: SeriesBookedResponse })
  @ApiProblems('not-found', 'invalid-state', 'idempotency-key-reused')
  join(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<SeriesBooked> {
    return this.joining.execute(actor, id);
  }

  /** Books an occurrence that was skipped, as the series has it or at another time or on another resource. */
  @Post('series/:id/fill')
  @HttpCode(200)
  @Requires('reservation:update')
  @ApiOkResponse({ type: SeriesBookedResponse })
  @ApiProblems(
    'validation-failed',
    'not-found',
    'policy-violation',
    'quota-exceeded',
    'reservation-conflict',
    'slot-held',
    'invalid-state',
    'idempotency-key-reused',
    'unavailable',
  )
  fill(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @Body() request: FillRequest): Promise<SeriesBooked> {
    const { recurrenceId, start, end, resourceId, customFields } = request;
    const at = demandOccurrence(instant(recurrenceId));
    return this.filling.execute(actor, {
      id,
      recurrenceId: at,
      start: instant(start),
      end: instant(end),
      resourceId: resourceId?.toLowerCase(),
      customFields,
    });
  }
}

const instant = (text: string | null | undefined): Date | undefined => (text == null ? undefined : parseInstant(text));
