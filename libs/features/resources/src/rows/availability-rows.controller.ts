import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { AvailabilityRows } from './availability-rows';
import { AvailabilityRowsQuery, AvailabilityRowsResponse } from './availability-rows.dto';
import { AvailabilityRowsQueries } from './availability-rows.queries';

/** What stands before the rows of a timeline. */
@ApiTags('availability')
@Controller('availability/rows')
export class AvailabilityRowsController {
  constructor(private readonly queries: AvailabilityRowsQueries) {}

  /** The rows of a timeline in the order they are shown, column by column; when they are free is another question. */
  @Get()
  @Requires('availability:read')
  @ApiOkResponse({ type: AvailabilityRowsResponse })
  @ApiProblems('validation-failed', 'unknown-parameter')
  list(@CurrentActor() actor: Actor, @Query() query: AvailabilityRowsQuery): Promise<AvailabilityRows> {
    return this.queries.rows(actor, query);
  }
}
