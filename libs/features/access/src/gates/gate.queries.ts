import type { Permission } from '@berth/contracts';
import { readAccess, type Viewer, visibleSites } from '@berth/places';
import { scopeOf } from '@berth/platform/auth';
import { Database, type Sql } from '@berth/platform/database';
import { visibleResources } from '@berth/resources';
import { type GateMode, opensTo } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import type { Named, PlaceRef } from '../assignments.queries';

/** A gate somebody stands before. */
export interface ExplainedGate {
  readonly verb: 'see' | 'book';
  readonly level: 'site' | 'resource';
  readonly place: Named;
  readonly mode: GateMode;
  /** Whether it lets this person through. */
  readonly isOpen: boolean;
  /** The groups it opens to while its mode is `groups`, and whether the person is in each. */
  readonly groups: readonly (Named & { readonly isIn: boolean })[];
}

/** What the gates of a place do to somebody. */
export interface Gated {
  readonly isOpen: boolean;
  readonly sees: boolean | null;
  readonly gates: readonly ExplainedGate[];
}

/** Rights about what is shown; gates for seeing count. */
const SEEING: ReadonlySet<Permission> = new Set<Permission>(['place:read', 'resource:read', 'availability:read', 'reservation:read']);
/** Rights about what is booked; both gates count. */
const BOOKING: ReadonlySet<Permission> = new Set<Permission>(['reservation:create']);

/** Reads which gates stand between somebody and a place. */
@Injectable()
export class GateQueries {
  constructor(private readonly database: Database) {}

  /** The gates of a site, or of a resource and its site, for one person; no gate stands before rights about other things. */
  async explain(person: Viewer, permission: Permission, place: PlaceRef): Promise<Gated> {
    const db = this.database.of(person.organizationId);
    const isAbout = SEEING.has(permission) || BOOKING.has(permission);
    if (!isAbout || (!place.siteId && !place.resourceId)) return { isOpen: true, sees: null, gates: [] };
    const sees = await maySeePlace(db, person, place);
    const verbs = BOOKING.has(permission) ? (['see', 'book'] as const) : (['see'] as const);
    const gates: ExplainedGate[] = [];
    for (const gated of await gatedPlaces(db, person.organizationId, place)) {
      const access = await readAccess(db, person.organizationId, gated);
      const groups = await db.sql<Named>`
        select id, name from people_group
        where org_id = ${person.organizationId} and id = any(${[...access.see.groupIds, ...access.book.groupIds]}::uuid[]) order by lower(name), id`;
      for (const verb of verbs) {
        const { mode, groupIds } = access[verb];
        const named = mode === 'groups' ? groups.filter((it) => groupIds.includes(it.id)) : [];
        gates.push({
          verb,
          level: gated.level,
          place: { id: gated.id, name: gated.name },
          mode,
          isOpen: opensTo({ mode, groupIds }, person.groupIds),
          groups: named.map((it) => ({ ...it, isIn: person.groupIds.includes(it.id) })),
        });
      }
    }
    // A role there shows the place, whatever its gates say; nothing but its gates lets somebody book.
    return { isOpen: sees && gates.every((it) => it.verb === 'see' || it.isOpen), sees, gates };
  }
}

/** By the condition every list carries. */
async function maySeePlace(db: Sql, person: Viewer, { siteId, resourceId }: PlaceRef): Promise<boolean> {
  const rows = resourceId
    ? await db.sql`select from resource r where r.id = ${resourceId} and ${visibleResources(person)}`
    : await db.sql`select from site s where s.id = ${siteId} and ${visibleSites(person)}`;
  return rows.length > 0;
}

async function gatedPlaces(db: Sql, organizationId: string, place: PlaceRef): Promise<(Named & { level: 'site' | 'resource' })[]> {
  const scope = await scopeOf(db, organizationId, place);
  return db.sql<Named & { level: 'site' | 'resource' }>`
    select id, name, 'site' as level from site where org_id = ${organizationId} and id = ${scope?.siteId ?? null}
    union all
    select id, name, 'resource' from resource where org_id = ${organizationId} and id = ${place.resourceId ?? null}`;
}
