import { Problem } from '@berth/contracts';
import { formatInstant, toCivil } from '@berth/kernel';
import { type Actor, may } from '@berth/platform/auth';
import { Database, type Sql, sql } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { opensTitles, visibleResources } from '../visible-resources';
import type { AssignmentRow, AssignmentSeen, OwnResource, ResourceAssignment } from './assignment';

const assignments = sql`
  select a.resource_id, a.account_id, p.display_name, a.starts_at, a.ends_at,
         array(select d.day::text from shared_day d where d.org_id = a.org_id and d.resource_id = a.resource_id order by d.day) as days,
         coalesce(r.time_zone, s.time_zone, o.time_zone) as time_zone`;
const from = sql`
  from resource_assignment a
  join account p on p.org_id = a.org_id and p.id = a.account_id
  join resource r on r.org_id = a.org_id and r.id = a.resource_id
  join organization o on o.id = r.org_id
  left join site s on s.org_id = r.org_id and s.id = r.site_id
  left join floor f on f.org_id = r.org_id and f.id = r.floor_id`;

interface ShownRow extends AssignmentRow {
  readonly time_zone: string;
  readonly opens: boolean;
}

interface OwnRow extends ShownRow {
  readonly name: string;
  readonly type_id: string;
  readonly site_name: string | null;
  readonly floor_name: string | null;
}

/** Reads whose resources are. */
@Injectable()
export class AssignmentsQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Whose a resource is, or will be; null for nobody's. @throws Problem `not-found` when the actor may not see it */
  async of(actor: Actor, resourceId: string, db?: Sql): Promise<ResourceAssignment | null> {
    return (await this.seen(actor, resourceId, db)).assignment;
  }

  /** The same with the version of the resource. @throws Problem `not-found` when the actor may not see it */
  async seen(actor: Actor, resourceId: string, db: Sql = this.database.of(actor.organizationId)): Promise<AssignmentSeen> {
    // The version first: what changes in between was not seen.
    const [resource] = await db.sql<{
      version: number;
    }>`select r.version from resource r where r.id = ${resourceId} and ${visibleResources(actor)}`;
    if (!resource) throw new Problem('not-found');
    const now = this.clock.now();
    const [row] = await db.sql<ShownRow>`
      ${assignments}, ${opensTitles(actor)} as opens ${from}
      where a.org_id = ${actor.organizationId} and a.resource_id = ${resourceId} and (a.ends_at is null or a.ends_at > ${now})`;
    return { assignment: row ? shown(row, actor, now) : null, resourceVersion: resource.version };
  }

  /** What is the actor's own, by name. */
  async own(actor: Actor): Promise<OwnResource[]> {
    const now = this.clock.now();
    const rows = await this.database.of(actor.organizationId).sql<OwnRow>`
      ${assignments}, true as opens, r.name, r.type_id, s.name as site_name, f.name as floor_name ${from}
      where a.org_id = ${actor.organizationId} and a.account_id = ${actor.accountId} and (a.ends_at is null or a.ends_at > ${now})
        and ${visibleResources(actor)}
      order by lower(r.name), r.id`;
    return rows.map((it) => ({
      ...shown(it, actor, now),
      resource: { id: it.resource_id, name: it.name, typeId: it.type_id, timeZone: it.time_zone },
      place: [it.site_name, it.floor_name].filter((name) => name !== null).join(' · ') || null,
    }));
  }
}

/** Who reads what the reservations of a resource are about may know whose it is. */
function shown(row: ShownRow, actor: Actor, now: Date): ResourceAssignment {
  const mine = row.account_id === actor.accountId;
  const today = toCivil(now, row.time_zone).date;
  return {
    person: mine || (row.opens && may(actor, 'reservation:read')) ? { id: row.account_id, displayName: row.display_name } : null,
    mine,
    from: formatInstant(row.starts_at),
    until: row.ends_at && formatInstant(row.ends_at),
    sharedDays: row.days.filter((it) => it >= today),
  };
}
