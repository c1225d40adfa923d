import { addMinutes, intersect, minutesBetween, overlaps, subtract, type Interval } from '@berth/kernel';
import type { ForWhom } from './assignment';
import { bookableTime, earliestStart, gridOf, latestStart, type BookingTerms } from './booking-terms';
import { brokenRules } from './rules';
import { slotAtOrAfter } from './slot-grid';

/** What makes time free: it is open, not blacked out, and nobody has it. */
export interface TimeParts {
  readonly open: readonly Interval[];
  readonly blackouts: readonly Interval[];
  readonly busy: readonly Interval[];
}

/** Free time within the window, in order: open, minus blackouts, minus busy. */
export function freeTime(window: Interval, { open, blackouts, busy }: TimeParts): Interval[] {
  return subtract(intersect([window], open), [...blackouts, ...busy]);
}

/** The first stretch that is long enough, whole; undefined when there is none. */
export function firstGap(free: readonly Interval[], minutes: number): Interval | undefined {
  return free.find((it) => minutesBetween(it.start, it.end) >= minutes);
}

export interface SlotQuery extends ForWhom {
  /** Slots lie within it. */
  readonly window: Interval;
  /** Length of a slot in minutes. */
  readonly minutes: number;
  /** Units wished for; one where it is not said. */
  readonly quantity?: number;
  /** Time that others hold, their buffers included. */
  readonly busy: readonly Interval[];
  readonly now: Date;
}

/**
 * Every period of that length which may be booked and whose buffers are free as well, in order, one for each step of the
 * grid; taken lazily, so that the first costs no more than the walk to it.
 */
export function* availableSlots(terms: BookingTerms, query: SlotQuery): Generator<Interval, undefined> {
  for (const slot of freeSteps(terms, query)) if (isAllowed(terms, query, slot)) yield slot;
  return undefined;
}

/** The stretch says when; length and grid are the rules' own business, also where clocks change. */
const isAllowed = (terms: BookingTerms, { quantity = 1, personId, groupIds, now }: SlotQuery, slot: Interval): boolean =>
  brokenRules(terms, { ...slot, quantity, personId, groupIds }, now).length === 0;

/** Every period of that length that lies in free time, rules of length and grid not asked yet. */
function* freeSteps(terms: BookingTerms, query: SlotQuery): Generator<Interval, undefined> {
  const { window, minutes, now } = query;
  const grid = gridOf(terms);
  const latest = latestStart(terms, now).getTime();
  const earliest = earliestStart(terms, now);
  for (const free of subtract(bookableTime(terms, window, query.personId), withBuffers(terms, query.busy))) {
    let start = slotAtOrAfter(grid, free.start.getTime() > earliest.getTime() ? free.start : earliest);
    let end = addMinutes(start, minutes);
    while (end.getTime() <= free.end.getTime() && start.getTime() <= latest) {
      yield { start, end };
      start = slotAtOrAfter(grid, addMinutes(start, 1));
      end = addMinutes(start, minutes);
    }
  }
  return undefined;
}

/** The first slot that may be booked; undefined when the window has none. */
export function nextAvailable(terms: BookingTerms, query: SlotQuery): Interval | undefined {
  return availableSlots(terms, query).next().value;
}

/** Slots that do not overlap each other, those that start nearest to an instant, nearest first. Rules are asked only as far as needed. */
export function nearestSlots(terms: BookingTerms, query: SlotQuery, to: Date, count: number): Interval[] {
  const distance = (it: Interval): number => Math.abs(it.start.getTime() - to.getTime());
  const nearest: Interval[] = [];
  for (const slot of [...freeSteps(terms, query)].sort((a, b) => distance(a) - distance(b))) {
    if (nearest.every((it) => !overlaps(it, slot)) && isAllowed(terms, query, slot)) nearest.push(slot);
    if (nearest.length === count) break;
  }
  return nearest;
}

/** What one of several resources that are wanted together says about the time. */
export interface SlotsOfOne {
  readonly terms: BookingTerms;
  readonly query: SlotQuery;
}

/** The slot nearest to an instant that all of these have; undefined when they have none together. */
export function nearestSharedSlot(all: readonly SlotsOfOne[], to: Date): Interval | undefined {
  const [first, ...others] = all.map(({ terms, query }) => [...availableSlots(terms, query)]);
  const shared = others.map((slots) => new Set(slots.map((it) => it.start.getTime())));
  const distance = (it: Interval): number => Math.abs(it.start.getTime() - to.getTime());
  return first?.filter((it) => shared.every((starts) => starts.has(it.start.getTime()))).sort((a, b) => distance(a) - distance(b))[0];
}

/**
 * Busy time as it looks to the bare reservation: what holds [s − before, e + after) apart from a busy span keeps [s, e)
 * apart from that span widened the other way round.
 */
function withBuffers({ policy }: BookingTerms, busy: readonly Interval[]): Interval[] {
  const { bufferBefore, bufferAfter } = policy;
  return busy.map(({ start, end }) => ({ start: addMinutes(start, -bufferAfter.value), end: addMinutes(end, bufferBefore.value) }));
}
