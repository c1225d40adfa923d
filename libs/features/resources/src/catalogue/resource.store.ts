import { Problem } from '@berth/contracts';
import { brokenConstraint, type Tx } from '@berth/platform/database';
import type { ResourceStatus } from '@berth/scheduling';
import type { ResourceValues } from './resource';

/** @throws Problem `already-exists` when the external id is taken */
export async function insertResource(tx: Tx, organizationId: string, id: string, it: ResourceValues, now: Date): Promise<void> {
  await externalIdIsFree(
    tx.sql`
      insert into resource (id, org_id, type_id, site_id, floor_id, room_id, parent_id, name, description, location, capacity, units, tags,
                            time_zone, bookable, policy, external_id, created_at, updated_at)
      values (${id}, ${organizationId}, ${it.typeId}, ${it.siteId}, ${it.floorId}, ${it.roomId}, ${it.parentId}, ${it.name}, ${it.description},
              ${it.location}, ${it.capacity}, ${it.units}, ${it.tags}, ${it.timeZone}, ${it.bookable}, ${JSON.stringify(it.policy)},
              ${it.externalId}, ${now}, ${now})`,
  );
}

/** @throws Problem `already-exists` when the external id is another's */
export async function updateResource(tx: Tx, organizationId: string, id: string, it: ResourceValues, now: Date): Promise<void> {
  await externalIdIsFree(
    tx.sql`
      update resource
      set type_id = ${it.typeId}, site_id = ${it.siteId}, floor_id = ${it.floorId}, room_id = ${it.roomId}, parent_id = ${it.parentId},
          name = ${it.name}, description = ${it.description}, location = ${it.location}, capacity = ${it.capacity}, units = ${it.units},
          tags = ${it.tags}, time_zone = ${it.timeZone}, bookable = ${it.bookable}, policy = ${JSON.stringify(it.policy)},
          external_id = ${it.externalId}, version = version + 1, updated_at = ${now}
      where org_id = ${organizationId} and id = ${id}`,
  );
}

export interface StatusValues {
  readonly status: ResourceStatus;
  readonly since: Date | null;
  readonly until: Date | null;
  /** Since when a maintenance has been going on. */
  readonly unavailableSince: Date | null;
  readonly reason: string | null;
}

export async function updateStatus(tx: Tx, organizationId: string, id: string, it: StatusValues, now: Date): Promise<void> {
  await tx.sql`
    update resource
    set status = ${it.status}, status_since = ${it.since}, status_until = ${it.until}, status_reason = ${it.reason}, unavailable_since = ${it.unavailableSince},
        version = version + 1, updated_at = ${now}
    where org_id = ${organizationId} and id = ${id}`;
}

/** For changes of what belongs to resources without standing in their row. */
export async function bumpVersions(tx: Tx, organizationId: string, ids: readonly string[], now: Date): Promise<void> {
  await tx.sql`
    update resource
    set version = version + 1, updated_at = ${now}
    where org_id = ${organizationId} and id = any(${ids}::uuid[])`;
}

async function externalIdIsFree(written: Promise<object[]>): Promise<void> {
  try {
    await written;
  } catch (error) {
    if (brokenConstraint(error) !== 'resource_external_id_unique') throw error;
    throw new Problem('already-exists', { errors: [{ pointer: '/externalId', code: 'taken', detail: 'is in use already' }] });
  }
}
