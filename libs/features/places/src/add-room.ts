import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { readRoom } from './places.queries';
import { insertRoom } from './places.store';
import { resolvePlace } from './resolve-place';
import type { Room } from './room';
import { demandAtPlace } from './visible-sites';

export interface AddRoomCommand {
  readonly floorId: string;
  readonly name: string;
}

/** Adds a room to a floor. */
@Injectable()
export class AddRoom {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `invalid-reference` when there is no such floor, `already-exists` when it has a room of that name, `permission-denied` */
  execute(actor: Actor, { floorId, name }: AddRoomCommand): Promise<Room> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      await demandAtPlace(tx, actor, 'place:manage', { floorId });
      const { siteId } = await resolvePlace(tx, organizationId, { floorId });
      const id = await insertRoom(tx, organizationId, floorId, name, this.clock.now());
      const siteIds = siteId === null ? [] : [siteId];
      await this.outbox.append(tx, actor, catalogueEvent('room.created', { id, name, siteIds, after: { floorId, name } }));
      return readRoom(tx, organizationId, id);
    });
  }
}
