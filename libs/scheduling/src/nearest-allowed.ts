import { addMinutes, intersection, minutesBetween, type Interval } from '@berth/kernel';
import { bookableTime, earliestStart, endAfter, gridOf, latestStart, type BookingTerms } from './booking-terms';
import { brokenRules, type Wish } from './rules';
import { nearestSlot, slotAtOrAfter, slotAtOrBefore } from './slot-grid';

/** Minutes: further away than two weeks a suggestion helps nobody. */
const SEARCHED = 14 * 1440;

/**
 * The period next to the wished one that breaks no rule: of the wished length or the nearest allowed one, at the start
 * closest to the wished start; where no such length fits, what is left of the wished time. Undefined when there is none
 * within two weeks. Whether somebody has it already is not looked at.
 */
export function nearestAllowed(terms: BookingTerms, wish: Wish, now: Date): Interval | undefined {
  const wanted = { ...wish, quantity: 1 };
  const candidates = [...shifted(terms, wanted, now), ...shortened(terms, wanted, now)];
  return candidates.find((it) => brokenRules(terms, { ...it, quantity: 1 }, now).length === 0);
}

/** Periods of the allowed length, one for each stretch of bookable time, the nearest start first. */
function shifted(terms: BookingTerms, wish: Wish, now: Date): Interval[] {
  const grid = gridOf(terms);
  const starts = searched(terms, wish, now).flatMap((stretch) => {
    const length = minutesBetween(stretch.start, stretch.end);
    const first = slotAtOrAfter(grid, later(stretch.start, earliestStart(terms, now)));
    const wished = endOf(terms, wish, first);
    const needed = minutesBetween(first, wished);
    if (needed > length) return [];
    const last = slotAtOrBefore(grid, earlier(addMinutes(stretch.end, -needed), latestStart(terms, now)));
    if (last.getTime() < first.getTime()) return [];
    return [earlier(later(nearestSlot(grid, wish.start), first), last)];
  });
  return starts
    .sort((a, b) => distance(a, wish.start) - distance(b, wish.start) || a.getTime() - b.getTime())
    .map((start) => ({ start, end: endOf(terms, wish, start) }));
}

/** What the rules leave of the wished time itself. */
function shortened(terms: BookingTerms, wish: Wish, now: Date): Interval[] {
  const grid = gridOf(terms);
  return searched(terms, wish, now).flatMap((stretch) => {
    const left = intersection(stretch, wish);
    if (!left) return [];
    const start = slotAtOrAfter(grid, later(left.start, earliestStart(terms, now)));
    const end = slotAtOrBefore(grid, left.end);
    return start.getTime() < end.getTime() ? [{ start, end }] : [];
  });
}

/** Bookable time around the wish, or around the nearest start that notice and horizon allow. */
function searched(terms: BookingTerms, wish: Interval, now: Date): Interval[] {
  const first = earliestStart(terms, now);
  const centre = later(earlier(wish.start, latestStart(terms, now)), first);
  const start = later(addMinutes(centre, -SEARCHED), first);
  return bookableTime(terms, { start, end: addMinutes(centre, SEARCHED + terms.policy.maxDuration.value) });
}

/** The end of the allowed length next to the wished one, on the grid, for a reservation that starts then. */
function endOf({ policy, timeZone }: BookingTerms, wish: Interval, start: Date): Date {
  const grid = { step: policy.slotStep.value, timeZone };
  const least = endAfter(start, policy.minDuration.value, timeZone);
  const most = endAfter(start, policy.maxDuration.value, timeZone);
  const wished = addMinutes(start, minutesBetween(wish.start, wish.end));
  const end = nearestSlot(grid, earlier(later(wished, least), most));
  if (end.getTime() > most.getTime()) return slotAtOrBefore(grid, most);
  return end.getTime() < least.getTime() ? slotAtOrAfter(grid, least) : end;
}

const earlier = (a: Date, b: Date): Date => (a.getTime() < b.getTime() ? a : b);
const later = (a: Date, b: Date): Date => (a.getTime() > b.getTime() ? a : b);
const distance = (a: Date, b: Date): number => Math.abs(a.getTime() - b.getTime());
