import type { Page } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AddSite } from './add-site';
import { ChangeSite } from './change-site';
import { AddSiteRequest, ChangeSiteRequest, PlaceQuery, SitePage, SiteResponse } from './places.dto';
import { PlacesQueries } from './places.queries';
import type { Site } from './site';

/** Places with an address and a time zone. */
@ApiTags('places')
@Controller('sites')
export class SitesController {
  constructor(
    private readonly queries: PlacesQueries,
    private readonly addSite: AddSite,
    private readonly changeSite: ChangeSite,
  ) {}

  /** Sites by name, one page at a time. */
  @Get()
  @Requires('place:read')
  @ApiOkResponse({ type: SitePage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  list(@CurrentActor() actor: Actor, @Query() query: PlaceQuery): Promise<Page<Site>> {
    return this.queries.sitesPage(actor, query);
  }

  /** Adds a site. */
  @Post()
  @Requires('place:manage')
  @ApiCreatedResponse({ type: SiteResponse })
  @ApiProblems('validation-failed', 'already-exists', 'idempotency-key-reused')
  create(@CurrentActor() actor: Actor, @Body() request: AddSiteRequest): Promise<Site> {
    return this.addSite.execute(actor, request);
  }

  /** One site. */
  @Get(':id')
  @Requires('place:read')
  @ApiOkResponse({ type: SiteResponse })
  @ApiProblems('not-found')
  get(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Site> {
    return this.queries.site(actor, id);
  }

  /** Changes a site: merge patch. Zone, policy and hours count for every resource there that does not say otherwise. */
  @Patch(':id')
  @Requires('place:manage', 'somewhere')
  @ApiOkResponse({ type: SiteResponse })
  @ApiProblems('validation-failed', 'not-found', 'already-exists', 'idempotency-key-reused')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() patch: ChangeSiteRequest,
  ): Promise<Site> {
    return this.changeSite.execute(actor, { id, version, patch });
  }
}
