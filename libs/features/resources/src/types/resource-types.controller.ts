import type { Page } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AddResourceType } from './add-resource-type';
import { ChangeResourceType } from './change-resource-type';
import type { ResourceType } from './resource-type';
import {
  AddResourceTypeRequest,
  ChangeResourceTypeRequest,
  ResourceTypePage,
  ResourceTypeQuery,
  ResourceTypeResponse,
} from './resource-types.dto';
import { ResourceTypesQueries } from './resource-types.queries';

/** Kinds of resources. */
@ApiTags('resources')
@Controller('resource-types')
export class ResourceTypesController {
  constructor(
    private readonly queries: ResourceTypesQueries,
    private readonly addResourceType: AddResourceType,
    private readonly changeResourceType: ChangeResourceType,
  ) {}

  /** Types by name, one page at a time. */
  @Get()
  @Requires('resource:read')
  @ApiOkResponse({ type: ResourceTypePage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  list(@CurrentActor() actor: Actor, @Query() query: ResourceTypeQuery): Promise<Page<ResourceType>> {
    return this.queries.page(actor, query);
  }

  /** Adds a type. */
  @Post()
  @Requires('resource:manage')
  @ApiCreatedResponse({ type: ResourceTypeResponse })
  @ApiProblems('validation-failed', 'already-exists', 'idempotency-key-reused')
  create(@CurrentActor() actor: Actor, @Body() request: AddResourceTypeRequest): Promise<ResourceType> {
    return this.addResourceType.execute(actor, request);
  }

  /** One type. */
  @Get(':id')
  @Requires('resource:read')
  @ApiOkResponse({ type: ResourceTypeResponse })
  @ApiProblems('not-found')
  get(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<ResourceType> {
    return this.queries.one(actor, id);
  }

  /** Changes a type: merge patch. Its policy counts for every resource of it that does not say otherwise. */
  @Patch(':id')
  @Requires('resource:manage')
  @ApiOkResponse({ type: ResourceTypeResponse })
  @ApiProblems('validation-failed', 'not-found', 'idempotency-key-reused')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() patch: ChangeResourceTypeRequest,
  ): Promise<ResourceType> {
    return this.changeResourceType.execute(actor, { id, version, patch });
  }
}
