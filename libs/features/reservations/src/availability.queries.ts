import { type Interval, intersect, subtract } from '@berth/kernel';
import { type Actor, may } from '@berth/platform/auth';
import { Database, sql, type Statement } from '@berth/platform/database';
import { EventLog } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { maySee, ResourceCatalogue, type ResourceTerms, scopeOfTerms, showsTitles } from '@berth/resources';
import { blackoutsWithin, exclusiveTime, openIntervals } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { tellsWho } from './whose';

interface BarRow {
  id: string;
  /** Index of the resource whose time is taken, and its whole or part that was booked for it; null where it was booked itself. */
  resource: number;
  through: string | null;
  /** Times in whole seconds after the begin of the window, as they are told: thousands of dates would be read only to be counted. */
  starts: number;
  ends: number;
  held_from: number;
  held_to: number;
  status: string;
  title: string | null;
  private: boolean;
  mine: boolean;
  /** null where the reader is not told. */
  organizer: string | null;
  quantity: number;
  lane: number | null;
  version: number;
  hold_until: Date | null;
  undo_until: Date | null;
}

/** Bars of a grid, one list a column; times are whole seconds after `from`. */
export interface Bars {
  readonly id: string[];
  /** Index into `resources`. */
  readonly resource: number[];
  /** Index into `others` where another resource was booked that shares the time of this one; -1 where it was booked itself. */
  readonly through: number[];
  readonly start: number[];
  readonly end: number[];
  readonly heldStart: number[];
  readonly heldEnd: number[];
  readonly status: string[];
  readonly title: (string | null)[];
  readonly organizer: (string | null)[];
  readonly mine: (0 | 1)[];
  readonly lane: number[];
  readonly quantity: number[];
  readonly version: number[];
  /** When it gives its time back by itself: a hold, or a cancellation that can still be taken back. */
  readonly expiresAt: (string | null)[];
}

/** A whole or part of a resource that was booked and so takes its time; null where the reader may not know which. */
export interface OtherResource {
  readonly resourceId: string | null;
  readonly name: string | null;
}

/** When resources are free and busy, in columns. */
export interface AvailabilityGrid {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  /** Live updates after this sequence number are not in it. */
  readonly seq: number;
  readonly resources: readonly string[];
  readonly others: readonly OtherResource[];
  /** Closed time of each resource: start, end, start, end, … */
  readonly closed: readonly (readonly number[])[];
  readonly blackouts: readonly (readonly { readonly start: number; readonly end: number; readonly reason: string | null }[])[];
  /** Time that is another person's own. */
  readonly assigned: readonly (readonly { readonly start: number; readonly end: number; readonly person: string | null }[])[];
  readonly bars: Bars;
}

/** Reads who has which resource when. */
@Injectable()
export class AvailabilityQueries {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly log: EventLog,
    private readonly clock: Clock,
  ) {}

  /** The grid of the resources the actor may see, in the order asked for. */
  async grid(actor: Actor, ids: readonly string[], window: Interval): Promise<AvailabilityGrid> {
    // Read before the bars: what happens in between is told again rather than missed.
    const seq = await this.log.lastSequence(actor.organizationId);
    const found = await this.catalogue.termsOfMany(actor.organizationId, ids);
    const resources = [...new Set(ids)].flatMap((id) => found.get(id) ?? []).filter((it) => maySee(actor, it));
    const rows = await this.bars(actor, resources, window);
    const others = [...new Set(rows.flatMap((it) => it.through ?? []))];
    const booked = await this.alsoKnowing(actor, others, found);
    const after = (instant: Date): number => Math.round((instant.getTime() - window.start.getTime()) / 1000);
    return {
      from: window.start.toISOString(),
      to: window.end.toISOString(),
      asOf: this.clock.now().toISOString(),
      seq,
      resources: resources.map((it) => it.id),
      others: others.map((id) => otherOf(booked.get(id), actor)),
      closed: closedTimes(resources, window).map((times) => times.flatMap((it) => [after(it.start), after(it.end)])),
      blackouts: resources.map((it) =>
        blockedTime(it, window).map((time) => ({ start: after(time.start), end: after(time.end), reason: time.reason })),
      ),
      assigned: resources.map((it) =>
        othersTime(it, actor, window).map((time) => ({ start: after(time.start), end: after(time.end), person: time.person })),
      ),
      bars: columns(rows, { resources, others, booked }, actor),
    };
  }

  /** What takes the time of the resources: reservations of themselves, of their wholes and of their parts. */
  private async bars(actor: Actor, resources: readonly ResourceTerms[], window: Interval): Promise<BarRow[]> {
    const ids = resources.map((it) => it.id);
    const pools = resources.filter((it) => it.units > 1).map((it) => it.id);
    const now = this.clock.now();
    const seconds = (instant: Statement): Statement => sql`date_part('epoch', ${instant} - ${window.start}::timestamptz)::integer`;
    // `offset 0` keeps to the indexes: a join would read the whole history as soon as it looks cheap to the planner.
    const rows = await this.database.of(actor.organizationId).sql<BarRow>`
      with asked as materialized (
        select n::integer - 1 as n, id from unnest(${ids}::uuid[]) with ordinality as it(id, n)
      ), sharing as materialized (
        select n, id, id as booked_id from asked
        union
        select asked.n, asked.id, theirs.resource_id
        from asked join resource_leaf mine on mine.resource_id = asked.id join resource_leaf theirs on theirs.leaf_id = mine.leaf_id
      )
      select v.id, s.n as resource, nullif(s.booked_id, s.id) as through, ${seconds(sql`v.starts_at`)} as starts, ${seconds(sql`v.ends_at`)} as ends,
             ${seconds(sql`i.held_from`)} as held_from, ${seconds(sql`i.held_to`)} as held_to, v.status, v.title, v.private,
             v.organizer_id = ${actor.accountId} as mine, case when ${tellsWho(actor, sql`a`)} then a.display_name end as organizer, i.quantity, v.version, v.hold_until, v.undo_until,
             case when s.id = any(${pools}::uuid[])
               then (select min(o.lane) from occupancy o where o.reservation_id = v.id and o.leaf_id = s.id) end as lane
      from sharing s
      cross join lateral (
        select i.reservation_id, i.held_from, i.held_to, i.quantity
        from reservation_item i
        where i.resource_id = s.booked_id
          and i.held_from < ${window.end} and i.held_from > ${window.start}::timestamptz - interval '32 days' and i.held_to > ${window.start}
        offset 0
      ) i
      cross join lateral (
        select r.id, r.starts_at, r.ends_at, r.status, r.title, r.private, r.organizer_id, r.booked_by_id, r.org_id, r.version, r.hold_until, r.undo_until
        from reservation r
        where r.id = i.reservation_id
        offset 0
      ) v
      join account a on a.id = v.organizer_id
      where v.status in ('pending', 'confirmed', 'checked_in', 'completed') or (v.status = 'held' and v.hold_until > ${now})
        or (v.status = 'cancelled' and v.undo_until > ${now})
      order by s.n, v.starts_at, v.id, s.booked_id <> s.id`;
    // A reservation of both halves takes the hall once.
    return rows.filter((it, i) => rows[i - 1]?.id !== it.id || rows[i - 1]?.resource !== it.resource);
  }

  /** The terms known and those of wholes and parts nobody asked about. */
  private async alsoKnowing(
    actor: Actor,
    ids: readonly string[],
    known: ReadonlyMap<string, ResourceTerms>,
  ): Promise<ReadonlyMap<string, ResourceTerms>> {
    const missing = ids.filter((id) => !known.has(id));
    if (missing.length === 0) return known;
    return new Map([...known, ...(await this.catalogue.termsOfMany(actor.organizationId, missing))]);
  }
}

const otherOf = (terms: ResourceTerms | undefined, actor: Actor): OtherResource =>
  terms && maySee(actor, terms) ? { resourceId: terms.id, name: terms.name } : { resourceId: null, name: null };

/** Closed time of each resource; most share the hours of one site or organization, which are then expanded once. */
function closedTimes(resources: readonly ResourceTerms[], window: Interval): Interval[][] {
  const known = new Map<string, Interval[]>();
  return resources.map(({ hours, timeZone }) => {
    const key = `${timeZone} ${hours?.source.level} ${hours?.source.id}`;
    const closed = known.get(key) ?? subtract([window], openIntervals(hours?.value, timeZone, window));
    known.set(key, closed);
    return closed;
  });
}

/** Blackouts and maintenance, with why. */
function blockedTime({ blackouts, state }: ResourceTerms, window: Interval): (Interval & { reason: string | null })[] {
  const maintenance = state.maintenance && { start: state.maintenance.start, end: state.maintenance.end ?? window.end };
  const all = [
    ...blackoutsWithin(blackouts, window).map((it) => ({ ...it, reason: it.reason ?? null })),
    ...(maintenance && maintenance.end > maintenance.start ? [{ ...maintenance, reason: 'maintenance' }] : []),
  ];
  return all.flatMap((it) => intersect([window], [it]).map((part) => ({ ...part, reason: it.reason })));
}

/** Time that is another person's own, and whose where the reader may know. */
function othersTime(terms: ResourceTerms, actor: Actor, window: Interval): (Interval & { person: string | null })[] {
  return terms.assignments
    .filter((it) => it.person.id !== actor.accountId)
    .flatMap((it) => {
      const person = showsTitles(actor, terms) ? it.person.displayName : null;
      return exclusiveTime(it, window).map((time) => ({ ...time, person }));
    });
}

interface BarContext {
  readonly resources: readonly ResourceTerms[];
  readonly others: readonly string[];
  readonly booked: ReadonlyMap<string, ResourceTerms>;
}

function columns(rows: readonly BarRow[], { resources, others, booked }: BarContext, actor: Actor): Bars {
  const otherIndex = new Map(others.map((it, i) => [it, i]));
  const shown = rows.map((it) => showsTitle(it, it.through === null ? resources[it.resource] : booked.get(it.through), actor));
  return {
    id: rows.map((it) => it.id),
    resource: rows.map((it) => it.resource),
    through: rows.map((it) => (it.through === null ? -1 : (otherIndex.get(it.through) ?? -1))),
    start: rows.map((it) => it.starts),
    end: rows.map((it) => it.ends),
    heldStart: rows.map((it) => it.held_from),
    heldEnd: rows.map((it) => it.held_to),
    status: rows.map((it) => it.status),
    title: rows.map((it, i) => (shown[i] ? it.title : null)),
    organizer: rows.map((it, i) => (shown[i] ? it.organizer : null)),
    mine: rows.map((it) => (it.mine ? 1 : 0)),
    lane: rows.map((it) => it.lane ?? 1),
    // A whole takes every unit of its parts, and needs every unit of them.
    quantity: rows.map((it) => (it.through === null ? it.quantity : (resources[it.resource]?.units ?? 1))),
    version: rows.map((it) => it.version),
    expiresAt: rows.map((it) => (it.status === 'cancelled' ? it.undo_until : it.hold_until)?.toISOString() ?? null),
  };
}

/** Whether the reader may know what a reservation is about: as the resource that was booked says. */
function showsTitle(row: BarRow, booked: ResourceTerms | undefined, actor: Actor): boolean {
  if (row.mine) return true;
  if (!may(actor, 'reservation:read') || row.private || !booked || !maySee(actor, booked)) return false;
  return booked.policy.titlesVisibleTo.value === 'organization' || may(actor, 'reservation:manage', scopeOfTerms(booked));
}
