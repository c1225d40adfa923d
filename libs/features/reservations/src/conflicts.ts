import { Problem } from '@berth/contracts';
import { addMinutes, formatInstant, type Interval, minutesBetween, overlaps } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { ResourceCatalogue, type ResourceTerms, visibleResources } from '@berth/resources';
import { crowdedTime, judge, nearestSlots } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { busyTimeOf } from './busy-time';
import { type Obstacle, rowsInTheWay } from './occupancy.store';
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
  private readonly making = new Map<string, Promise<Conflict[]>>();
  /** The last refusals: true for whoever was waiting already when they were looked up. */
  private readonly found = new LRUCache<string, { readonly begun: number; readonly conflicts: Conflict[] }>({ max: 1_000 });

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
    const found = await Promise.all(claim.items.map((item) => this.ofItem(actor, claim, item, ignored, arrived)));
    return found.flat();
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

  private ofItem(
    actor: Actor,
    claim: Claim,
    item: ClaimedResource,
    ignored: string | readonly string[] | undefined,
    arrived: number,
  ): Promise<Conflict[]> {
    const { held, resource, quantity } = item;
    // A person's own holds block them not, so an explanation is shared only by requests of one person.
    const key = [actor.accountId, resource.id, resource.version, quantity, held.start.getTime(), held.end.getTime(), ignored].join();
    const found = this.found.get(key);
    if (found && found.begun >= arrived) return Promise.resolve(found.conflicts);
    const underway = this.making.get(key);
    if (underway) return underway;
    const begun = performance.now();
    const made = this.explain(actor, claim, item, ignored)
      .then((conflicts) => {
        if (conflicts.length > 0) this.found.set(key, { begun, conflicts });
        return conflicts;
      })
      .finally(() => this.making.delete(key));
    this.making.set(key, made);
    return made;
  }

  private async explain(
    actor: Actor,
    claim: Claim,
    item: ClaimedResource,
    ignored: string | readonly string[] | undefined,
  ): Promise<Conflict[]> {
    const { resource, held } = item;
    const near = { start: addMinutes(held.start, -NEAR_HOURS * 60), end: addMinutes(held.end, NEAR_HOURS * 60) };
    const rows = (await rowsInTheWay(this.database.of(actor.organizationId), resource.leaves, near)).filter(
      (it) => !isIgnored(it.reservationId, ignored) && !isOver(it, claim.now) && !isOwnHold(it, claim),
    );
    const blocking = blockingRows(rows, item);
    if (blocking.length === 0) return [];
    const alternatives = await this.alternatives(actor, claim, item, rows, near);
    return uniqueReservations(blocking).map((it, i) => ({
      resourceId: resource.id,
      reason: it.status === 'held' ? 'held' : 'overlap',
      busy: { start: formatInstant(it.start), end: formatInstant(it.end) },
      title: showsTitles(resource, actor) ? it.title : null,
      alternatives: i === 0 ? alternatives : [],
    }));
  }

  private async alternatives(
    actor: Actor,
    claim: Claim,
    item: ClaimedResource,
    rows: readonly Obstacle[],
    near: Interval,
  ): Promise<Alternative[]> {
    const others = await this.similarFree(actor, claim, item);
    const times = otherTimes(claim, item, rows, near);
    return [...others, ...times].sort((a, b) => b.score - a.score);
  }

  /** Resources of the same type, nearest in place and size first, that nobody has at that time and whose rules allow it. */
  async similarFree(
    actor: Actor,
    claim: Pick<Claim, 'start' | 'end' | 'attendees' | 'now'>,
    { resource, quantity }: Pick<ClaimedResource, 'resource' | 'quantity'>,
  ): Promise<Alternative[]> {
    const candidates = await this.database.of(actor.organizationId).sql<{ id: string }>`
      select r.id from resource r
      where ${visibleResources(actor)} and r.type_id = ${resource.typeId} and r.id <> ${resource.id} and r.bookable and r.status = 'available'
        and r.units >= ${quantity}
        and (${claim.attendees ?? resource.capacity}::int is null or r.capacity is null or r.capacity >= ${claim.attendees ?? resource.capacity}::int)
        and not exists (
          select from resource_leaf l join occupancy o on o.leaf_id = l.leaf_id
          where l.resource_id = r.id and o.s < ${claim.end} and o.s > ${claim.start}::timestamptz - interval '1 day' and o.e > ${claim.start}
            and (o.hold_until is null or o.hold_until > ${claim.now}))
      order by r.site_id is distinct from ${resource.siteId}, r.floor_id is distinct from ${resource.floorId},
               abs(coalesce(r.capacity, 0) - ${resource.capacity ?? 0}), r.id
      limit ${OTHER_RESOURCES * 3}`;
    const terms = await this.catalogue.termsOfMany(
      actor.organizationId,
      candidates.map((it) => it.id),
    );
    return candidates
      .flatMap(({ id }) => terms.get(id) ?? [])
      .filter((it) => judge(it, { start: claim.start, end: claim.end, quantity }, claim.now).isAllowed)
      .slice(0, OTHER_RESOURCES)
      .map((it, i) => ({
        resourceId: it.id,
        name: it.name,
        start: formatInstant(claim.start),
        end: formatInstant(claim.end),
        score: round(0.95 - i * 0.02 - (it.siteId === resource.siteId ? 0 : 0.3) - (it.floorId === resource.floorId ? 0 : 0.05)),
      }));
  }
}

const isIgnored = (id: string, ignored: string | readonly string[] | undefined): boolean =>
  typeof ignored === 'string' ? ignored === id : (ignored?.includes(id) ?? false);

/** The nearest times of the resource itself that are free and allowed. */
function otherTimes(claim: Claim, { resource, quantity }: ClaimedResource, rows: readonly Obstacle[], near: Interval): Alternative[] {
  const busy = busyTimeOf(resource, quantity, rows);
  const minutes = minutesBetween(claim.start, claim.end);
  const distance = (it: Interval): number => Math.abs(it.start.getTime() - claim.start.getTime());
  return nearestSlots(resource, { window: near, minutes, quantity, busy, now: claim.now }, claim.start, SAME_RESOURCE).map((it) => ({
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

const showsTitles = (resource: ResourceTerms, actor: Actor): boolean =>
  actor.role !== 'guest' && (resource.policy.titlesVisibleTo.value === 'organization' || actor.role === 'admin');

const round = (score: number): number => Math.max(0, Math.round(score * 100) / 100);
