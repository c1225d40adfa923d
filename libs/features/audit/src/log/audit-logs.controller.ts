import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { ApiProblems, IdPipe, ListQuery } from '@berth/platform/http';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type AuditDetail, AuditLogQueries, type AuditPage } from './audit-log.queries';
import {
  AuditDetailResponse,
  AuditEntriesResponse,
  AuditFacetsResponse,
  AuditFilterRequest,
  AuditLogQuery,
  AuditPageResponse,
} from './audit-logs.dto';
import { type AuditFacets, FacetsQueries } from './facets.queries';
import { demandToRead, keeping, shownTo, withoutOrigin } from './may-read';

/** Who did what, when and from where, with what was before and after. */
@ApiTags('audit')
@Controller('audit')
export class AuditLogsController {
  constructor(
    private readonly database: Database,
    private readonly queries: AuditLogQueries,
    private readonly facets: FacetsQueries,
  ) {}

  /** The log, newest first. Who looks after an object may read about that object: `object` and `objectId`, without where people were. */
  @Get('logs')
  @Requires('audit:read', 'organization', keeping)
  @ApiOkResponse({ type: AuditPageResponse })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor', 'not-found')
  async list(@CurrentActor() actor: Actor, @Query() { limit, cursor, ...filter }: AuditLogQuery): Promise<AuditPage> {
    const much = await demandToRead(this.database.of(actor.organizationId), actor, filter);
    const found = await this.queries.page(actor.organizationId, filter, { limit, cursor });
    return much === 'all' ? found : { ...found, data: found.data.map(withoutOrigin) };
  }

  /** One event, with its hash and its facts as they were written. */
  @Get('logs/:id')
  @Requires('audit:read', 'organization', keeping)
  @ApiOkResponse({ type: AuditDetailResponse })
  @ApiProblems('not-found')
  async read(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<AuditDetail> {
    return shownTo(this.database.of(actor.organizationId), actor, await this.queries.one(actor.organizationId, id));
  }

  /** The event with the ten before and the ten after it, newest first. */
  @Get('logs/:id/around')
  @Requires('audit:read')
  @ApiOkResponse({ type: AuditEntriesResponse })
  @ApiProblems('not-found')
  async around(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<AuditEntriesResponse> {
    return { data: await this.queries.around(actor.organizationId, id) };
  }

  /** What the rows of a filter are of, with counts; the newest 20,000 rows are looked at. */
  @Get('filters')
  @Requires('audit:read')
  @ApiOkResponse({ type: AuditFacetsResponse })
  @ApiProblems('validation-failed', 'unknown-parameter')
  count(@CurrentActor() actor: Actor, @Query() filter: AuditFilterRequest): Promise<AuditFacets> {
    return this.facets.of(actor.organizationId, filter);
  }

  /** What one did oneself, newest first, with the programs and tokens that did it in one’s name. */
  @Get('my-activity')
  @Requires('profile:manage')
  @ApiOkResponse({ type: AuditPageResponse })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  own(@CurrentActor() actor: Actor, @Query() list: ListQuery): Promise<AuditPage> {
    return this.queries.page(actor.organizationId, { actor: actor.accountId }, list);
  }
}
