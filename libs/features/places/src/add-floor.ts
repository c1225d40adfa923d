import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { Floor } from './floor';
import { readFloor } from './places.queries';
import { insertFloor } from './places.store';
import { resolvePlace } from './resolve-place';
import { demandAtSite } from './visible-sites';

export interface AddFloorCommand {
  readonly siteId: string;
  readonly name: string;
  readonly level?: number | null;
}

/** Adds a floor to a site. */
@Injectable()
export class AddFloor {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `invalid-reference` when there is no such site, `already-exists` when it has a floor of that name, `permission-denied` */
  execute(actor: Actor, { siteId, name, level = null }: AddFloorCommand): Promise<Floor> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      await demandAtSite(tx, actor, 'place:manage', siteId);
      await resolvePlace(tx, organizationId, { siteId });
      const id = await insertFloor(tx, organizationId, siteId, { name, level }, this.clock.now());
      await this.outbox.append(tx, actor, catalogueEvent('floor.created', { id, name, siteIds: [siteId], after: { siteId, name, level } }));
      return readFloor(tx, organizationId, id);
    });
  }
}
