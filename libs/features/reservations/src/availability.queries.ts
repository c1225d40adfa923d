import { type Interval, intersect, subtract } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { EventLog } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { maySee, ResourceCatalogue, type ResourceTerms } from '@berth/resources';
import { openIntervals } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';

interface BarRow {
  id: string;
  resource_id: string;
  starts_at: Date;
  ends_at: Date;
  held_from: Date;
  held_to: Date;
  status: string;
  title: string | null;
  private: boolean;
  organizer_id: string;
  organizer: string;
  quantity: number;
  lane: number | null;
  version: number;
  hold_until: Date | null;
}

/** Bars of a grid, one list a column; times are whole seconds after `from`. */
export interface Bars {
  readonly id: string[];
  /** Index into `resources`. */
  readonly resource: number[];
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
  readonly expiresAt: (string | null)[];
}

/** When resources are free and busy, in columns. */
export interface AvailabilityGrid {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  /** Live updates after this sequence number are not in it. */
  readonly seq: number;
  readonly resources: readonly string[];
  /** Closed time of each resource: start, end, start, end, … */
  readonly closed: readonly (readonly number[])[];
  readonly blackouts: readonly (readonly { readonly start: number; readonly end: number; readonly reason: string | null }[])[];
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
    const rows = await this.bars(
      actor,
      resources.map((it) => it.id),
      window,
    );
    const after = (instant: Date): number => Math.round((instant.getTime() - window.start.getTime()) / 1000);
    return {
      from: window.start.toISOString(),
      to: window.end.toISOString(),
      asOf: this.clock.now().toISOString(),
      seq,
      resources: resources.map((it) => it.id),
      closed: closedTimes(resources, window).map((times) => times.flatMap((it) => [after(it.start), after(it.end)])),
      blackouts: resources.map((it) =>
        blockedTime(it, window).map((time) => ({ start: after(time.start), end: after(time.end), reason: time.reason })),
      ),
      bars: columns(rows, resources, actor, after),
    };
  }

  private bars(actor: Actor, ids: readonly string[], window: Interval): Promise<BarRow[]> {
    return this.database.of(actor.organizationId).sql<BarRow>`
      select v.id, i.resource_id, v.starts_at, v.ends_at, i.held_from, i.held_to, v.status, v.title, v.private, v.organizer_id, a.display_name as organizer,
             i.quantity, (select min(o.lane) from occupancy o where o.reservation_id = v.id and o.leaf_id = i.resource_id) as lane, v.version, v.hold_until
      from reservation_item i
      join reservation v on v.id = i.reservation_id
      join account a on a.id = v.organizer_id
      where i.resource_id = any(${[...ids]}::uuid[]) and i.held_from < ${window.end} and i.held_from > ${window.start}::timestamptz - interval '32 days' and i.held_to > ${window.start}
        and (v.status in ('pending', 'confirmed', 'checked_in', 'completed') or (v.status = 'held' and v.hold_until > ${this.clock.now()}))
      order by i.resource_id, v.starts_at, v.id`;
  }
}

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
    ...blackouts.map((it) => ({ ...it, reason: it.reason ?? null })),
    ...(maintenance && maintenance.end > maintenance.start ? [{ ...maintenance, reason: 'maintenance' }] : []),
  ];
  return all.flatMap((it) => intersect([window], [it]).map((part) => ({ ...part, reason: it.reason })));
}

function columns(rows: readonly BarRow[], resources: readonly ResourceTerms[], actor: Actor, after: (instant: Date) => number): Bars {
  const index = new Map(resources.map((it, i) => [it.id, i]));
  const showsAll = actor.role !== 'guest';
  const visible = (it: BarRow): boolean => {
    const audience = resources[index.get(it.resource_id) ?? -1]?.policy.titlesVisibleTo.value;
    return it.organizer_id === actor.accountId || (showsAll && !it.private && (audience === 'organization' || actor.role === 'admin'));
  };
  return {
    id: rows.map((it) => it.id),
    resource: rows.map((it) => index.get(it.resource_id) ?? -1),
    start: rows.map((it) => after(it.starts_at)),
    end: rows.map((it) => after(it.ends_at)),
    heldStart: rows.map((it) => after(it.held_from)),
    heldEnd: rows.map((it) => after(it.held_to)),
    status: rows.map((it) => it.status),
    title: rows.map((it) => (visible(it) ? it.title : null)),
    organizer: rows.map((it) => (visible(it) ? it.organizer : null)),
    mine: rows.map((it) => (it.organizer_id === actor.accountId ? 1 : 0)),
    lane: rows.map((it) => it.lane ?? 1),
    quantity: rows.map((it) => it.quantity),
    version: rows.map((it) => it.version),
    expiresAt: rows.map((it) => it.hold_until?.toISOString() ?? null),
  };
}
