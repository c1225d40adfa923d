import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { TagsResponse } from './resources.dto';
import { ResourcesQueries } from './resources.queries';

/** Words resources are marked with. */
@ApiTags('resources')
@Controller('tags')
export class TagsController {
  constructor(private readonly queries: ResourcesQueries) {}

  /** Tags of the resources the caller may see, by name, with how many have each. */
  @Get()
  @Requires('resource:read')
  @ApiOkResponse({ type: TagsResponse })
  list(@CurrentActor() actor: Actor): Promise<TagsResponse> {
    return this.queries.tags(actor);
  }
}
