import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AddResource } from './add-resource';
import { ChangeResource } from './change-resource';
import type { Resource } from './resource';
import { AddResourceRequest, ChangeResourceRequest, ResourcePage, ResourceQuery, ResourceResponse } from './resources.dto';
import { ResourcesQueries, type ResourcesPage } from './resources.queries';

/** What can be reserved, and what holds such things. */
@ApiTags('resources')
@Controller('resources')
export class ResourcesController {
  constructor(
    private readonly queries: ResourcesQueries,
    private readonly addResource: AddResource,
    private readonly changeResource: ChangeResource,
  ) {}

  /** Resources the caller may see, one page at a time. */
  @Get()
  @Requires('resource:read')
  @ApiOkResponse({ type: ResourcePage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  list(@CurrentActor() actor: Actor, @Query() query: ResourceQuery): Promise<ResourcesPage> {
    return this.queries.page(actor, query);
  }

  /** Adds a resource, alone or as a part of another; for who manages there. */
  @Post()
  @Requires('resource:manage', 'somewhere')
  @ApiCreatedResponse({ type: ResourceResponse })
  @ApiProblems(
    'validation-failed',
    'not-found',
    'invalid-reference',
    'already-exists',
    'resource-has-reservations',
    'idempotency-key-reused',
  )
  create(@CurrentActor() actor: Actor, @Body() request: AddResourceRequest): Promise<Resource> {
    return this.addResource.execute(actor, request);
  }

  /** One resource with every rule that counts for it and where that was set. */
  @Get(':id')
  @Requires('resource:read')
  @ApiOkResponse({ type: ResourceResponse })
  @ApiProblems('not-found')
  get(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Resource> {
    return this.queries.one(actor, id);
  }

  /** Changes a resource: merge patch. */
  @Patch(':id')
  @Requires('resource:manage', 'somewhere')
  @ApiOkResponse({ type: ResourceResponse })
  @ApiProblems('validation-failed', 'not-found', 'invalid-reference', 'already-exists', 'resource-has-reservations')
  @ApiProblems('idempotency-key-reused')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() patch: ChangeResourceRequest,
  ): Promise<Resource> {
    return this.changeResource.execute(actor, { id, version, patch });
  }
}
