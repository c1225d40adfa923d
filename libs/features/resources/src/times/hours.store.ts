import { bumpEpoch, keepSiteHours } from '@berth/places';
import type { Tx } from '@berth/platform/database';
import type { HoursDocument } from '@berth/scheduling';
import type { TimeScope } from './time-scope';

interface OwnHours {
  readonly hours: HoursDocument | null;
  /** Of what they are set for. */
  readonly version: number;
}

/** The hours set for exactly this scope, which is there; the row is kept as it is until the transaction ends. */
export async function ownHours(tx: Tx, organizationId: string, scope: TimeScope): Promise<OwnHours> {
  const [row] =
    scope.level === 'organization'
      ? await tx.sql<OwnHours>`select hours, version from organization where id = ${organizationId} for no key update`
      : scope.level === 'site'
        ? await tx.sql<OwnHours>`
            select hours, version from site where org_id = ${organizationId} and id = ${scope.id} for no key update`
        : await tx.sql<OwnHours>`
            select hours, version from resource where org_id = ${organizationId} and id = ${scope.id} for no key update`;
  return row!;
}

/** Sets or, with null, takes back the hours of a scope; terms that inherit them are judged again. */
export async function keepHours(tx: Tx, organizationId: string, scope: TimeScope, hours: HoursDocument | null, now: Date): Promise<void> {
  if (scope.level === 'resource') return keepResourceHours(tx, organizationId, scope.id, hours, now);
  if (scope.level === 'site') await keepSiteHours(tx, organizationId, scope.id, hours);
  else await keepOrganizationHours(tx, organizationId, hours);
  await bumpEpoch(tx, organizationId);
}

async function keepResourceHours(tx: Tx, organizationId: string, id: string, hours: HoursDocument | null, now: Date): Promise<void> {
  await tx.sql`
    update resource
    set hours = ${hours && JSON.stringify(hours)}, version = version + 1, updated_at = ${now}
    where org_id = ${organizationId} and id = ${id}`;
}

async function keepOrganizationHours(tx: Tx, organizationId: string, hours: HoursDocument | null): Promise<void> {
  await tx.sql`
    update organization
    set hours = ${hours && JSON.stringify(hours)}, version = version + 1
    where id = ${organizationId}`;
}
