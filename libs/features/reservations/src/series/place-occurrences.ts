import { type Interval, overlaps } from '@berth/kernel';
import type { Tx } from '@berth/platform/database';
import { free, type LeafWindow, type LockedResource, lockResources, type Occupancy, rowsInWindows, take } from '../occupancy.store';
import { countUnderLock, limitedClaim } from '../person-limits';
import { holderOf, isOver, isOwnHold, NotPlaced, placeLocked } from '../place-under-locks';
import type { Claim } from '../reservation';
import { endHolds, type EndedHolds, lockReservations } from '../reservation.store';
import { refuse } from '../wish';

/** Which of many claims found their place. */
export interface PlacedClaims {
  /** Ids of the claims. */
  readonly placed: ReadonlySet<string>;
  readonly ended: EndedHolds;
}

/** What is given up for the claims, in the same transaction. */
export interface GivenUp {
  /** Those the claims are of already, and others whose time they take. */
  readonly reservations: readonly string[];
  /** Leaves those reservations have. */
  readonly leaves: readonly string[];
  /** A hold of whoever books. */
  readonly holdId: string | null;
  /** Finding no room for any is an answer too. */
  readonly mayBeNone?: boolean;
}

/** Writes the reservations of claims that found room, and takes the lanes for them. @returns whether every lane was had */
export type WriteAndTake = (tx: Tx, placed: readonly Claim[], lanes: readonly Occupancy[]) => Promise<boolean>;

/**
 * Places all claims of a series under one set of locks, taken in the order of `placeUnderLocks`. Where every leaf is one
 * unit this takes the same few statements however many there are; elsewhere each is placed by itself.
 * @param mode `fail`: all or none; `skip`: those that find no room are left out
 * @param write called once with all that found room
 * @throws NotPlaced, and Problem `policy-violation` where the organizer would have more than one person may
 */
export async function placeOccurrences(
  tx: Tx,
  claims: readonly Claim[],
  mode: 'fail' | 'skip',
  gives: GivenUp,
  write: WriteAndTake,
): Promise<PlacedClaims> {
  const items = claims.flatMap((it) => it.items);
  const locked = await lockResources(tx, [...items.flatMap((it) => [it.resource.id, ...it.resource.leaves]), ...gives.leaves]);
  const isStale = items.some(({ resource }) => {
    const current = locked.get(resource.id);
    return current?.version !== resource.version || current.epoch !== resource.epoch;
  });
  if (isStale) throw new NotPlaced('stale');
  const allowed = await withinLimits(tx, claims, mode, gives);
  const isPlain = items.every((it) => it.resource.leaves.every((leaf) => locked.get(leaf)?.units === 1));
  const { placed, ended } = isPlain
    ? await placeAtOnce(tx, allowed, mode, gives, write)
    : await placeOneByOne(tx, allowed, locked, gives, write);
  if ((placed.size === 0 && !gives.mayBeNone) || (mode === 'fail' && placed.size < claims.length)) throw new NotPlaced('taken');
  return { placed, ended };
}

/**
 * The claims the limits per person allow one after another, counted anew with the person locked.
 * @throws Problem `policy-violation` where all or none are placed
 */
async function withinLimits(tx: Tx, claims: readonly Claim[], mode: 'fail' | 'skip', gives: GivenUp): Promise<Claim[]> {
  const count = await countUnderLock(tx, claims.map(limitedClaim), gives.reservations);
  return claims.filter((claim) => {
    const broken = count.broken(limitedClaim(claim));
    if (mode === 'fail') refuse(broken);
    if (broken.length === 0) count.add(limitedClaim(claim));
    return broken.length === 0;
  });
}

async function placeAtOnce(
  tx: Tx,
  claims: readonly Claim[],
  mode: 'fail' | 'skip',
  gives: GivenUp,
  write: WriteAndTake,
): Promise<PlacedClaims> {
  const windows = claims.flatMap(windowsOf);
  const given = new Set(gives.reservations);
  const rows = (await rowsInWindows(tx, windows)).filter((it) => !given.has(it.reservationId));
  const [first] = claims;
  const mayEnd = rows.filter((it) => first && (isOver(it, first.now) || isOwnHold(it, first)));
  const holds = [...new Set([...mayEnd.map((it) => it.reservationId), ...(gives.holdId ? [gives.holdId] : [])])];
  const ended = first ? await endHolds(tx, holds, holderOf(first), first.now) : NOTHING_ENDED;
  const gone = new Set([...mayEnd.map((it) => it.reservationId), ...(gives.holdId ? [gives.holdId] : [])]);

  const timesOf = new Map<string, Interval[]>();
  for (const it of rows) if (!gone.has(it.reservationId)) add(timesOf, it.leafId, { start: it.s, end: it.e });
  const placed = claims.filter((claim) => {
    const own = windowsOf(claim);
    if (own.some(({ leaf, held }) => timesOf.get(leaf)?.some((it) => overlaps(it, held)))) return false;
    for (const { leaf, held } of own) add(timesOf, leaf, held);
    return true;
  });
  if (mode === 'fail' && placed.length < claims.length) throw new NotPlaced('taken');
  await lockReservations(tx, gives.reservations);
  await free(tx, gives.reservations);
  if (!(await write(tx, placed, placed.flatMap(occupancyOf)))) throw new NotPlaced('taken');
  return { placed: new Set(placed.map((it) => it.id)), ended };
}

/** Pools may have to re-pack, so each looks at what the last one left. */
async function placeOneByOne(
  tx: Tx,
  claims: readonly Claim[],
  locked: ReadonlyMap<string, LockedResource>,
  gives: GivenUp,
  write: WriteAndTake,
): Promise<PlacedClaims> {
  const [first] = claims;
  const ends = first && gives.holdId ? [await endHolds(tx, [gives.holdId], holderOf(first), first.now)] : [];
  await lockReservations(tx, gives.reservations);
  await free(tx, gives.reservations);
  const placed = new Set<string>();
  for (const claim of claims) {
    await tx.sql`savepoint occurrence`;
    try {
      ends.push(await placeLocked(tx, claim, locked));
      placed.add(claim.id);
    } catch (error) {
      if (!(error instanceof NotPlaced)) throw error;
      await tx.sql`rollback to savepoint occurrence`;
    }
  }
  const found = claims.filter((it) => placed.has(it.id));
  await write(tx, found, []);
  return { placed, ended: { expired: ends.flatMap((it) => it.expired), released: ends.flatMap((it) => it.released) } };
}

export const windowsOf = (claim: Claim): LeafWindow[] =>
  claim.items.flatMap(({ resource, held }) => resource.leaves.map((leaf) => ({ leaf, held })));

/** Writes as much of the reservations as occupancy refers to, for who can write them in full only afterwards. */
export async function standIn(tx: Tx, claims: readonly Claim[], lanes: readonly Occupancy[]): Promise<boolean> {
  const [first] = claims;
  if (first)
    await tx.sql`
      insert into reservation (id, org_id, organizer_id, status, starts_at, ends_at, time_zone, created_at, updated_at)
      select id, ${tx.organizationId}, ${first.organizer.id}, 'confirmed', starts_at, ends_at, ${first.timeZone}, ${first.now}, ${first.now}
      from unnest(${claims.map((it) => it.id)}::uuid[], ${claims.map((it) => it.start)}::timestamptz[], ${claims.map((it) => it.end)}::timestamptz[]) as c(id, starts_at, ends_at)
      on conflict (id) do nothing`;
  return take(tx, lanes);
}

const occupancyOf = (claim: Claim): Occupancy[] =>
  windowsOf(claim).map(({ leaf, held }) => ({
    leafId: leaf,
    lane: 1,
    s: held.start,
    e: held.end,
    reservationId: claim.id,
    holdUntil: null,
  }));

function add(times: Map<string, Interval[]>, leaf: string, time: Interval): void {
  const known = times.get(leaf);
  if (known) known.push(time);
  else times.set(leaf, [time]);
}

const NOTHING_ENDED: EndedHolds = { expired: [], released: [] };
