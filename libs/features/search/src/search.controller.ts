import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, cursorOf } from '@berth/platform/http';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CandidatesQueries } from './candidates.queries';
import { demandWindow } from './demand-window';
import { FreeResources, type SearchAnswer } from './free-resources';
import { SearchRequest, SearchResponse } from './search.dto';

const MAX_DAYS = 31;

/** What could be booked. */
@ApiTags('availability')
@Controller('availability')
export class SearchController {
  constructor(
    private readonly resources: FreeResources,
    private readonly candidates: CandidatesQueries,
  ) {}

  /** Resources that can be booked, best first, each with its reasons; and what could be had at other times, or is refused. */
  @Post('search')
  @HttpCode(200)
  @Requires('availability:read')
  @ApiOkResponse({ type: SearchResponse })
  @ApiProblems('validation-failed', 'invalid-cursor')
  search(@CurrentActor() actor: Actor, @Body() request: SearchRequest): Promise<SearchAnswer> {
    const { siteId, floorId, tags = [], features = [], type, near, durationMinutes, ...rest } = request;
    return this.resources.search(actor, {
      ...rest,
      typeId: request.typeId,
      typeKey: type,
      siteId,
      floorId,
      tag: [...tags, ...features],
      near: near ?? {},
      window: demandWindow(request.from, request.to, MAX_DAYS, '/to'),
      minutes: durationMinutes,
      after: cursorOf(request, this.candidates.keyValues),
    });
  }
}
