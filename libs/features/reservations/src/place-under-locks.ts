import { type Interval, overlaps } from '@berth/kernel';
import type { Tx } from '@berth/platform/database';
import { assignLanes, clusterOf, type TakenLane } from '@berth/scheduling';
import {
  changeLanes,
  free,
  lockResources,
  type LockedResource,
  type Obstacle,
  type Occupancy,
  rowsInTheWay,
  take,
} from './occupancy.store';
import { demandWithinLimits } from './person-limits';
import type { Claim, ClaimedResource } from './reservation';
import { endHolds, type EndedHolds, lockReservations } from './reservation.store';

/** Why a claim could not be placed; raised inside the transaction so that everything is rolled back. */
export class NotPlaced extends Error {
  constructor(
    /** `stale`: the terms it was judged by are no longer those of the resource. `taken`: there is no room. */
    readonly reason: 'stale' | 'taken',
  ) {
    super(reason);
  }
}

/**
 * The general path (engine §2.3): pools, bundles, composites, and holds in the way. Locks all leaves in the order of
 * their ids, looks at all of them, and takes them all or none.
 *
 * Locks are always taken in the order leaves, person, reservations, occupancy. A claim whose reservation has time already (a hold
 * that is booked, a move) gives that up for the new, in the same transaction.
 * @param alsoLocked resources whose lanes are given up
 * @returns the holds that were in the way and have ended: run out, or the organizer's own
 * @throws NotPlaced, and Problem `policy-violation` where the organizer would have more than one person may
 */
export async function placeUnderLocks(tx: Tx, claim: Claim, alsoLocked: readonly string[] = []): Promise<EndedHolds> {
  const ids = claim.items.flatMap((it) => [it.resource.id, ...it.resource.leaves]);
  const locked = await lockResources(tx, [...ids, ...alsoLocked]);
  if (claim.items.some((it) => isStale(it, locked))) throw new NotPlaced('stale');
  await demandWithinLimits(tx, claim);
  return placeLocked(tx, claim, locked);
}

/** The same where the leaves are locked, the terms current and the limits kept. @throws NotPlaced */
export async function placeLocked(tx: Tx, claim: Claim, locked: ReadonlyMap<string, LockedResource>): Promise<EndedHolds> {
  const leaves = claim.items.flatMap((item) => leavesOf(item, locked));
  const ended = await clearTheWay(tx, claim, leaves);
  await lockReservations(tx, [claim.id]);
  await free(tx, [claim.id]);
  const rows: Occupancy[] = [];
  for (const leaf of leaves) rows.push(...(await lanesOf(tx, leaf, claim)));
  await written(tx, claim, rows);
  return ended;
}

/** Occupancy refers to its reservation, so that must stand before; the caller writes it in full. */
async function written(tx: Tx, claim: Claim, rows: readonly Occupancy[]): Promise<void> {
  await tx.sql`
    insert into reservation (id, org_id, organizer_id, booked_by_id, status, starts_at, ends_at, time_zone, created_at, updated_at)
    values (${claim.id}, ${tx.organizationId}, ${claim.organizer.id}, ${claim.bookedBy?.id ?? null}, ${claim.status}, ${claim.start}, ${claim.end}, ${claim.timeZone}, ${claim.now}, ${claim.now})
    on conflict (id) do nothing`;
  if (!(await take(tx, rows))) throw new NotPlaced('taken');
}

interface WantedLeaf {
  readonly id: string;
  readonly units: number;
  readonly quantity: number;
  readonly held: Interval;
}

function isStale({ resource }: ClaimedResource, locked: ReadonlyMap<string, LockedResource>): boolean {
  const current = locked.get(resource.id);
  return current?.version !== resource.version || current.epoch !== resource.epoch;
}

/** What is taken of each leaf: the quantity of the resource itself, every unit of the parts of a composite. */
function leavesOf({ resource, quantity, held }: ClaimedResource, locked: ReadonlyMap<string, LockedResource>): WantedLeaf[] {
  return resource.leaves.map((id) => {
    const units = locked.get(id)?.units ?? 1;
    return { id, units, quantity: id === resource.id ? quantity : units, held };
  });
}

/** Ends the holds that must not be in the way: run-out ones, and the organizer's own. */
async function clearTheWay(tx: Tx, claim: Claim, leaves: readonly WantedLeaf[]): Promise<EndedHolds> {
  const span = spanOf(leaves.map((it) => it.held));
  const rows = await rowsInTheWay(
    tx,
    leaves.map((it) => it.id),
    span,
  );
  const heldAt = new Map(leaves.map((it) => [it.id, it.held]));
  const inTheWay = rows.filter(
    (it) => it.reservationId !== claim.id && overlaps({ start: it.s, end: it.e }, heldAt.get(it.leafId) ?? span),
  );
  const ends = inTheWay.filter((it) => isOver(it, claim.now) || isOwnHold(it, claim));
  return endHolds(tx, [...new Set(ends.map((it) => it.reservationId))], holderOf(claim), claim.now);
}

/** Whether a row blocks nobody any more. */
export const isOver = (row: Pick<Obstacle, 'holdUntil'>, now: Date): boolean => row.holdUntil !== null && row.holdUntil <= now;

/** Whether a row is a hold of whoever books, whom it never blocks. */
export const isOwnHold = (row: Pick<Obstacle, 'status' | 'holderId'>, claim: Pick<Claim, 'organizer' | 'bookedBy'>): boolean =>
  row.status === 'held' && row.holderId === holderOf(claim);

/** Whose holds are no hindrance: who books, for whomever. */
export const holderOf = (claim: Pick<Claim, 'organizer' | 'bookedBy'>): string => (claim.bookedBy ?? claim.organizer).id;

/** The lanes of one leaf the claim gets; others may have to change theirs for it. @throws NotPlaced when there is no room */
async function lanesOf(tx: Tx, leaf: WantedLeaf, claim: Claim): Promise<Occupancy[]> {
  const taken = await clusterOn(tx, leaf, claim);
  const assignment = assignLanes({ units: leaf.units, taken, wished: leaf.held, quantity: leaf.quantity });
  if (!assignment) throw new NotPlaced('taken');
  // Whoever cancels one of them holds its row and wants its time; taking the rows first keeps the order of locks.
  await lockReservations(
    tx,
    assignment.moves.map((it) => it.reservationId),
  );
  if (!(await changeLanes(tx, leaf.id, assignment.moves))) throw new NotPlaced('taken');
  return assignment.lanes.map((lane) => ({
    leafId: leaf.id,
    lane,
    s: leaf.held.start,
    e: leaf.held.end,
    reservationId: claim.id,
    holdUntil: claim.holdUntil,
  }));
}

/** What is taken of a leaf as far as it hangs together with the wished time; re-packing a pool moves all of that. */
async function clusterOn(tx: Tx, leaf: WantedLeaf, claim: Claim): Promise<TakenLane[]> {
  let span = leaf.held;
  for (;;) {
    const rows = await rowsInTheWay(tx, [leaf.id], span);
    const taken = rows.map((it) => ({ ...it, pinned: it.status === 'checked_in' || it.start <= claim.now }));
    const cluster = leaf.units === 1 ? span : clusterOf(taken, span);
    if (cluster.start >= span.start && cluster.end <= span.end) return taken;
    span = cluster;
  }
}

const spanOf = (times: readonly Interval[]): Interval => ({
  start: new Date(Math.min(...times.map((it) => it.start.getTime()))),
  end: new Date(Math.max(...times.map((it) => it.end.getTime()))),
});
