import { addMinutes, type Interval, intersect, subtract } from '@berth/kernel';
import { type Actor, may } from '@berth/platform/auth';
import { Database, sql, Statement } from '@berth/platform/database';
import { EventLog } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { maySee, ResourceCatalogue, type ResourceTerms, scopeOfTerms, showsTitles } from '@berth/resources';
import { blackoutsWithin, exclusiveTime, LONGEST_HELD, openIntervals } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { tellsWho } from './whose';

/**
 * Bars as they are read, one list a column: PostgreSQL writes each as JSON, which is read several times faster than as many rows. Times are
 * whole seconds after the begin of the window.
 */
interface BarColumns {
  id: string[];
  /** Index of the resource whose time is taken, and its whole or part that was booked for it; null where it was booked itself. */
  resource: number[];
  through: (string | null)[];
  start: number[];
  end: number[];
  heldStart: number[];
  heldEnd: number[];
  status: string[];
  title: (string | null)[];
  private: boolean[];
  mine: boolean[];
  /** null where the reader is not told. */
  organizer: (string | null)[];
  quantity: number[];
  lane: (number | null)[];
  version: number[];
  expiresAt: (string | null)[];
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
    const bars = await this.bars(actor, resources, window);
    const others = [...new Set(bars.through.flatMap((it) => it ?? []))];
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
      bars: shownBars(bars, { resources, others, booked }, actor),
    };
  }

  /**
   * What takes the time of the resources: reservations of themselves, of their wholes and of their parts.
   */
  private async bars(actor: Actor, resources: readonly ResourceTerms[], window: Interval): Promise<BarColumns> {
    const ids = resources.map((it) => it.id);
    const pools = resources.filter((it) => it.units > 1).map((it) => it.id);
    const now = this.clock.now();
    const heldSince = addMinutes(window.start, -LONGEST_HELD);
    const seconds = (instant: Statement): Statement => sql`date_part('epoch', ${instant} - ${window.start}::timestamptz)::integer`;
    // `offset 0` keeps to the indexes: a join would read the whole history as soon as it looks cheap to the planner. The reservations are
    // looked up all at once, which goes through the index in its order.
    const [bars] = await this.database.of(actor.organizationId).sql<BarColumns>`
      with asked as materialized (
        select n::integer - 1 as n, id from unnest(${ids}::uuid[]) with ordinality as it(id, n)
      ), sharing as materialized (
        select n, id, id as booked_id from asked
        union
        select asked.n, asked.id, theirs.resource_id
        from asked join resource_leaf mine on mine.resource_id = asked.id join resource_leaf theirs on theirs.leaf_id = mine.leaf_id
      ), item as materialized (
        select s.n, s.id, s.booked_id, i.*
        from sharing s cross join lateral (
          select i.reservation_id, i.held_from, i.held_to, i.quantity
          from reservation_item i
          where i.resource_id = s.booked_id
            and i.held_from < ${window.end} and i.held_from > ${heldSince} and i.held_to > ${window.start}
          offset 0
        ) i
      ), taken as materialized (
        select r.id, r.starts_at, r.ends_at, r.status, r.title, r.private, r.organizer_id, r.booked_by_id, r.org_id, r.version, r.hold_until, r.undo_until
        from reservation r
        where r.id = any(array(select reservation_id from item))
          and (r.status in ('pending', 'confirmed', 'checked_in', 'completed') or (r.status = 'held' and r.hold_until > ${now})
            or (r.status = 'cancelled' and r.undo_until > ${now}))
      ), bar as (
        -- A reservation of both halves takes the hall once.
        select distinct on (i.n, v.starts_at, v.id)
               v.id, i.n as resource, nullif(i.booked_id, i.id) as through, ${seconds(sql`v.starts_at`)} as start, ${seconds(sql`v.ends_at`)} as "end",
               ${seconds(sql`i.held_from`)} as held_start, ${seconds(sql`i.held_to`)} as held_end, v.status, v.title, v.private,
               v.organizer_id = ${actor.accountId} as mine, case when ${tellsWho(actor, sql`a`)} then a.display_name end as organizer, i.quantity, v.version,
               case when v.status = 'cancelled' then v.undo_until else v.hold_until end as expires_at,
               case when i.id = any(${pools}::uuid[])
                 then (select min(o.lane) from occupancy o where o.reservation_id = v.id and o.leaf_id = i.id) end as lane
        from item i
        join taken v on v.id = i.reservation_id
        join account a on a.id = v.organizer_id
        order by i.n, v.starts_at, v.id, i.booked_id <> i.id
      )
      select ${list('id')} as id, ${list('resource')} as resource, ${list('through')} as through, ${list('start')} as start, ${list('"end"')} as "end",
             ${list('held_start')} as "heldStart", ${list('held_end')} as "heldEnd", ${list('status')} as status, ${list('title')} as title,
             ${list('private')} as private, ${list('mine')} as mine, ${list('organizer')} as organizer, ${list('quantity')} as quantity,
             ${list('lane')} as lane, ${list('version')} as version, ${list('expires_at')} as "expiresAt"
      from bar`;
    return bars!;
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

/** All values of a column, in the order of the rows; the name is text of ours. */
const list = (column: string): Statement => new Statement([`coalesce(json_agg(bar.${column}), '[]')`], []);

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

function shownBars(bars: BarColumns, { resources, others, booked }: BarContext, actor: Actor): Bars {
  const otherIndex = new Map(others.map((it, i) => [it, i]));
  const open = new Map([...resources, ...others.flatMap((it) => booked.get(it) ?? [])].map((it) => [it.id, opensTitles(it, actor)]));
  const shown = bars.id.map((_, i) => bars.mine[i] || (!bars.private[i] && open.get(bars.through[i] ?? resources[bars.resource[i]!]!.id)));
  return {
    id: bars.id,
    resource: bars.resource,
    through: bars.through.map((it) => (it === null ? -1 : (otherIndex.get(it) ?? -1))),
    start: bars.start,
    end: bars.end,
    heldStart: bars.heldStart,
    heldEnd: bars.heldEnd,
    status: bars.status,
    title: bars.title.map((it, i) => (shown[i] ? it : null)),
    organizer: bars.organizer.map((it, i) => (shown[i] ? it : null)),
    mine: bars.mine.map((it) => (it ? 1 : 0)),
    lane: bars.lane.map((it) => it ?? 1),
    // A whole takes every unit of its parts, and needs every unit of them.
    quantity: bars.quantity.map((it, i) => (bars.through[i] === null ? it : (resources[bars.resource[i] ?? -1]?.units ?? 1))),
    version: bars.version,
    expiresAt: bars.expiresAt.map((it) => it && new Date(it).toISOString()),
  };
}

/** Whether the reader may know what others booked it for. */
function opensTitles(booked: ResourceTerms, actor: Actor): boolean {
  if (!may(actor, 'reservation:read') || !maySee(actor, booked)) return false;
  return booked.policy.titlesVisibleTo.value === 'organization' || may(actor, 'reservation:manage', scopeOfTerms(booked));
}
