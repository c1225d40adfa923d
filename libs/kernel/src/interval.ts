/**
 * A half-open span of time `[start, end)`: it holds its start and not its end, so one reservation may begin the moment
 * another ends. Both are instants; civil time exists only in `zoned-time.ts`.
 */
export interface Interval {
  readonly start: Date;
  readonly end: Date;
}

/** Milliseconds in a minute. */
export const MINUTE = 60_000;

const DAY = 86_400_000;

/** @throws RangeError when the span would be empty or reversed, or when either instant is invalid */
export function interval(start: Date, end: Date): Interval {
  // Written as a negation so that NaN, which compares false with everything, is refused too.
  if (!(start.getTime() < end.getTime())) {
    throw new RangeError(`An interval ends after its start: ${String(start.getTime())} to ${String(end.getTime())}`);
  }
  return { start, end };
}

/** The instant `minutes` later; earlier when negative. */
export function addMinutes(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * MINUTE);
}

/** Minutes from one instant to the other, with fraction; negative when `to` is the earlier one. */
export function minutesBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / MINUTE;
}

/** Whether the two share any instant. Touching is not overlapping. */
export function overlaps(a: Interval, b: Interval): boolean {
  return a.start.getTime() < b.end.getTime() && b.start.getTime() < a.end.getTime();
}

/** Whether all of `inner` lies in `outer`. */
export function contains(outer: Interval, inner: Interval): boolean {
  return outer.start.getTime() <= inner.start.getTime() && inner.end.getTime() <= outer.end.getTime();
}

/** Whether the instant lies in the interval: its start does, its end does not. */
export function holdsInstant(span: Interval, instant: Date): boolean {
  return span.start.getTime() <= instant.getTime() && instant.getTime() < span.end.getTime();
}

export function isSameInterval(a: Interval, b: Interval): boolean {
  return a.start.getTime() === b.start.getTime() && a.end.getTime() === b.end.getTime();
}

/** The time both share, undefined when they only touch or lie apart. */
export function intersection(a: Interval, b: Interval): Interval | undefined {
  const start = a.start.getTime() > b.start.getTime() ? a.start : b.start;
  const end = a.end.getTime() < b.end.getTime() ? a.end : b.end;
  return start.getTime() < end.getTime() ? { start, end } : undefined;
}

/** The same time said with the fewest intervals: in order, apart from each other, touching ones made one. */
export function merge(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const next of [...intervals].sort(byStart)) {
    const last = merged.at(-1);
    if (!last || last.end.getTime() < next.start.getTime()) {
      merged.push(next);
    } else if (last.end.getTime() < next.end.getTime()) {
      merged[merged.length - 1] = { start: last.start, end: next.end };
    }
  }
  return merged;
}

/** The time in either list, merged. */
export function union(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  return merge([...a, ...b]);
}

/** The time in both lists, merged. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const left = merge(a).values();
  const right = merge(b).values();
  const shared: Interval[] = [];
  let [one, other] = [left.next().value, right.next().value];
  while (one && other) {
    const both = intersection(one, other);
    if (both) shared.push(both);
    if (one.end.getTime() < other.end.getTime()) one = left.next().value;
    else other = right.next().value;
  }
  return shared;
}

/** The time of `from` that is in none of `taken`, merged. */
export function subtract(from: readonly Interval[], taken: readonly Interval[]): Interval[] {
  const cuts = merge(taken).values();
  const rest: Interval[] = [];
  let cut = cuts.next().value;
  for (const whole of merge(from)) {
    let start = whole.start;
    while (cut && cut.start.getTime() < whole.end.getTime()) {
      if (start.getTime() < cut.start.getTime()) rest.push({ start, end: cut.start });
      if (start.getTime() < cut.end.getTime()) start = cut.end;
      // A cut that reaches beyond this one may take from the next as well.
      if (whole.end.getTime() < cut.end.getTime()) break;
      cut = cuts.next().value;
    }
    if (start.getTime() < whole.end.getTime()) rest.push({ start, end: whole.end });
  }
  return rest;
}

/** What `taken` leaves of one interval, in order. */
export function gaps(within: Interval, taken: readonly Interval[]): Interval[] {
  return subtract([within], taken);
}

/** The interval cut at each UTC midnight inside it: pieces of one UTC day at most, as `occupancy_one_day` demands. */
export function splitAtUtcMidnight(whole: Interval): Interval[] {
  const pieces: Interval[] = [];
  let start = whole.start;
  while (start.getTime() < whole.end.getTime()) {
    const midnight = new Date((Math.floor(start.getTime() / DAY) + 1) * DAY);
    const end = midnight.getTime() < whole.end.getTime() ? midnight : whole.end;
    pieces.push({ start, end });
    start = end;
  }
  return pieces;
}

function byStart(a: Interval, b: Interval): number {
  return a.start.getTime() - b.start.getTime();
}
