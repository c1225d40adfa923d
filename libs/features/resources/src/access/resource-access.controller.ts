import { type Access, AccessRequest, AccessResponse, readAccess } from '@berth/places';
import { type Actor, CurrentActor, Requires } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { ApiProblems, IdPipe, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { demandAtResource } from '../visible-resources';
import { SetResourceAccess } from './set-resource-access';

/** Whom a resource is shown to, and who may book it. */
@ApiTags('resources')
@Controller('resources/:id/access')
export class ResourceAccessController {
  constructor(
    private readonly database: Database,
    private readonly setResourceAccess: SetResourceAccess,
  ) {}

  /** The gates of a resource, for who manages it. */
  @Get()
  @Requires('resource:manage', 'somewhere')
  @ApiOkResponse({ type: AccessResponse })
  @ApiProblems('not-found')
  async read(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Access> {
    const db = this.database.of(actor.organizationId);
    await demandAtResource(db, actor, 'resource:manage', id);
    return readAccess(db, actor.organizationId, { level: 'resource', id });
  }

  /** Sets the gates of a resource: whom it is shown to and who may book it, of those the gates of its site let through. */
  @Put()
  @Requires('resource:manage', 'somewhere')
  @ApiOkResponse({ type: AccessResponse })
  @ApiProblems('validation-failed', 'not-found', 'invalid-reference')
  set(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() access: AccessRequest,
  ): Promise<Access> {
    return this.setResourceAccess.execute(actor, { id, version, access });
  }
}
