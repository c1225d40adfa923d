import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { GrantQueries, type OwnGrant } from './grant.queries';
import { RevokeGrant } from './revoke-grant';

class GrantedClientResponse {
  @ApiProperty()
  name!: string;
}

class OwnGrantResponse implements OwnGrant {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ type: GrantedClientResponse })
  client!: GrantedClientResponse;
  @ApiProperty({ type: [String] })
  scopes!: readonly string[];
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'To the minute; null while it was never used' })
  lastUsedAt!: string | null;
}

export class OwnGrantList {
  @ApiProperty({ type: [OwnGrantResponse] })
  data!: readonly OwnGrantResponse[];
}

/** Programs one let act in one's name. */
@ApiTags('oauth')
@Controller('oauth/grants')
export class GrantsController {
  constructor(
    private readonly queries: GrantQueries,
    private readonly revoking: RevokeGrant,
  ) {}

  /** Programs one let act in one's name, newest first. */
  @Get()
  @Requires('account:secure')
  @ApiOkResponse({ type: OwnGrantList })
  async list(@CurrentActor() actor: Actor): Promise<OwnGrantList> {
    return { data: await this.queries.own(actor) };
  }

  /** Takes it back; tokens of it are refused within 5 s. */
  @Delete(':id')
  @Requires('account:secure')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  revoke(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.revoking.execute(actor, id);
  }
}
