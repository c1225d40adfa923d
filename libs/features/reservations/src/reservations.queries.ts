import { Problem, withoutContent } from '@berth/contracts';
import { addMinutes, formatInstant, pageOf, type Page, parseInstant } from '@berth/kernel';
import { type Actor, may } from '@berth/platform/auth';
import { Database, join, type Sql, sql, Statement } from '@berth/platform/database';
import { cursorOf, type ListQuery } from '@berth/platform/http';
import { Clock } from '@berth/platform/runtime';
import { opensTitles, visibleResources } from '@berth/resources';
import { type CustomValues, LONGEST_RESERVATION, RESERVATION_STATUSES, type ReservationStatus } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { reservationsInReach } from './manages-reservation';
import type { ProvisioningReport, Reservation, ReservationItem } from './reservation';
import { peopleIn, peopleTold, tellsWho, withoutPeople } from './whose';

interface ViewRow {
  id: string;
  status: ReservationStatus;
  title: string | null;
  description: string | null;
  starts_at: Date;
  ends_at: Date;
  time_zone: string;
  private: boolean;
  attendees: number | null;
  custom_fields: CustomValues;
  organizer_id: string;
  organizer: string;
  /** Whether the reader is told of the one and of the other. */
  tells_organizer: boolean;
  tells_booker: boolean | null;
  booked_by_id: string | null;
  booked_by: string | null;
  items: ReservationItem[];
  /** Whether what is booked keeps back from the reader what it is for. */
  closed: boolean;
  cancelled_at: Date | null;
  cancel_reason: string | null;
  cancelled_late: boolean;
  undo_until: Date | null;
  series_id: string | null;
  recurrence_id: Date | null;
  provisioning: ProvisioningReport | null;
  version: number;
  created_at: Date;
  updated_at: Date;
}

/** What a list of reservations may be narrowed to. */
export interface ReservationFilter {
  readonly id?: readonly string[];
  readonly resource?: readonly string[];
  readonly siteId?: string;
  readonly status?: readonly string[];
  /** An account, or `me`. */
  readonly organizer?: string;
  /** Only what ends after. */
  readonly from?: Date;
  /** Only what starts before. */
  readonly to?: Date;
  readonly q?: string;
  readonly sort: 'start' | '-start';
}

/** One entry of a reservation's history. */
export interface HistoryEntry {
  readonly type: string;
  readonly at: string;
  readonly actor: { readonly id: string; readonly displayName: string } | null;
  readonly data: unknown;
}

/** Which of one's own reservations. */
export type MyScope = 'upcoming' | 'past' | 'cancelled' | 'all';

const DEAD: readonly ReservationStatus[] = ['cancelled', 'rejected', 'expired', 'no_show'];

/** Reads reservations for those who may see them. Holds are not among them. */
@Injectable()
export class ReservationQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found` */
  async one(actor: Actor, id: string, db: Sql = this.database.of(actor.organizationId)): Promise<Reservation> {
    const [row] = await this.rows(db, actor, [sql`v.id = ${id}`], sql`order by v.id`);
    if (!row) throw new Problem('not-found');
    return toReservation(row, actor);
  }

  /** Those of the ids the actor may see, by id. */
  async some(actor: Actor, ids: readonly string[]): Promise<Map<string, Reservation>> {
    if (ids.length === 0) return new Map();
    const rows = await this.rows(this.database.of(actor.organizationId), actor, [sql`v.id = any(${[...ids]}::uuid[])`], sql`order by v.id`);
    return new Map(rows.map((it) => [it.id, toReservation(it, actor)]));
  }

  /** Reservations by start and id, one page at a time. */
  async page(actor: Actor, filter: ReservationFilter, list: ListQuery): Promise<Page<Reservation>> {
    const from = startCursor(list);
    const forward = filter.sort === 'start';
    const conditions = conditionsOf(actor, filter);
    if (from)
      conditions.push(
        forward
          ? sql`(v.starts_at, v.id) > (${from.start}, ${from.id}::uuid)`
          : sql`(v.starts_at, v.id) < (${from.start}, ${from.id}::uuid)`,
      );
    const parts = partsOf(actor, filter).map((it) => join([...it, ...conditions], ' and '));
    const order = forward ? sql`order by v.starts_at, v.id` : sql`order by v.starts_at desc, v.id desc`;
    const rows = await this.rows(this.database.of(actor.organizationId), actor, parts, order, sql`${list.limit + 1}`);
    return pageOf(
      rows.map((it) => toReservation(it, actor)),
      list.limit,
      (it) => [it.start, it.id],
    );
  }

  /** The actor's own: what is to come soonest first, what is over newest first. */
  mine(actor: Actor, scope: MyScope, list: ListQuery): Promise<Page<Reservation>> {
    const now = this.clock.now();
    const own = { organizer: 'me', sort: scope === 'upcoming' || scope === 'all' ? 'start' : '-start' } as const;
    if (scope === 'upcoming') return this.page(actor, { ...own, from: now, status: ['pending', 'confirmed', 'checked_in'] }, list);
    if (scope === 'cancelled') return this.page(actor, { ...own, status: [...DEAD] }, list);
    if (scope === 'past') return this.page(actor, { ...own, to: now, status: ['confirmed', 'checked_in', 'completed', 'no_show'] }, list);
    return this.page(actor, own, list);
  }

  /** What happened to a reservation, oldest first. @throws Problem `not-found` */
  async history(actor: Actor, id: string): Promise<HistoryEntry[]> {
    const db = this.database.of(actor.organizationId);
    const [reservation] = await this.rows(db, actor, [sql`v.id = ${id}`], sql`order by v.id`);
    if (!reservation) throw new Problem('not-found');
    const rows = await db.sql<{
      type: string;
      at: Date;
      actor_id: string | null;
      actor: string | null;
      data: Record<string, unknown>;
    }>`
      select e.type, e.at, e.actor_id, a.display_name as actor, e.data
      from event e left join account a on a.org_id = e.org_id and a.id = e.actor_id
      where e.org_id = ${actor.organizationId} and e.subject_id = ${id}
      order by e.position
      limit 500`;
    const people = rows.flatMap((it) => [...(it.actor_id ? [it.actor_id] : []), ...peopleIn(it.data)]);
    const told = await peopleTold(db, actor, id, [...new Set(people)]);
    return rows.map((it) => ({
      type: it.type,
      at: formatInstant(it.at),
      actor: it.actor_id && it.actor && told.has(it.actor_id) ? { id: it.actor_id, displayName: it.actor } : null,
      data: withoutPeople(shownFacts(it.data, reservation, actor), (person) => told.has(person)),
    }));
  }

  /**
   * Which reservations first, and only of those what they are of: a long history costs a page no more than a short one.
   * There is always a resource; a left join keeps PostgreSQL from beginning with all of them where it has no statistics yet.
   * @param conditions none of which holds for what another holds for
   */
  private rows(db: Sql, actor: Actor, conditions: readonly Statement[], order: Statement, limit = sql`all`): Promise<ViewRow[]> {
    const each = conditions.map(
      (condition) => sql`
        (select v.* from reservation v
        where v.org_id = ${actor.organizationId} and v.status not in ('held', 'released', 'expired') and ${condition}
          and ${reservationsInReach(actor, sql`v.id`)}
          and (v.organizer_id = ${actor.accountId} or v.booked_by_id = ${actor.accountId} or not exists (
            select from reservation_item i join resource r on r.id = i.resource_id where i.reservation_id = v.id and not (${visibleResources(actor)})))
        ${order} limit ${limit})`,
    );
    return db.sql<ViewRow>`
      with v as materialized (select v.* from (${join(each, ' union all ')}) v ${order} limit ${limit})
      select v.id, v.status, v.title, v.description, v.starts_at, v.ends_at, v.time_zone, v.private, v.attendees, v.custom_fields, v.organizer_id, a.display_name as organizer, v.booked_by_id, b.display_name as booked_by,
             ${tellsWho(actor, sql`a`)} as tells_organizer, ${tellsWho(actor, sql`b`)} as tells_booker,
             items.list as items, items.closed, v.cancelled_at, v.cancel_reason, v.cancelled_late, v.undo_until, v.series_id, v.recurrence_id, v.provisioning, v.version, v.created_at, v.updated_at
      from v
      join account a on a.org_id = v.org_id and a.id = v.organizer_id
      left join account b on b.org_id = v.org_id and b.id = v.booked_by_id
      cross join lateral (
        select jsonb_agg(jsonb_build_object(
                 'resourceId', i.resource_id, 'name', r.name, 'partstat', i.partstat, 'quantity', i.quantity, 'siteId', r.site_id, 'siteName', s.name,
                 'floorName', f.name, 'timeZone', coalesce(r.time_zone, s.time_zone, o.time_zone)) order by i.resource_id) as list,
               bool_or(not (${opensTitles(actor)})) as closed
        from reservation_item i
        left join resource r on r.id = i.resource_id
        left join organization o on o.id = i.org_id
        left join site s on s.id = r.site_id
        left join floor f on f.id = r.floor_id
        where i.reservation_id = v.id) as items
      ${order}`;
  }
}

/**
 * The states and the time asked for, in parts that each are read in the order of an index, whatever is rare and however long the history:
 * one state after another, and what is longer than a day apart from what may overlap only from a day before on. What is asked for by its
 * id, resource or organizer is little enough to be looked through.
 */
function partsOf(actor: Actor, { id, resource, organizer, status, from }: ReservationFilter): Statement[][] {
  const states = status && [...new Set(status)];
  if (id || resource || organizer) return [[...(states ? [sql`v.status = any(${states})`] : []), ...(from ? endingAfter(from) : [])]];
  const times = from ? shortAndLong(actor, from) : [[]];
  return (states?.map((it) => [inState.get(it) ?? sql`false`]) ?? [[]]).flatMap((state) => times.map((time) => [...state, ...time]));
}

const endingAfter = (from: Date): Statement[] => [sql`v.ends_at > ${from}`, sql`v.starts_at > ${addMinutes(from, -LONGEST_RESERVATION)}`];

function shortAndLong(actor: Actor, from: Date): Statement[][] {
  const dayBefore = sql`${from}::timestamptz - interval '1 day'`;
  // As an array: no plan for any values would begin with the few that are longer.
  const long = sql`v.id = any(array(
    select l.id from reservation l
    where l.org_id = ${actor.organizationId} and l.ends_at > ${from} and l.ends_at < ${addMinutes(from, LONGEST_RESERVATION)}
      and l.ends_at - l.starts_at > interval '1 day' and l.status not in ('held', 'released', 'expired')))`;
  return [
    [sql`v.starts_at > ${dayBefore}`, ...endingAfter(from)],
    [sql`v.starts_at <= ${dayBefore}`, long],
  ];
}

/** Each state in the text: the index of the rarer ones is not used for whatever may come as a value. */
const inState: ReadonlyMap<string, Statement> = new Map(RESERVATION_STATUSES.map((it) => [it, new Statement([`v.status = '${it}'`], [])]));

function conditionsOf(actor: Actor, filter: ReservationFilter): Statement[] {
  const { id, resource, siteId, organizer, to, q } = filter;
  const conditions = [sql`true`];
  if (id) conditions.push(sql`v.id = any(${[...id]}::uuid[])`);
  if (resource)
    conditions.push(
      sql`exists (select from reservation_item i where i.reservation_id = v.id and i.resource_id = any(${[...resource]}::uuid[]))`,
    );
  if (siteId) {
    conditions.push(
      sql`exists (select from reservation_item i join resource r on r.id = i.resource_id where i.reservation_id = v.id and r.site_id = ${siteId})`,
    );
  }
  if (organizer === 'me') conditions.push(sql`v.organizer_id = ${actor.accountId}`);
  else if (organizer)
    conditions.push(
      sql`v.organizer_id = ${organizer} and exists (select from account a where a.org_id = v.org_id and a.id = v.organizer_id and ${tellsWho(actor, sql`a`)})`,
    );
  if (to) conditions.push(sql`v.starts_at < ${to}`);
  if (q)
    conditions.push(sql`(v.title ilike ${`%${q.replace(/[\\%_]/g, '\\$&')}%`} and (v.organizer_id = ${actor.accountId} or v.booked_by_id = ${actor.accountId} or not v.private and not exists (
      select from reservation_item i join resource r on r.id = i.resource_id where i.reservation_id = v.id and not (${opensTitles(actor)}))))`);
  return conditions;
}

function startCursor(list: ListQuery): { start: Date; id: string } | undefined {
  const key = cursorOf(list, 2);
  if (!key) return undefined;
  const start = parseInstant(String(key[0]));
  if (!start || typeof key[1] !== 'string' || !/^[0-9a-f-]{36}$/.test(key[1])) throw new Problem('invalid-cursor');
  return { start, id: key[1] };
}

/** Whether the reader may know what a reservation is about: it is theirs, or neither it nor what is booked keeps that back. */
const tellsWhat = (row: ViewRow, { accountId }: Actor): boolean =>
  row.organizer_id === accountId || row.booked_by_id === accountId || (!row.private && !row.closed);

/** What a provisioner says may be how to get in: it is for whose reservation it is, and for who looks after all of them. */
const hearsProvisioner = (row: ViewRow, actor: Actor): boolean =>
  row.organizer_id === actor.accountId ||
  row.booked_by_id === actor.accountId ||
  (tellsWhat(row, actor) && may(actor, 'reservation:manage'));

const shownReport = ({ outcome, message, at }: ProvisioningReport, isTold: boolean): ProvisioningReport => ({
  ...{ outcome, at },
  message: isTold ? message : null,
});

/** What the history tells a reader of an event. */
function shownFacts(data: Record<string, unknown>, row: ViewRow, actor: Actor): Record<string, unknown> {
  const heard = hearsProvisioner(row, actor) ? data : { ...data, message: undefined, details: undefined };
  return tellsWhat(row, actor)
    ? heard
    : { ...withoutContent(heard), title: null, previous: undefined, before: undefined, after: undefined };
}

function toReservation(row: ViewRow, actor: Actor): Reservation {
  const mine = row.organizer_id === actor.accountId;
  const shows = tellsWhat(row, actor);
  return {
    id: row.id,
    status: row.status,
    title: shows ? row.title : null,
    description: shows ? row.description : null,
    start: formatInstant(row.starts_at),
    end: formatInstant(row.ends_at),
    timeZone: row.time_zone,
    private: row.private,
    attendees: row.attendees,
    customFields: shows ? row.custom_fields : {},
    organizer: row.tells_organizer ? { id: row.organizer_id, displayName: row.organizer } : null,
    bookedBy: row.booked_by_id && row.booked_by && row.tells_booker ? { id: row.booked_by_id, displayName: row.booked_by } : null,
    mine,
    resources: row.items,
    cancelledAt: row.cancelled_at && formatInstant(row.cancelled_at),
    cancelReason: shows ? row.cancel_reason : null,
    cancelledLate: row.cancelled_late,
    undoUntil: row.undo_until && formatInstant(row.undo_until),
    seriesId: row.series_id,
    recurrenceId: row.recurrence_id && formatInstant(row.recurrence_id),
    provisioning: row.provisioning && shownReport(row.provisioning, hearsProvisioner(row, actor)),
    version: row.version,
    createdAt: formatInstant(row.created_at),
    updatedAt: formatInstant(row.updated_at),
  };
}
