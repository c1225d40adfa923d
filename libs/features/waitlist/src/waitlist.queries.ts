import { Problem } from '@berth/contracts';
import { formatInstant, type Page, pageOf } from '@berth/kernel';
import { type Actor, may } from '@berth/platform/auth';
import { Database, join, type Sql, sql, type Statement } from '@berth/platform/database';
import { cursorOf, type ListQuery } from '@berth/platform/http';
import { maySee, ResourceCatalogue, resourcesInReach, resourcesWith, visibleResources } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import type { Criteria, EntryRow, WaitlistStatus } from '@berth/reservations';
import type { WaitlistEntry } from './entry';

interface NamedResource {
  readonly id: string;
  readonly name: string;
}

interface ShownRow extends EntryRow {
  /** Whether the reader manages the reservations of all it waits for. */
  manages: boolean;
  display_name: string;
  resources: NamedResource[];
  ahead: number | null;
  offer: { resources: NamedResource[]; start: string; end: string } | null;
  ended: number;
  served: number;
  series_id: string | null;
  recurrence_id: Date | null;
}

const MOST_RESOURCES = 50;
/** Fewer say nothing about the next (console §1.8). */
const ENOUGH_TO_JUDGE = 30;

/** Reads who waits for what. */
@Injectable()
export class WaitlistQueries {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
  ) {}

  /** @throws Problem `not-found` for what is not there or not the actor's to see */
  async one(actor: Actor, id: string, db: Sql = this.database.of(actor.organizationId)): Promise<WaitlistEntry> {
    const [row] = await this.rows(
      db,
      actor,
      sql`e.org_id = ${actor.organizationId} and e.id = ${id} and ${theirs(actor)}`,
      sql`order by e.place`,
    );
    if (!row) throw new Problem('not-found');
    return toEntry(row, actor);
  }

  /** The actor's own, newest first. */
  mine(actor: Actor, status: readonly WaitlistStatus[] | undefined, list: ListQuery): Promise<Page<WaitlistEntry>> {
    const conditions = [sql`e.org_id = ${actor.organizationId} and e.account_id = ${actor.accountId}`];
    if (status) conditions.push(sql`e.status = any(${[...status]})`);
    return this.page(actor, conditions, list, 'newest');
  }

  /** Who waits for a resource, in the order they are offered it. @throws Problem `not-found` */
  async ofResource(actor: Actor, resourceId: string, list: ListQuery): Promise<Page<WaitlistEntry>> {
    const terms = (await this.catalogue.termsOfMany(actor.organizationId, [resourceId])).get(resourceId);
    if (!terms || !maySee(actor, terms)) throw new Problem('not-found');
    const conditions = [
      sql`e.org_id = ${actor.organizationId} and (e.resource_id = ${resourceId} or ${resourceId} = any(e.with_resource_ids)) and e.status in ('waiting', 'offered')`,
    ];
    return this.page(actor, conditions, list, 'queue');
  }

  /** Ids of what fits some criteria, by name; around a resource only what shares time with it. */
  async matching(actor: Actor, criteria: Criteria, around?: string): Promise<string[]> {
    const { typeId, siteId, floorId, capacity, tags } = criteria;
    const conditions = [visibleResources(actor), sql`r.bookable and r.status <> 'archived'`];
    if (typeId) conditions.push(sql`r.type_id = ${typeId}`);
    if (siteId) conditions.push(sql`r.site_id = ${siteId}`);
    if (floorId) conditions.push(sql`r.floor_id = ${floorId}`);
    if (capacity !== undefined) conditions.push(sql`r.capacity >= ${capacity}`);
    if (tags?.length) conditions.push(sql`r.tags @> ${[...tags]}::text[]`);
    if (around)
      conditions.push(
        sql`r.id in (select other.resource_id from resource_leaf own join resource_leaf other on other.leaf_id = own.leaf_id where own.resource_id = ${around})`,
      );
    const rows = await this.database.of(actor.organizationId).sql<{ id: string }>`
      select r.id from resource r where ${join(conditions, ' and ')} order by lower(r.name), r.id limit ${MOST_RESOURCES}`;
    return rows.map((it) => it.id);
  }

  private async page(actor: Actor, conditions: Statement[], list: ListQuery, order: 'newest' | 'queue'): Promise<Page<WaitlistEntry>> {
    const key = cursorOf(list, order === 'newest' ? 1 : 2)?.map(Number);
    if (key?.some((it) => !Number.isFinite(it))) throw new Problem('invalid-cursor');
    if (key) conditions.push(order === 'newest' ? sql`e.place < ${key[0]}` : sql`(-e.priority, e.place) > (${key[0]}, ${key[1]})`);
    const end = order === 'newest' ? sql`order by e.place desc` : sql`order by e.priority desc, e.place`;
    const rows = await this.rows(
      this.database.of(actor.organizationId),
      actor,
      join(conditions, ' and '),
      sql`${end} limit ${list.limit + 1}`,
    );
    const keyOf = new Map(rows.map((it) => [it.id, order === 'newest' ? [it.place] : [-it.priority, it.place]]));
    return pageOf(
      rows.map((it) => toEntry(it, actor)),
      list.limit,
      (it) => keyOf.get(it.id) ?? [],
    );
  }

  private rows(db: Sql, actor: Actor, condition: Statement, end: Statement): Promise<ShownRow[]> {
    return db.sql<ShownRow>`
      select e.*, a.display_name, ${managed(actor)} as manages, array(
               select jsonb_build_object('id', r.id, 'name', r.name) from unnest(array_prepend(e.resource_id, e.with_resource_ids)) with ordinality as named(id, n)
               join resource r on r.org_id = e.org_id and r.id = named.id order by named.n) as resources,
             case when e.status in ('waiting', 'offered') then (
               select count(*)::integer from waitlist_entry other
               where other.org_id = e.org_id and other.status in ('waiting', 'offered')
                 and (e.resource_id is null and other.resource_id is null
                      or array_prepend(other.resource_id, other.with_resource_ids) && array_prepend(e.resource_id, e.with_resource_ids))
                 and other.starts_at - make_interval(mins => other.flex_minutes) < e.ends_at + make_interval(mins => e.flex_minutes)
                 and other.ends_at + make_interval(mins => other.flex_minutes) > e.starts_at - make_interval(mins => e.flex_minutes)
                 and (other.priority > e.priority or other.priority = e.priority and other.place < e.place)) end as ahead,
             (select jsonb_build_object('resources', jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name) order by o.id), 'start', h.starts_at, 'end', h.ends_at)
              from reservation h join reservation_item i on i.reservation_id = h.id join resource o on o.id = i.resource_id
              where h.id = e.hold_id group by h.id) as offer,
             coalesce(past.ended, 0) as ended, coalesce(past.served, 0) as served, v.series_id, v.recurrence_id
      from waitlist_entry e
      join account a on a.org_id = e.org_id and a.id = e.account_id
      left join reservation v on v.org_id = e.org_id and v.id = e.occurrence_id
      left join lateral (
        select count(*)::integer as ended, count(*) filter (where p.status = 'accepted')::integer as served
        from (select status from waitlist_entry p
              where p.org_id = e.org_id and p.resource_id = e.resource_id and p.with_resource_ids = e.with_resource_ids and p.status in ('accepted', 'declined', 'expired')
              order by p.place desc limit 200) as p) as past on e.resource_id is not null
      where ${condition} and ${entriesInReach(actor)}
      ${end}`;
  }
}

/** Entries that wait for nothing outside the places a token is limited to; what only has criteria may find something anywhere. */
export const entriesInReach = (actor: Actor): Statement =>
  actor.within
    ? sql`(e.resource_id is not null and not exists (
        select from resource r
        where r.id = any(array_prepend(e.resource_id, e.with_resource_ids)) and not ${resourcesInReach(actor)}))`
    : sql`true`;

/** Whether the actor manages the reservations of all an entry waits for; of what only has criteria, those of the organization. */
const managed = (actor: Actor): Statement =>
  may(actor, 'reservation:manage')
    ? sql`true`
    : sql`(e.resource_id is not null and not exists (
        select from resource r
        where r.id = any(array_prepend(e.resource_id, e.with_resource_ids)) and not ${resourcesWith(actor, 'reservation:manage')}))`;

/** One's own entries; of others only for those who manage reservations there. */
const theirs = (actor: Actor): Statement => sql`(e.account_id = ${actor.accountId} or ${managed(actor)})`;

function toEntry(row: ShownRow, actor: Actor): WaitlistEntry {
  const mine = row.account_id === actor.accountId;
  const shows = mine || row.manages;
  return {
    id: row.id,
    status: row.status,
    resourceId: row.resource_id,
    resource: row.resources[0] ?? null,
    resources: row.resources,
    criteria: row.criteria,
    start: formatInstant(row.starts_at),
    end: formatInstant(row.ends_at),
    timeZone: row.time_zone,
    flexMinutes: row.flex_minutes,
    quantity: row.quantity,
    autoAccept: row.auto_accept,
    title: shows ? row.title : null,
    customFields: shows ? row.custom_fields : {},
    mine,
    person: shows ? { id: row.account_id, displayName: row.display_name } : null,
    position: row.ahead === null ? null : row.ahead + 1,
    likelihood: row.ended >= ENOUGH_TO_JUDGE ? Math.round((row.served / row.ended) * 100) / 100 : null,
    offer: shows ? offerOf(row) : null,
    reservationId: shows ? row.reservation_id : null,
    seriesId: shows ? row.series_id : null,
    recurrenceId: shows && row.recurrence_id ? formatInstant(row.recurrence_id) : null,
    joinedAt: formatInstant(row.created_at),
    version: row.version,
  };
}

function offerOf({ offer, hold_id: holdId, offer_until: until }: ShownRow): WaitlistEntry['offer'] {
  const [first] = offer?.resources ?? [];
  if (!offer || !first || !holdId || !until) return null;
  return {
    holdId,
    resourceId: first.id,
    resourceName: first.name,
    resources: offer.resources,
    start: formatInstant(new Date(offer.start)),
    end: formatInstant(new Date(offer.end)),
    expiresAt: formatInstant(until),
  };
}
