import { catalogueEvent } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { demandAtPlace, patchedPolicy, type Place, type PlaceWish, resolvePlace } from '@berth/places';
import { type Actor, may } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import type { PolicyPatch } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { ResourceCatalogue } from '../resource-catalogue';
import { demandType } from '../types/demand-type';
import { defaultTypeId } from '../types/resource-type.store';
import { demandAtResource } from '../visible-resources';
import { demandConsistentPolicy } from './consistent-policy';
import { type Resource, type ResourceValues, toResource } from './resource';
import { distinctTags } from './resource-limits';
import { insertResource } from './resource.store';
import { insertOwnLeaf, lockTree, prepareMove, rebuildLeaves } from './resource-tree';
import { readResource } from './resources.queries';

export interface AddResourceCommand extends PlaceWish {
  readonly name: string;
  /** The organization's default type where it is left out. */
  readonly typeId?: string | null;
  readonly parentId?: string | null;
  readonly description?: string | null;
  readonly location?: string | null;
  readonly capacity?: number | null;
  readonly units?: number;
  readonly tags?: readonly string[];
  readonly timeZone?: string | null;
  readonly policy?: PolicyPatch | null;
  readonly externalId?: string | null;
  readonly bookable?: boolean;
}

/** Adds a resource, alone or as a part of another; a part lies where the whole does unless it says otherwise. */
@Injectable()
export class AddResource {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem `invalid-reference` with a pointer to the id that names nothing here, `already-exists` when the external
   *   id is taken, `validation-failed` for the policy, `resource-has-reservations` when the whole is reserved,
   *   `permission-denied` and `not-found` for who manages only elsewhere
   */
  async execute(actor: Actor, command: AddResourceCommand): Promise<Resource> {
    const policy = patchedPolicy({}, command.policy);
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      const now = this.clock.now();
      const id = newId();
      const parentId = command.parentId ?? null;
      await this.demandThere(tx, actor, command);
      if (parentId !== null) await lockTree(tx, organizationId);
      const above = parentId === null ? [] : await prepareMove(tx, organizationId, { id, from: null, to: parentId }, now);
      const typeId = await this.typeOf(tx, actor, command, now);
      const whole = parentId === null ? undefined : await placeOf(tx, organizationId, parentId);
      const place = await resolvePlace(tx, organizationId, command, whole);

      const values: ResourceValues = { ...ownValues(command), ...place, typeId, parentId, policy };
      await insertResource(tx, organizationId, id, values, now);
      await insertOwnLeaf(tx, organizationId, id);
      await rebuildLeaves(tx, organizationId, above, now);
      const row = await readResource(tx, organizationId, id);
      if (command.policy) demandConsistentPolicy(row);

      const siteIds = place.siteId ? [place.siteId] : [];
      await this.outbox.append(tx, actor, catalogueEvent('resource.created', { id, name: values.name, siteIds, after: { ...values } }));
      tx.afterCommit(() => above.forEach((it) => this.catalogue.forget(it)));
      return toResource(row, now);
    });
  }

  /** A part is added by who manages the whole; what says where it lies, by who manages there; what says nothing, by who manages all. */
  private async demandThere(tx: Tx, actor: Actor, { parentId, ...wish }: AddResourceCommand): Promise<void> {
    if (may(actor, 'resource:manage')) return;
    if (parentId) {
      await demandAtResource(tx, actor, 'resource:manage', parentId);
      const { siteId } = await placeOf(tx, actor.organizationId, parentId);
      const liesThere = wish.siteId === undefined || wish.siteId === siteId;
      if (liesThere && !wish.floorId && !wish.roomId) return;
    }
    await demandAtPlace(tx, actor, 'resource:manage', wish);
  }

  private async typeOf(tx: Tx, { organizationId }: Actor, { typeId }: AddResourceCommand, now: Date): Promise<string> {
    if (!typeId) return defaultTypeId(tx, organizationId, now);
    await demandType(tx, organizationId, typeId);
    return typeId;
  }
}

const ownValues = (it: AddResourceCommand) => ({
  name: it.name,
  description: it.description ?? null,
  location: it.location ?? null,
  capacity: it.capacity ?? null,
  units: it.units ?? 1,
  tags: distinctTags(it.tags ?? []),
  timeZone: it.timeZone ?? null,
  externalId: it.externalId ?? null,
  bookable: it.bookable ?? true,
});

async function placeOf(tx: Tx, organizationId: string, id: string): Promise<Place> {
  const { site_id: siteId, floor_id: floorId, room_id: roomId } = await readResource(tx, organizationId, id);
  return { siteId, floorId, roomId };
}
