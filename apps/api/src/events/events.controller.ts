import { type Actor, CurrentActor, Requires } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { EventsQuery, EventsResponse } from './events.dto';
import { EventsQueries } from './events.queries';

/** The event log, for programs that follow it at their own pace. */
@ApiTags('events')
@Controller('events')
export class EventsController {
  constructor(private readonly events: EventsQueries) {}

  /**
   * Everything that happened after an event, in order, as CloudEvents. Kept for 30 days; each event once, by its sequence.
   * What one may not see is left out or shown in part, as it is live.
   */
  @Get()
  @Requires('event:read')
  @ApiOkResponse({ type: EventsResponse })
  @ApiProblems('events-forgotten')
  list(@CurrentActor() actor: Actor, @Query() { after, limit }: EventsQuery): Promise<EventsResponse> {
    return this.events.page(actor, after, limit);
  }
}
