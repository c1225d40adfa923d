import { Problem } from '@berth/contracts';
import { demandAtSite, type Viewer } from '@berth/places';
import { demand } from '@berth/platform/auth';
import type { Sql } from '@berth/platform/database';
import { ancestorsOf } from '../catalogue/resource-tree';
import { demandAtResource } from '../visible-resources';

/** What hours or a blackout are set for: everything, a site, or one resource. */
export type TimeScope = { readonly level: 'organization' } | { readonly level: 'site' | 'resource'; readonly id: string };

export const ORGANIZATION: TimeScope = { level: 'organization' };

/** A site where one is named, else the organization. */
export const siteOrOrganization = (siteId: string | undefined): TimeScope => (siteId ? { level: 'site', id: siteId } : ORGANIZATION);

/** The thing a scope names, as an event and a source speak of it. */
export interface ScopeSubject {
  readonly id: string;
  readonly name: string;
  readonly siteIds: readonly string[];
  /** Of its clock. */
  readonly timeZone: string;
}

/** @throws Problem `not-found` */
export async function subjectOf(db: Sql, organizationId: string, scope: TimeScope): Promise<ScopeSubject> {
  const [row] =
    scope.level === 'organization'
      ? await db.sql<{
          id: string;
          name: string;
          site_id: null;
          time_zone: string;
        }>`select id, name, null as site_id, time_zone from organization where id = ${organizationId}`
      : scope.level === 'site'
        ? await db.sql<{ id: string; name: string; site_id: string; time_zone: string }>`
            select id, name, id as site_id, time_zone from site where org_id = ${organizationId} and id = ${scope.id}`
        : await db.sql<{ id: string; name: string; site_id: string | null; time_zone: string }>`
            select r.id, r.name, r.site_id, coalesce(r.time_zone, s.time_zone, o.time_zone) as time_zone
            from resource r join organization o on o.id = r.org_id left join site s on s.org_id = r.org_id and s.id = r.site_id
            where r.org_id = ${organizationId} and r.id = ${scope.id}`;
  if (!row) throw new Problem('not-found');
  return { id: row.id, name: row.name, siteIds: row.site_id ? [row.site_id] : [], timeZone: row.time_zone };
}

/**
 * The right to say when something may be booked.
 * @throws Problem `not-found`, `permission-denied`
 */
export async function demandScope(db: Sql, actor: Viewer, scope: TimeScope): Promise<void> {
  if (scope.level === 'organization') demand(actor, 'resource:manage');
  else if (scope.level === 'site') await demandAtSite(db, actor, 'resource:manage', scope.id);
  else await demandAtResource(db, actor, 'resource:manage', scope.id);
}

/** Resources whose reservations a scope concerns: a whole that is reserved is reserved with all its parts. */
export async function resourcesWithin(db: Sql, organizationId: string, scope: TimeScope): Promise<string[]> {
  if (scope.level === 'resource') return ancestorsOf(db, organizationId, scope.id);
  const rows =
    scope.level === 'site'
      ? await db.sql<{ id: string }>`select id from resource where org_id = ${organizationId} and site_id = ${scope.id}`
      : await db.sql<{ id: string }>`select id from resource where org_id = ${organizationId}`;
  return rows.map((it) => it.id);
}
