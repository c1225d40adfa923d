import { catalogueEvent, difference } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { bumpEpoch } from './epoch';
import type { Floor } from './floor';
import { floorForUpdate, readFloor } from './places.queries';
import { updateFloor } from './places.store';
import { demandAtSite } from './visible-sites';

export interface ChangeFloorCommand {
  readonly id: string;
  /** Version the change was made on. */
  readonly version: number;
  readonly patch: { readonly name?: string; readonly level?: number | null };
}

/** Changes a floor; remembered terms carry its name, so they are read again. */
@Injectable()
export class ChangeFloor {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `precondition-failed` with what it is now, `already-exists` */
  execute(actor: Actor, { id, version, patch }: ChangeFloorCommand): Promise<Floor> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      const current = await floorForUpdate(tx, organizationId, id);
      await demandAtSite(tx, actor, 'place:manage', current.siteId);
      demandVersion(version, current.version, current);

      const { name, level } = { ...current, ...patch };
      const changed = difference(current, { name, level });
      if (!changed) return current;

      await updateFloor(tx, organizationId, id, { name, level });
      await bumpEpoch(tx, organizationId);
      await this.outbox.append(tx, actor, catalogueEvent('floor.updated', { id, name, siteIds: [current.siteId], ...changed }));
      return readFloor(tx, organizationId, id);
    });
  }
}
