import { addMinutes, intersection, minutesBetween, union, type Interval } from '@berth/kernel';
import { bookableTime, earliestStart, endAfter, gridOf, latestStart, type BookingTerms } from './booking-terms';
import { brokenRules, type Wish } from './rules';
import { nearestSlot, slotAtOrAfter, slotAtOrBefore } from './slot-grid';

/** Minutes: further away than two weeks a suggestion helps nobody. */
const SEARCHED = 14 * 1440;

/**
 * The period next to the wished one that breaks no rule: of the wished length or the nearest allowed one, at the start
 * closest to the wished start; where no such length fits, what is left of the wished time. Undefined when there is none
 * within two weeks. What is running already keeps its start. Whether somebody has it already is not looked at.
 */
export function nearestAllowed(terms: BookingTerms, wish: Wish, now: Date): Interval | undefined {
  const wanted = { ...wish, quantity: 1 };
  const isRunning = wish.former !== undefined && wish.former.start.getTime() <= now.getTime();
  const starts = isRunning ? [wish.start] : nearestStarts(terms, wanted, now);
  const moved = starts.map((start) => ({ start, end: endOf(terms, wish, start) }));
  const candidates = [...moved, ...shortened(terms, wanted, now)];
  return candidates.find((it) => brokenRules(terms, { ...wanted, ...it }, now).length === 0);
}

/** Starts from which the allowed length fits, one for each stretch of bookable time, the nearest first. */
function nearestStarts(terms: BookingTerms, wish: Wish, now: Date): Date[] {
  const grid = gridOf(terms);
  const starts = searched(terms, wish, now).flatMap((stretch) => {
    const first = slotAtOrAfter(grid, stretch.start);
    const needed = minutesBetween(first, endOf(terms, wish, first));
    const last = slotAtOrBefore(grid, earlier(addMinutes(stretch.end, -needed), latestStart(terms, now)));
    return last.getTime() < first.getTime() ? [] : [earlier(later(nearestSlot(grid, wish.start), first), last)];
  });
  return starts.sort((a, b) => distance(a, wish.start) - distance(b, wish.start) || a.getTime() - b.getTime());
}

/** What the rules leave of the wished time itself, its ends on the grid unless they stay where they were. */
function shortened(terms: BookingTerms, wish: Wish, now: Date): Interval[] {
  const grid = gridOf(terms);
  const kept = wish.former ? [wish.former] : [];
  return union(searched(terms, wish, now), kept).flatMap((stretch) => {
    const left = intersection(stretch, wish);
    if (!left) return [];
    const start = left.start.getTime() === wish.former?.start.getTime() ? left.start : slotAtOrAfter(grid, left.start);
    const end = slotAtOrBefore(grid, left.end);
    return start.getTime() < end.getTime() ? [{ start, end }] : [];
  });
}

/** Bookable time around the wish, or around the nearest start that notice and horizon allow. */
function searched(terms: BookingTerms, wish: Wish, now: Date): Interval[] {
  const first = earliestStart(terms, now);
  const centre = later(earlier(wish.start, latestStart(terms, now)), first);
  const start = later(addMinutes(centre, -SEARCHED), first);
  return bookableTime(terms, { start, end: addMinutes(centre, SEARCHED + terms.policy.maxDuration.value) }, wish.personId);
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
