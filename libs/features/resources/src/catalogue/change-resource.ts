import { catalogueEvent, difference, Problem } from '@berth/contracts';
import { demandAtSite, patchedPolicy, resolvePlace } from '@berth/places';
import { type Actor, demand } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { ResourceCatalogue } from '../resource-catalogue';
import { demandType } from '../types/demand-type';
import type { AddResourceCommand } from './add-resource';
import { demandConsistentPolicy } from './consistent-policy';
import { type Resource, type ResourceRow, type ResourceValues, toResource, valuesOf } from './resource';
import { distinctTags } from './resource-limits';
import { updateResource } from './resource.store';
import { lockTree, prepareMove, rebuildLeaves } from './resource-tree';
import { demandAtResource } from '../visible-resources';
import { readResource, resourceForUpdate } from './resources.queries';

/** Merge patch: null takes a value away where it can be missing. */
export type ResourcePatch = Partial<Omit<AddResourceCommand, 'typeId'>> & { readonly typeId?: string };

export interface ChangeResourceCommand {
  readonly id: string;
  /** Version the change was made on. */
  readonly version: number;
  readonly patch: ResourcePatch;
}

/** Changes a resource, also where it lies and what it is a part of. */
@Injectable()
export class ChangeResource {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem `not-found`, `precondition-failed` with what it is now, `invalid-reference`, `already-exists`,
   *   `validation-failed`, `permission-denied` there or where it would go, `resource-has-reservations` when reservations hold what would change
   */
  execute(actor: Actor, { id, version, patch }: ChangeResourceCommand): Promise<Resource> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      const now = this.clock.now();
      await demandAtResource(tx, actor, 'resource:manage', id);
      if (patch.parentId) await demandAtResource(tx, actor, 'resource:manage', patch.parentId);
      // The tree is locked before any of its rows, as by everyone who changes it.
      if (patch.parentId !== undefined) await lockTree(tx, organizationId);
      const moved = patch.parentId === undefined ? [] : await this.prepare(tx, organizationId, { id, version, patch }, now);
      const current = await resourceForUpdate(tx, organizationId, id);
      demandVersion(version, current.version, toResource(current, now));

      const before = valuesOf(current);
      const values = await this.changedValues(tx, organizationId, before, patch);
      const changed = difference(before, values);
      if (!changed) return toResource(current, now);

      if (values.siteId !== before.siteId) {
        if (values.siteId === null) demand(actor, 'resource:manage');
        else await demandAtSite(tx, actor, 'resource:manage', values.siteId);
      }
      if (values.typeId !== before.typeId) await demandType(tx, organizationId, values.typeId);
      if (values.units < before.units) await demandFreeLanes(tx, current, values.units, now);
      await updateResource(tx, organizationId, id, values, now);
      await rebuildLeaves(tx, organizationId, moved, now);
      const row = await readResource(tx, organizationId, id);
      if (patch.policy) demandConsistentPolicy(row);

      const siteIds = [...new Set([before.siteId, values.siteId])].filter((it) => it !== null);
      await this.outbox.append(tx, actor, catalogueEvent('resource.updated', { id, name: values.name, siteIds, ...changed }));
      tx.afterCommit(() => [id, ...moved].forEach((it) => this.catalogue.forget(it)));
      return toResource(row, now);
    });
  }

  /** Only what really moves is prepared: naming the parent it has already changes nothing. */
  private async prepare(tx: Tx, organizationId: string, { id, version, patch }: ChangeResourceCommand, now: Date): Promise<string[]> {
    const { parent_id: from, version: current } = await readResource(tx, organizationId, id);
    const to = patch.parentId ?? null;
    return from === to || current !== version ? [] : prepareMove(tx, organizationId, { id, from, to }, now);
  }

  private async changedValues(tx: Tx, organizationId: string, before: ResourceValues, patch: ResourcePatch): Promise<ResourceValues> {
    const merged = { ...before, ...patch };
    return {
      ...(await resolvePlace(tx, organizationId, patch, before)),
      name: merged.name,
      typeId: merged.typeId,
      parentId: merged.parentId,
      description: merged.description,
      location: merged.location,
      capacity: merged.capacity,
      units: merged.units,
      tags: distinctTags(merged.tags),
      timeZone: merged.timeZone,
      policy: patchedPolicy(before.policy, patch.policy),
      externalId: merged.externalId,
      bookable: merged.bookable,
    };
  }
}

/**
 * Units can only be taken away while none of their lanes is taken. The row is locked, and whoever books a resource with
 * several units locks it too.
 * @throws Problem `resource-has-reservations`
 */
async function demandFreeLanes(tx: Tx, { id, org_id: organizationId }: ResourceRow, units: number, now: Date): Promise<void> {
  const [row] = await tx.sql<{ taken: number }>`
    select count(distinct reservation_id)::integer as taken
    from occupancy
    where org_id = ${organizationId} and leaf_id = ${id} and lane > ${units} and e > ${now}`;
  if (row && row.taken > 0) {
    throw new Problem('resource-has-reservations', { detail: `${row.taken} reservations have the units that would go.`, total: row.taken });
  }
}
