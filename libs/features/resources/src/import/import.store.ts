import type { Tx } from '@berth/platform/database';
import type { ResourceValues } from '../catalogue/resource';
import { batches } from './batches';

/** A resource with its id, ready to be written. */
export interface ImportedResource extends ResourceValues {
  readonly id: string;
}

/** Writes new resources; each is its own leaf. */
export async function insertResources(tx: Tx, organizationId: string, resources: readonly ImportedResource[], now: Date): Promise<void> {
  for (const batch of batches(resources)) {
    await tx.sql`
      with added as (
        insert into resource (id, org_id, type_id, site_id, floor_id, room_id, name, description, location, capacity, units, tags,
                              time_zone, bookable, policy, external_id, created_at, updated_at)
        select n.id, ${organizationId}, n."typeId", n."siteId", n."floorId", n."roomId", n.name, n.description, n.location, n.capacity, n.units, n.tags,
               n."timeZone", n.bookable, n.policy, n."externalId", ${now}, ${now}
        from jsonb_to_recordset(${JSON.stringify(batch)}) as n(
               id uuid, "typeId" uuid, "siteId" uuid, "floorId" uuid, "roomId" uuid, name text, description text, location text, capacity integer,
               units smallint, tags text[], "timeZone" text, bookable boolean, policy jsonb, "externalId" text)
        returning id
      )
      insert into resource_leaf (org_id, resource_id, leaf_id)
      select ${organizationId}, id, id from added`;
  }
}

/** Writes what an import changes of resources that are there. */
export async function updateResources(tx: Tx, organizationId: string, resources: readonly ImportedResource[], now: Date): Promise<void> {
  for (const batch of batches(resources)) {
    await tx.sql`
      update resource r
      set type_id = n."typeId", site_id = n."siteId", floor_id = n."floorId", room_id = n."roomId", name = n.name, description = n.description,
          location = n.location, capacity = n.capacity, units = n.units, tags = n.tags, time_zone = n."timeZone", policy = n.policy,
          external_id = n."externalId", version = r.version + 1, updated_at = ${now}
      from jsonb_to_recordset(${JSON.stringify(batch)}) as n(
             id uuid, "typeId" uuid, "siteId" uuid, "floorId" uuid, "roomId" uuid, name text, description text, location text, capacity integer,
             units smallint, tags text[], "timeZone" text, policy jsonb, "externalId" text)
      where r.org_id = ${organizationId} and r.id = n.id`;
  }
}
