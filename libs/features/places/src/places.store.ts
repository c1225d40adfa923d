import { Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { brokenConstraint, type Tx } from '@berth/platform/database';
import type { HoursDocument, PolicyDocument } from '@berth/scheduling';

/** What a site has of its own. */
export interface SiteValues {
  readonly name: string;
  readonly countryCode: string | null;
  readonly timeZone: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly address: string | null;
  readonly policy: PolicyDocument;
}

/** @throws Problem `already-exists` when the organization has a site of that name */
export async function insertSite(tx: Tx, organizationId: string, site: SiteValues, now: Date): Promise<string> {
  const id = newId();
  await nameIsFree(
    tx.sql`
      insert into site (id, org_id, name, country_code, time_zone, latitude, longitude, address, policy, created_at)
      values (${id}, ${organizationId}, ${site.name}, ${site.countryCode}, ${site.timeZone}, ${site.latitude}, ${site.longitude},
              ${site.address}, ${JSON.stringify(site.policy)}, ${now})`,
  );
  return id;
}

/** @throws Problem `already-exists` when the organization has another site of that name */
export async function updateSite(tx: Tx, organizationId: string, id: string, site: SiteValues): Promise<void> {
  await nameIsFree(
    tx.sql`
      update site
      set name = ${site.name}, country_code = ${site.countryCode}, time_zone = ${site.timeZone}, latitude = ${site.latitude},
          longitude = ${site.longitude}, address = ${site.address}, policy = ${JSON.stringify(site.policy)}, version = version + 1
      where org_id = ${organizationId} and id = ${id}`,
  );
}

/** @param hours as they are stored; null takes the organization's */
export async function keepSiteHours(tx: Tx, organizationId: string, id: string, hours: HoursDocument | null): Promise<void> {
  await tx.sql`
    update site
    set hours = ${hours && JSON.stringify(hours)}, version = version + 1
    where org_id = ${organizationId} and id = ${id}`;
}

export interface FloorValues {
  readonly name: string;
  readonly level: number | null;
}

/** @throws Problem `already-exists` when the site has a floor of that name */
export async function insertFloor(tx: Tx, organizationId: string, siteId: string, floor: FloorValues, now: Date): Promise<string> {
  const id = newId();
  await nameIsFree(
    tx.sql`
      insert into floor (id, org_id, site_id, name, level, created_at)
      values (${id}, ${organizationId}, ${siteId}, ${floor.name}, ${floor.level}, ${now})`,
  );
  return id;
}

/** @throws Problem `already-exists` when the site has another floor of that name */
export async function updateFloor(tx: Tx, organizationId: string, id: string, floor: FloorValues): Promise<void> {
  await nameIsFree(
    tx.sql`
      update floor
      set name = ${floor.name}, level = ${floor.level}, version = version + 1
      where org_id = ${organizationId} and id = ${id}`,
  );
}

/** @throws Problem `already-exists` when the floor has a room of that name */
export async function insertRoom(tx: Tx, organizationId: string, floorId: string, name: string, now: Date): Promise<string> {
  const id = newId();
  await nameIsFree(
    tx.sql`
      insert into room (id, org_id, floor_id, name, created_at)
      values (${id}, ${organizationId}, ${floorId}, ${name}, ${now})`,
  );
  return id;
}

/** @throws Problem `already-exists` when the floor has another room of that name */
export async function updateRoom(tx: Tx, organizationId: string, id: string, name: string): Promise<void> {
  await nameIsFree(
    tx.sql`
      update room
      set name = ${name}, version = version + 1
      where org_id = ${organizationId} and id = ${id}`,
  );
}

async function nameIsFree(written: Promise<object[]>): Promise<void> {
  try {
    await written;
  } catch (error) {
    if (!brokenConstraint(error)?.endsWith('_name_unique')) throw error;
    throw new Problem('already-exists', { errors: [{ pointer: '/name', code: 'taken', detail: 'is in use already' }] });
  }
}
