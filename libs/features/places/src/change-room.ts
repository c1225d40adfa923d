import { catalogueEvent, difference } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { readRoom, roomForUpdate } from './places.queries';
import { updateRoom } from './places.store';
import type { Room } from './room';
import { demandAtPlace } from './visible-sites';

export interface ChangeRoomCommand {
  readonly id: string;
  /** Version the change was made on. */
  readonly version: number;
  readonly patch: { readonly name?: string };
}

/** Changes a room. */
@Injectable()
export class ChangeRoom {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `precondition-failed` with what it is now, `already-exists` */
  execute(actor: Actor, { id, version, patch }: ChangeRoomCommand): Promise<Room> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      await demandAtPlace(tx, actor, 'place:manage', { roomId: id });
      const current = await roomForUpdate(tx, organizationId, id);
      demandVersion(version, current.version, current);

      const { name } = { ...current, ...patch };
      const changed = difference(current, { name });
      if (!changed) return current;

      await updateRoom(tx, organizationId, id, name);
      await this.outbox.append(tx, actor, catalogueEvent('room.updated', { id, name, ...changed }));
      return readRoom(tx, organizationId, id);
    });
  }
}
