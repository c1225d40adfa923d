import { type Actor, CurrentActor, Requires } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { NamedResponse, RoleRefResponse } from '../named.dto';
import { type GroupUse, GroupUsesQueries } from './group-uses.queries';

class UsePlaceResponse extends NamedResponse {
  @ApiProperty({ enum: ['organization', 'site', 'type', 'resource'] })
  kind!: GroupUse['place']['kind'];
}

class GroupUseResponse {
  @ApiProperty({ enum: ['role', 'gate', 'approval'] })
  kind!: GroupUse['kind'];
  @ApiProperty({ type: RoleRefResponse, nullable: true })
  role!: RoleRefResponse | null;
  @ApiProperty({ enum: ['see', 'book'], nullable: true, description: 'What the gate is about' })
  verb!: GroupUse['verb'];
  @ApiProperty({ type: UsePlaceResponse })
  place!: UsePlaceResponse;
}

class GroupUsesResponse {
  @ApiProperty({ type: [GroupUseResponse], description: 'The first 200' })
  data!: GroupUseResponse[];
  @ApiProperty()
  total!: number;
}

/** What a group is used for. */
@ApiTags('people')
@Controller('groups/:id/uses')
export class GroupUsesController {
  constructor(private readonly queries: GroupUsesQueries) {}

  /** Roles a group has, gates it opens, and what it is asked to approve. */
  @Get()
  @Requires('group:manage')
  @ApiOkResponse({ type: GroupUsesResponse })
  @ApiProblems('not-found')
  list(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<{ data: GroupUse[]; total: number }> {
    return this.queries.of(actor, id);
  }
}
