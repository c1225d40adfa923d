import { Problem } from '@berth/contracts';
import { addMinutes, formatInstant, type Interval, minutesBetween, overlaps } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, type Sql } from '@berth/platform/database';
import { ResourceCatalogue, showsTitles, visibleResources, wishedFor } from '@berth/resources';
import { crowdedTime, judge, nearestSlots } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { busyTimeOf } from './busy-time';
import { type Obstacle, rowsInWindows } from './occupancy.store';
import { isOver, isOwnHold } from './place-under-locks';
import type { Claim, ClaimedResource } from './reservation';

/** Another way to get what was wished; bookable at the instant it was found. */
export interface Alternative {
  readonly resourceId: string;
  readonly name: string;
  readonly start: string;
  readonly end: string;
  /** 0 to 1, how near it is to the wish. */
  readonly score: number;
}

/** What is in the way of one resource of a claim. */
export interface Conflict {
  readonly resourceId: string;
  readonly reason: 'overlap' | 'held';
  readonly busy: { readonly start: string; readonly end: string };
  /** null where it is private or there is none. */
  readonly title: string | null;
  readonly alternatives: readonly Alternative[];
}

const NEAR_HOURS = 12;
const MAX_CONFLICTS = 10;
const SAME_RESOURCE = 2;
const OTHER_RESOURCES = 3;

/** Finds what is in the way of a claim, and what would work instead. */
@Injectable()
export class Conflicts {
  /** Explanations being made: the many who lose one race get one answer, made once. */
  private readonly making = new Map<string, Explanation<Promise<Conflict[]>>>();
  /** The last refusals: true for whoever was waiting already when they were looked up. */
  private readonly found = new LRUCache<string, Explanation<Conflict[]>>({ max: 1_000 });

  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
  ) {}

  /**
   * Everything that blocks the claim now; empty when only run-out or own holds are in the way. Reads, locks nothing.
   * @param ignored a reservation, or several, that give up their time for the claim
   * @param arrived when the request came (`performance.now()`); a refusal looked up since then holds for it too
   */
  async of(actor: Actor, claim: Claim, ignored?: string | readonly string[], arrived = performance.now()): Promise<Conflict[]> {
    const found = await Promise.all(claim.items.map((item) => this.ofItem(actor, { claim, item, ignored }, arrived)));
    return found.flat();
  }

  /** The same for many claims, by their order: in as few statements as for one. */
  async ofMany(actor: Actor, claims: readonly Claim[], ignored: readonly string[]): Promise<Conflict[][]> {
    const asked = claims.flatMap((claim) => claim.items.map((item) => ({ claim, item, ignored })));
    // Something is in their way already, so what is free instead is looked for at once.
    const [seen, similar] = await Promise.all([this.look(actor, asked), this.similarFree(actor, asked.map(elsewhere))]);
    const found = asked.map((it, i) => conflictsWith(actor, it, seen[i], similar[i]));
    return claims.map((claim) => asked.flatMap((it, i) => (it.claim === claim ? (found[i] ?? []) : [])));
  }

  /** The refusal: `slot-held` while somebody is only booking, else `reservation-conflict`. */
  problem(conflicts: readonly Conflict[]): Problem {
    const onlyHeld = conflicts.length > 0 && conflicts.every((it) => it.reason === 'held');
    const suggestions = conflicts
      .flatMap((it) => it.alternatives)
      .slice(0, SAME_RESOURCE + OTHER_RESOURCES)
      .map(({ resourceId, start, end }) => ({ action: 'book-instead', patch: { resourceId, start, end } }));
    return new Problem(onlyHeld ? 'slot-held' : 'reservation-conflict', { conflicts, suggestions });
  }

  private ofItem(actor: Actor, asked: AskedItem, arrived: number): Promise<Conflict[]> {
    const { held, resource, quantity } = asked.item;
    // A person's own holds block them not, so an explanation is shared only by requests of one person; a token of some places sees less.
    const who = actor.within ? actor.sessionId : actor.accountId;
    const key = [who, resource.id, resource.version, quantity, held.start.getTime(), held.end.getTime(), asked.ignored].join();
    // One begun before the request came may tell of what was gone by then.
    const known = [this.found.get(key), this.making.get(key)].find((it) => it && it.begun >= arrived);
    if (known) return Promise.resolve(known.conflicts);
    const begun = performance.now();
    const conflicts = this.explain(actor, asked)
      .then((conflicts) => {
        if (conflicts.length > 0) this.found.set(key, { begun, conflicts });
        return conflicts;
      })
      .finally(() => {
        if (this.making.get(key)?.begun === begun) this.making.delete(key);
      });
    this.making.set(key, { begun, conflicts });
    return conflicts;
  }

  private async explain(actor: Actor, asked: AskedItem): Promise<Conflict[]> {
    const [seen] = await this.look(actor, [asked]);
    if (!seen || seen.blocking.length === 0) return [];
    const [similar] = await this.similarFree(actor, [elsewhere(asked)]);
    return conflictsWith(actor, asked, seen, similar);
  }

  /** What is around the times of each, by their order, and which of it is in the way. */
  private async look(actor: Actor, asked: readonly AskedItem[]): Promise<Seen[]> {
    const windows = asked.flatMap(({ item }, i) => item.resource.leaves.map((leaf) => ({ leaf, held: around(item.held), i })));
    const rows = Map.groupBy(await rowsInWindows(this.database.of(actor.organizationId), windows), (it) => windows[it.window]?.i);
    return asked.map(({ claim, item, ignored }, i) => {
      const near = (rows.get(i) ?? []).filter(
        (it) => !isIgnored(it.reservationId, ignored) && !isOver(it, claim.now) && !isOwnHold(it, claim),
      );
      return { near, blocking: blockingRows(near, item) };
    });
  }

  /** For each, resources of the same type, nearest in place and size first, that nobody has at that time and whose rules allow it. */
  async similarFree(actor: Actor, wanted: readonly WantedElsewhere[]): Promise<Alternative[][]> {
    const db = this.database.of(actor.organizationId);
    const alike = [...Map.groupBy(wanted, (it) => [it.resource.id, it.quantity, it.attendees].join()).values()];
    const free = (await Promise.all(alike.map((it) => freeAndSimilar(db, actor, it)))).flat();
    const terms = await this.catalogue.termsAt(actor.organizationId, [...new Map(free.map((it) => [it.id, it])).values()]);
    const byWanted = Map.groupBy(free, (it) => it.wanted);
    return wanted.map((it) =>
      (byWanted.get(it) ?? [])
        .flatMap(({ id }) => terms.get(id) ?? [])
        .filter((other) => {
          const whom = wishedFor(actor, other, it.organizer.id, actor.groupIds);
          return judge(other, { start: it.start, end: it.end, quantity: it.quantity, ...whom }, it.now).isAllowed;
        })
        .slice(0, OTHER_RESOURCES)
        .map((other, i) => ({
          resourceId: other.id,
          name: other.name,
          start: formatInstant(it.start),
          end: formatInstant(it.end),
          score: round(
            0.95 - i * 0.02 - (other.siteId === it.resource.siteId ? 0 : 0.3) - (other.floorId === it.resource.floorId ? 0 : 0.05),
          ),
        })),
    );
  }
}

/** What is in the way, with when it began to be looked up (`performance.now()`). */
interface Explanation<Conflicts> {
  readonly begun: number;
  readonly conflicts: Conflicts;
}

/** One resource of a claim that is looked at. */
interface AskedItem {
  readonly claim: Claim;
  readonly item: ClaimedResource;
  /** Reservations that give up their time for the claim. */
  readonly ignored: string | readonly string[] | undefined;
}

/** Rows around a claim, and those of them that leave too little for it. */
interface Seen {
  readonly near: readonly Obstacle[];
  readonly blocking: readonly Obstacle[];
}

/** A time that something like a resource is wanted for. */
export type WantedElsewhere = Pick<Claim, 'start' | 'end' | 'attendees' | 'organizer' | 'now'> &
  Pick<ClaimedResource, 'resource' | 'quantity'>;

const elsewhere = ({ claim, item }: AskedItem): WantedElsewhere => ({ ...claim, ...item });

interface FreeInstead {
  readonly wanted: WantedElsewhere;
  readonly id: string;
  readonly version: number;
  readonly epoch: number;
}

/**
 * What is free in place of one resource at each of several times. The nearest are looked at first and no further than
 * needed: they are put in order once, and whether one is free is a sub-plan, asked of one after another until there are
 * enough. Were the order of the rows ever another, the answers would still be true, only not the nearest.
 */
async function freeAndSimilar(db: Sql, actor: Actor, wanted: readonly WantedElsewhere[]): Promise<FreeInstead[]> {
  const [first] = wanted;
  if (!first) return [];
  const { resource, quantity, now } = first;
  const people = first.attendees ?? resource.capacity;
  const rows = await db.sql<Omit<FreeInstead, 'wanted'> & { readonly n: number }>`
    with near as materialized (
      select r.id, r.version, o.epoch from resource r join organization o on o.id = r.org_id
      where ${visibleResources(actor)} and r.type_id = ${resource.typeId} and r.id <> ${resource.id} and r.bookable and r.status = 'available'
        and r.units >= ${quantity} and (${people}::int is null or r.capacity is null or r.capacity >= ${people}::int)
      order by r.site_id is distinct from ${resource.siteId}, r.floor_id is distinct from ${resource.floorId},
               abs(coalesce(r.capacity, 0) - ${resource.capacity ?? 0}), r.id)
    select w.n::integer - 1 as n, it.id, it.version, it.epoch
    from unnest(${wanted.map((it) => it.start)}::timestamptz[], ${wanted.map((it) => it.end)}::timestamptz[]) with ordinality as w(since, until, n)
    cross join lateral (
      select near.* from near
      where (select count(*) = 0 from (
               select from resource_leaf l join occupancy o on o.leaf_id = l.leaf_id
               where l.resource_id = near.id and o.s < w.until and o.s > w.since - interval '1 day' and o.e > w.since
                 and (o.hold_until is null or o.hold_until > ${now})
               limit 1) as taken)
      limit ${OTHER_RESOURCES * 3}) as it
    order by w.n`;
  return rows.flatMap(({ n, ...found }) => (wanted[n] ? [{ ...found, wanted: wanted[n] }] : []));
}

/** What is told of the rows that block one resource; what would work instead is told with the first. */
function conflictsWith(actor: Actor, asked: AskedItem, seen: Seen | undefined, similar: readonly Alternative[] = []): Conflict[] {
  if (!seen || seen.blocking.length === 0) return [];
  const { resource } = asked.item;
  const alternatives = [...similar, ...otherTimes(asked, seen.near)].sort((a, b) => b.score - a.score);
  return uniqueReservations(seen.blocking).map((it, i) => ({
    resourceId: resource.id,
    reason: it.status === 'held' ? 'held' : 'overlap',
    busy: { start: formatInstant(it.start), end: formatInstant(it.end) },
    title: showsTitles(actor, resource) ? it.title : null,
    alternatives: i === 0 ? alternatives : [],
  }));
}

const around = (held: Interval): Interval => ({
  start: addMinutes(held.start, -NEAR_HOURS * 60),
  end: addMinutes(held.end, NEAR_HOURS * 60),
});

const isIgnored = (id: string, ignored: string | readonly string[] | undefined): boolean =>
  typeof ignored === 'string' ? ignored === id : (ignored?.includes(id) ?? false);

/** The nearest times of the resource itself that are free and allowed. */
function otherTimes({ claim, item: { resource, quantity, held } }: AskedItem, rows: readonly Obstacle[]): Alternative[] {
  const busy = busyTimeOf(resource, quantity, rows);
  const minutes = minutesBetween(claim.start, claim.end);
  const distance = (it: Interval): number => Math.abs(it.start.getTime() - claim.start.getTime());
  // Its gates let the claim through, so they are no question any more.
  const terms = { ...resource, gates: [] };
  const query = { window: around(held), minutes, quantity, busy, personId: claim.organizer.id, now: claim.now };
  return nearestSlots(terms, query, claim.start, SAME_RESOURCE).map((it) => ({
    resourceId: resource.id,
    name: resource.name,
    start: formatInstant(it.start),
    end: formatInstant(it.end),
    score: round(0.9 * (1 - distance(it) / (NEAR_HOURS * 3_600_000 + 1))),
  }));
}

/** Rows that leave too few units at some instant of the wished time. */
export function blockingRows(rows: readonly Obstacle[], { resource, quantity, held }: ClaimedResource): Obstacle[] {
  return resource.leaves.flatMap((leaf) => {
    const overlapping = rows.filter((it) => it.leafId === leaf && overlaps({ start: it.s, end: it.e }, held));
    if (leaf !== resource.id) return overlapping;
    const crowded = crowdedTime(
      overlapping.map((it) => ({ ...it, pinned: false })),
      resource.units,
      quantity,
    );
    return overlapping.filter((it) => crowded.some((time) => overlaps(time, { start: it.s, end: it.e })));
  });
}

const uniqueReservations = (rows: readonly Obstacle[]): Obstacle[] =>
  [...new Map(rows.map((it) => [it.reservationId, it])).values()].slice(0, MAX_CONFLICTS);

const round = (score: number): number => Math.max(0, Math.round(score * 100) / 100);
