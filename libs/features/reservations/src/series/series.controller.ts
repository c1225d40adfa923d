import { Problem } from '@berth/contracts';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CheckResponse } from '../availability.dto';
import { BookRequest, DryRunQuery } from '../reservations.dto';
import type { SeriesCheckAnswer } from './check-series';
import type { Series, SeriesBooked, SeriesOccurrence } from './series';
import { SeriesBookedResponse, SeriesWithOccurrencesResponse } from './series.dto';
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
}
