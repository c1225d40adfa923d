import type { Page } from '@berth/kernel';
import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AddRoom } from './add-room';
import { ChangeRoom } from './change-room';
import { AddRoomRequest, ChangeRoomRequest, RoomPage, RoomQuery, RoomResponse } from './places.dto';
import { PlacesQueries } from './places.queries';
import type { Room } from './room';

/** Areas of a floor that resources lie in. */
@ApiTags('places')
@Controller('rooms')
export class RoomsController {
  constructor(
    private readonly queries: PlacesQueries,
    private readonly addRoom: AddRoom,
    private readonly changeRoom: ChangeRoom,
  ) {}

  /** Rooms by name, one page at a time. */
  @Get()
  @Requires('place:read')
  @ApiOkResponse({ type: RoomPage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  list(@CurrentActor() actor: Actor, @Query() query: RoomQuery): Promise<Page<Room>> {
    return this.queries.roomsPage(actor, query);
  }

  /** Adds a room to a floor. */
  @Post()
  @Requires('place:manage', 'somewhere')
  @ApiCreatedResponse({ type: RoomResponse })
  @ApiProblems('validation-failed', 'not-found', 'already-exists', 'invalid-reference', 'idempotency-key-reused')
  create(@CurrentActor() actor: Actor, @Body() request: AddRoomRequest): Promise<Room> {
    return this.addRoom.execute(actor, request);
  }

  /** One room. */
  @Get(':id')
  @Requires('place:read')
  @ApiOkResponse({ type: RoomResponse })
  @ApiProblems('not-found')
  get(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<Room> {
    return this.queries.room(actor, id);
  }

  /** Changes a room: merge patch. */
  @Patch(':id')
  @Requires('place:manage', 'somewhere')
  @ApiOkResponse({ type: RoomResponse })
  @ApiProblems('validation-failed', 'not-found', 'already-exists', 'idempotency-key-reused')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() patch: ChangeRoomRequest,
  ): Promise<Room> {
    return this.changeRoom.execute(actor, { id, version, patch });
  }
}
