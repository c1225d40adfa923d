import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { MyStatsQuery, MyStatsResponse } from './my-stats.dto';
import { type MyStats, MyStatsQueries } from './my-stats.queries';

/** Figures about one's own bookings. */
@ApiTags('people')
@Controller('users/me/stats')
export class MyStatsController {
  constructor(private readonly queries: MyStatsQueries) {}

  /** How much one has booked this week and month, on which weekdays, and where most often. */
  @Get()
  @Requires('reservation:read')
  @ApiOkResponse({ type: MyStatsResponse })
  @ApiProblems('validation-failed', 'unknown-parameter')
  read(@CurrentActor() actor: Actor, @Query() query: MyStatsQuery): Promise<MyStats> {
    return this.queries.of(actor, query);
  }
}
