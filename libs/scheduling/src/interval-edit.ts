import { intersection, type Interval, isSameInterval, subtract } from '@berth/kernel';

/** A reservation with its time. */
export interface TimedReservation extends Interval {
  readonly id: string;
}

/** Time that needs a reservation of its own, with the one whose details it takes. */
export interface AddedTime extends Interval {
  readonly from: string;
}

/** What becomes of reservations when their intervals are edited. */
export interface IntervalEdit {
  /** Those that go on at another time. */
  readonly changed: readonly TimedReservation[];
  readonly added: readonly AddedTime[];
  /** Ids of those of which nothing is left. */
  readonly gone: readonly string[];
}

/**
 * Replaces the time of a reservation by the wanted intervals. What they cover of the same person's neighbours goes over to
 * them; what they do not cover stays with the neighbour. Each identity lives on in the interval it shares most time with.
 * @param wanted at least one, none overlapping another
 */
export function editIntervals(
  target: TimedReservation,
  neighbours: readonly TimedReservation[],
  wanted: readonly Interval[],
): IntervalEdit {
  const heirs = new Map<string, Interval>();
  const open = wanted.filter((it) => {
    const same = neighbours.find((other) => !heirs.has(other.id) && isSameInterval(other, it));
    if (same) heirs.set(same.id, it);
    return !same;
  });
  const own = mostShared(open, target) ?? open[0];
  if (own) heirs.set(target.id, own);
  const added: AddedTime[] = [];
  for (const it of open.filter((other) => other !== own)) {
    const heir = mostShared(
      neighbours.filter((other) => !heirs.has(other.id)),
      it,
    );
    if (heir) heirs.set(heir.id, it);
    else added.push({ start: it.start, end: it.end, from: target.id });
  }
  for (const neighbour of neighbours) {
    const [...rest] = subtract([neighbour], wanted);
    // A neighbour that covered nothing wanted goes on in the longest part of what is left of it.
    const kept = heirs.has(neighbour.id) ? undefined : longest(rest);
    if (kept) heirs.set(neighbour.id, kept);
    added.push(...rest.filter((it) => it !== kept).map((it) => ({ ...it, from: neighbour.id })));
  }
  const family = [target, ...neighbours];
  return {
    changed: family.flatMap((it) => {
      const heir = heirs.get(it.id);
      return heir && !isSameInterval(heir, it) ? [{ id: it.id, start: heir.start, end: heir.end }] : [];
    }),
    added,
    gone: family.filter((it) => !heirs.has(it.id)).map((it) => it.id),
  };
}

const lengthOf = (it: Interval | undefined): number => (it ? it.end.getTime() - it.start.getTime() : 0);
const longest = (of: readonly Interval[]): Interval | undefined => of.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0];

/** The one that shares most time with the other, the earlier of two; undefined when none shares any. */
function mostShared<T extends Interval>(of: readonly T[], other: Interval): T | undefined {
  return of
    .filter((it) => intersection(it, other))
    .toSorted((a, b) => lengthOf(intersection(b, other)) - lengthOf(intersection(a, other)) || a.start.getTime() - b.start.getTime())[0];
}
