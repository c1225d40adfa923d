import { type Actor, CurrentActor, Requires } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { ApiProblems, IdPipe, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AccessRequest, AccessResponse } from './access.dto';
import { readAccess } from './access.store';
import { SetSiteAccess } from './set-site-access';
import { type Access, demandAtSite } from './visible-sites';

/** Whom a site is shown to, and who may book there. */
@ApiTags('places')
@Controller('sites/:id/access')
export class SiteAccessController {
  constructor(
    private readonly database: Database,
    private readonly setSiteAccess: SetSiteAccess,
  ) {}

  /** The gates of a site, for who manages it. */
  @Get()
  @Requires('place:manage', 'somewhere')
  @ApiOkResponse({ type: AccessResponse })
  @ApiProblems('not-found')
  async read(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Access> {
    const db = this.database.of(actor.organizationId);
    await demandAtSite(db, actor, 'place:manage', id);
    return readAccess(db, actor.organizationId, { level: 'site', id });
  }

  /** Sets the gates of a site: whom it and everything there is shown to, and who may book there. */
  @Put()
  @Requires('place:manage', 'somewhere')
  @ApiOkResponse({ type: AccessResponse })
  @ApiProblems('validation-failed', 'not-found', 'invalid-reference')
  set(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() access: AccessRequest,
  ): Promise<Access> {
    return this.setSiteAccess.execute(actor, { id, version, access });
  }
}
