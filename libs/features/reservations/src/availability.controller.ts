import { Problem } from '@berth/contracts';
import { parseInstant } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AvailabilityGridQuery, AvailabilityGridResponse, CheckResponse } from './availability.dto';
import { type AvailabilityGrid, AvailabilityQueries } from './availability.queries';
import { Check, type CheckAnswer } from './check';
import { BookRequest } from './reservations.dto';
import { CheckSeries, type SeriesCheckAnswer } from './series/check-series';
import { seriesWishOf } from './series/series-of-request';
import { wishOf } from './wish-of-request';

const MAX_DAYS = 62;

/** When resources are free, and why not. */
@ApiTags('availability')
@Controller('availability')
export class AvailabilityController {
  constructor(
    private readonly queries: AvailabilityQueries,
    private readonly checking: Check,
    private readonly checkingSeries: CheckSeries,
  ) {}

  /** Free/busy of up to 200 resources in columns, for a grid; times are whole seconds after `from`. */
  @Get()
  @Requires('availability:read')
  @ApiOkResponse({ type: AvailabilityGridResponse })
  @ApiProblems('validation-failed', 'unknown-parameter')
  grid(@CurrentActor() actor: Actor, @Query() query: AvailabilityGridQuery): Promise<AvailabilityGrid> {
    const [start, end] = [parseInstant(query.from)!, parseInstant(query.to)!];
    if (end <= start || end.getTime() - start.getTime() > MAX_DAYS * 86_400_000) {
      throw new Problem('validation-failed', {
        errors: [{ pointer: '?to', code: 'range', detail: `must be after from and at most ${MAX_DAYS} days later` }],
      });
    }
    return this.queries.grid(actor, query.resource, { start, end });
  }

  /** Whether a booking would succeed, and every rule, conflict and alternative, of a series for each occurrence; books nothing. */
  @Post('check')
  @HttpCode(200)
  @Requires('availability:read')
  @ApiOkResponse({ type: CheckResponse })
  @ApiProblems('validation-failed', 'not-found', 'nonexistent-local-time')
  check(@CurrentActor() actor: Actor, @Body() request: BookRequest): Promise<CheckAnswer | SeriesCheckAnswer> {
    // A form asks about the time before everything is filled in: answers are judged where some are sent.
    const answers = request.customFields === undefined ? { customFields: null } : {};
    const series = seriesWishOf(request);
    if (series) return this.checkingSeries.execute(actor, { ...series, wish: { ...series.wish, ...answers } });
    return this.checking.execute(actor, { ...wishOf(request), ...answers });
  }
}
