import type { Page } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AddFloor } from './add-floor';
import { ChangeFloor } from './change-floor';
import type { Floor } from './floor';
import { AddFloorRequest, ChangeFloorRequest, FloorPage, FloorQuery, FloorResponse } from './places.dto';
import { PlacesQueries } from './places.queries';

/** Storeys and other parts of a site. */
@ApiTags('places')
@Controller('floors')
export class FloorsController {
  constructor(
    private readonly queries: PlacesQueries,
    private readonly addFloor: AddFloor,
    private readonly changeFloor: ChangeFloor,
  ) {}

  /** Floors by level and name, one page at a time. */
  @Get()
  @Requires('place:read')
  @ApiOkResponse({ type: FloorPage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  list(@CurrentActor() actor: Actor, @Query() query: FloorQuery): Promise<Page<Floor>> {
    return this.queries.floorsPage(actor, query);
  }

  /** Adds a floor to a site. */
  @Post()
  @Requires('place:manage', 'somewhere')
  @ApiCreatedResponse({ type: FloorResponse })
  @ApiProblems('validation-failed', 'not-found', 'already-exists', 'invalid-reference', 'idempotency-key-reused')
  create(@CurrentActor() actor: Actor, @Body() request: AddFloorRequest): Promise<Floor> {
    return this.addFloor.execute(actor, request);
  }

  /** One floor. */
  @Get(':id')
  @Requires('place:read')
  @ApiOkResponse({ type: FloorResponse })
  @ApiProblems('not-found')
  get(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Floor> {
    return this.queries.floor(actor, id);
  }

  /** Changes a floor: merge patch. */
  @Patch(':id')
  @Requires('place:manage', 'somewhere')
  @ApiOkResponse({ type: FloorResponse })
  @ApiProblems('validation-failed', 'not-found', 'already-exists', 'idempotency-key-reused')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() patch: ChangeFloorRequest,
  ): Promise<Floor> {
    return this.changeFloor.execute(actor, { id, version, patch });
  }
}
