import { Problem } from '@berth/contracts';
import { formatInstant, pageOf, type Page } from '@berth/kernel';
import { demandAtSite } from '@berth/places';
import { type Actor, demand, may, placesWith, type Scope, scopeOf } from '@berth/platform/auth';
import { Database, nothing, type Sql, sql, type Statement } from '@berth/platform/database';
import { cursorOf, type ListQuery } from '@berth/platform/http';
import { Clock } from '@berth/platform/runtime';
import { demandAtResource, resourcesWith } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import type { Assignment } from './assignment';

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A site or a resource; neither is the organization. */
export interface PlaceRef {
  readonly siteId?: string;
  readonly resourceId?: string;
}

export interface AssignmentFilter extends ListQuery {
  readonly role?: string;
  readonly user?: string;
  readonly group?: string;
  readonly siteId?: string;
  readonly resourceId?: string;
  /** Those that count there, wherever they were given. */
  readonly at?: PlaceRef;
}

/** A place where roles have somebody, with how many that are not over. */
export interface PlaceCount {
  readonly place: { readonly kind: 'organization' | 'site' | 'resource'; readonly id: string };
  readonly count: number;
}

const MOST_PLACES = 2000;

interface AssignmentRow {
  id: string;
  role_id: string;
  role_name: string | null;
  account_id: string | null;
  account_name: string | null;
  group_id: string | null;
  group_name: string | null;
  organization_id: string;
  organization_name: string;
  site_id: string | null;
  site_name: string | null;
  resource_id: string | null;
  resource_name: string | null;
  starts_at: Date | null;
  ends_at: Date | null;
  granted_by: string | null;
  granter: string | null;
  created_at: Date;
}

const assignments = sql`
  select g.id, coalesce(g.built_in, g.role_id::text) as role_id, r.name as role_name, g.account_id, a.display_name as account_name,
         g.group_id, p.name as group_name, o.id as organization_id, o.name as organization_name, g.site_id, s.name as site_name,
         g.resource_id, t.name as resource_name, g.starts_at, g.ends_at, g.granted_by, b.display_name as granter, g.created_at
  from role_assignment g
  join organization o on o.id = g.org_id
  left join role r on r.org_id = g.org_id and r.id = g.role_id
  left join account a on a.org_id = g.org_id and a.id = g.account_id
  left join people_group p on p.org_id = g.org_id and p.id = g.group_id
  left join site s on s.org_id = g.org_id and s.id = g.site_id
  left join resource t on t.org_id = g.org_id and t.id = g.resource_id
  left join account b on b.org_id = g.org_id and b.id = g.granted_by`;

/** Reads who has which role where. */
@Injectable()
export class AssignmentsQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Assignments, newest first; those that are over stay until somebody takes them away. Who may read them in some places
   * only gets those of these places, and of each place also what counts there from above.
   * @throws Problem `not-found`, `permission-denied` for a place named with `at`
   */
  async page(actor: Actor, query: AssignmentFilter): Promise<Page<Assignment>> {
    const from = cursorOf(query, 1);
    const db = this.database.of(actor.organizationId);
    const seen = query.at ? countingAt(await demandToRead(db, actor, query.at)) : assignmentsSeenBy(actor);
    const rows = await db.sql<AssignmentRow>`
      ${assignments}
      where g.org_id = ${actor.organizationId} and ${seen}
        ${query.role ? sql`and coalesce(g.built_in, g.role_id::text) = ${query.role}` : nothing}
        ${query.user ? sql`and g.account_id = ${query.user}` : nothing}
        ${query.group ? sql`and g.group_id = ${query.group}` : nothing}
        ${query.siteId ? sql`and g.site_id = ${query.siteId}` : nothing}
        ${query.resourceId ? sql`and g.resource_id = ${query.resourceId}` : nothing}
        ${from ? sql`and g.id < ${String(from[0])}::text::uuid` : nothing}
      order by g.id desc
      limit ${query.limit + 1}`;
    return pageOf(rows.map(toAssignment), query.limit, (it) => [it.id]);
  }

  /** Where roles have somebody now or later: the places with most of them first. */
  async places(actor: Actor): Promise<PlaceCount[]> {
    const rows = await this.database.of(actor.organizationId).sql<{ site_id: string | null; resource_id: string | null; count: number }>`
      select g.site_id, g.resource_id, count(*)::integer as count
      from role_assignment g
      where g.org_id = ${actor.organizationId} and ${assignmentsSeenBy(actor)} and (g.ends_at is null or g.ends_at > ${this.clock.now()})
      group by g.site_id, g.resource_id
      order by count desc, g.site_id, g.resource_id
      limit ${MOST_PLACES}`;
    return rows.map(({ site_id: siteId, resource_id: resourceId, count }) => ({
      place: resourceId
        ? { kind: 'resource', id: resourceId }
        : siteId
          ? { kind: 'site', id: siteId }
          : { kind: 'organization', id: actor.organizationId },
      count,
    }));
  }
}

/** The assignments `g` an actor may read: all, or those of places in which they have the right. */
export function assignmentsSeenBy(actor: Actor): Statement {
  if (may(actor, 'role:read')) return sql`true`;
  const { siteIds } = placesWith(actor, 'role:read');
  return sql`(g.site_id = any(${siteIds}::uuid[]) or g.resource_id in (select r.id from resource r where ${resourcesWith(actor, 'role:read')}))`;
}

/**
 * Who has which role is for who may read it at that place.
 * @returns the scope of the place; undefined for the organization
 * @throws Problem `not-found`, `permission-denied`
 */
export async function demandToRead(db: Sql, actor: Actor, place: PlaceRef): Promise<Scope | undefined> {
  if (place.resourceId) await demandAtResource(db, actor, 'role:read', place.resourceId);
  else if (place.siteId) await demandAtSite(db, actor, 'role:read', place.siteId);
  else demand(actor, 'role:read');
  return scopeOf(db, actor.organizationId, place);
}

/** Whether the assignment `g` counts in a scope. */
function countingAt(scope: Scope | undefined): Statement {
  const everywhere = sql`(g.site_id is null and g.resource_id is null)`;
  if (!scope) return everywhere;
  return sql`(${everywhere} or g.site_id = ${scope.siteId} or g.resource_id = any(${[...scope.resourceIds]}::uuid[]))`;
}

/** @throws Problem `not-found` */
export async function readAssignment(db: Sql, organizationId: string, id: string): Promise<Assignment> {
  const [row] = await db.sql<AssignmentRow>`${assignments} where g.org_id = ${organizationId} and g.id = ${id}`;
  if (!row) throw new Problem('not-found');
  return toAssignment(row);
}

const toAssignment = (row: AssignmentRow): Assignment => ({
  id: row.id,
  role: { id: row.role_id, name: row.role_name },
  holder: row.group_id
    ? { kind: 'group', id: row.group_id, name: row.group_name ?? '' }
    : { kind: 'person', id: row.account_id ?? '', name: row.account_name ?? '' },
  place: row.resource_id
    ? { kind: 'resource', id: row.resource_id, name: row.resource_name ?? '' }
    : row.site_id
      ? { kind: 'site', id: row.site_id, name: row.site_name ?? '' }
      : { kind: 'organization', id: row.organization_id, name: row.organization_name },
  from: row.starts_at && formatInstant(row.starts_at),
  until: row.ends_at && formatInstant(row.ends_at),
  grantedBy: row.granted_by === null ? null : { id: row.granted_by, name: row.granter ?? '' },
  createdAt: row.created_at.toISOString(),
});
