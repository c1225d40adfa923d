import { addDays, atMinute, toCivil } from '@berth/kernel';
import { DAY, HOUR, MINUTE, overlaps, type Span } from '../span';

/** What stands against times of a resource, as far as the page knows; the server has the last word. */
export interface Ground {
  readonly zone: string;
  /** Minutes from midnight of the zone that starts and ends are multiples of. */
  readonly step: number;
  /** Milliseconds a booking may last. */
  readonly shortest: number;
  readonly longest: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  /** Claims of others with their buffers, already narrowed to what leaves no unit. */
  readonly taken: readonly Span[];
  /** Closed and blocked. */
  readonly shut: readonly Span[];
  /** Starts before this have passed. */
  readonly earliest: number;
}

export interface StartSlot {
  readonly at: number;
  /** `free` for the whole length, `short` when something follows too early, `taken` at that moment. */
  readonly state: 'free' | 'short' | 'taken';
  /** Until when it is free (`short`) or taken. */
  readonly until: number | null;
}

export interface EndSlot {
  readonly at: number;
  /** Milliseconds. */
  readonly lasts: number;
  readonly state: 'free' | 'taken';
}

/** The starts of a civil date that are open and have not passed, each with whether the wanted length fits. */
export function startSlots(ground: Ground, date: string, length: number): StartSlot[] {
  return gridTimes(ground, date)
    .filter((at) => at >= ground.earliest && !ground.shut.some((it) => it.start <= at && at < it.end))
    .map((at) => {
      const before = ground.taken.find((it) => it.start < at + ground.bufferBefore + 1 && at - ground.bufferBefore < it.end);
      if (before) return { at, state: 'taken', until: before.end + ground.bufferBefore };
      const next = firstObstacle(ground, { start: at, end: at + length });
      return next === undefined ? { at, state: 'free', until: null } : { at, state: 'short', until: next };
    });
}

/** The ends a start can have, up to the longest length; after the first obstacle only as many as make clear why. */
export function endSlots(ground: Ground, start: number): EndSlot[] {
  const last = start + Math.min(ground.longest, DAY);
  const ends = laterTimes(ground, start, last).filter((at) => at - start >= ground.shortest && isOffered(at - start, ground.step));
  const obstacle = firstObstacle(ground, { start, end: last }) ?? Infinity;
  const free = ends.filter((at) => at <= obstacle);
  const shown = free.length > 0 ? free : ends.slice(0, 4);
  return shown.map((at) => ({ at, lasts: at - start, state: at <= obstacle ? 'free' : 'taken' }));
}

/** When the first thing that is in the way of a span begins, not before the span; undefined when nothing is. */
function firstObstacle(ground: Ground, span: Span): number | undefined {
  const taken = ground.taken
    .filter((it) => overlaps(it, { start: span.start - ground.bufferBefore, end: span.end + ground.bufferAfter }))
    .map((it) => it.start - ground.bufferAfter);
  const shut = ground.shut.filter((it) => overlaps(it, span)).map((it) => it.start);
  const all = [...taken, ...shut];
  return all.length === 0 ? undefined : Math.max(span.start, Math.min(...all));
}

function gridTimes({ step, zone }: Ground, date: string): number[] {
  const minutes = Array.from({ length: Math.ceil(1440 / step) }, (_, i) => i * step);
  return minutes
    .map((minute) => atMinute(date, minute, zone))
    .filter((it) => it.resolution !== 'gap')
    .map((it) => it.instant.getTime());
}

function laterTimes(ground: Ground, start: number, last: number): number[] {
  const { date } = toCivil(new Date(start), ground.zone);
  const days = [date, addDays(date, 1)];
  return days.flatMap((it) => gridTimes(ground, it)).filter((at) => at > start && at <= last);
}

/** Fine steps are offered for short lengths only; any other end can be typed. */
function isOffered(lasts: number, step: number): boolean {
  if (lasts <= 4 * HOUR) return lasts <= HOUR || step >= 15 || lasts % (15 * MINUTE) === 0;
  return lasts % ((lasts <= 8 * HOUR ? 30 : 60) * MINUTE) === 0 || step >= 60;
}
