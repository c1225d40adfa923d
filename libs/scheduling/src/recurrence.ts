import { addCivilDays, addMinutes, epochDay, type Interval, type Resolution, toInstant, toLocal } from '@berth/kernel';
import { dateOf, recurrenceDays } from './recurrence-days';
import { endingAt, lastInstant, type RecurrenceRule } from './recurrence-rule';

/** Something that recurs by the clock on the wall: 09:00 stays 09:00 when the clocks change. */
export interface Recurrence {
  /** Local date-time `YYYY-MM-DDTHH:mm:ss` of the first. */
  readonly start: string;
  /** IANA zone of that clock. */
  readonly timeZone: string;
  /** How long each lasts: whole days by the calendar, the rest by the time that passes (RFC 5545 §3.8.2.5). */
  readonly minutes: number;
  readonly rule: RecurrenceRule;
  /** Local date-times of the rule that are left out. */
  readonly exdates: readonly string[];
  /** Local date-times besides those of the rule. */
  readonly rdates: readonly string[];
}

/** One time of a recurrence. */
export interface Occurrence extends Interval {
  /** The start the rule gave it (RFC 5545 §3.8.4.4): its identity, wherever it is moved. */
  readonly recurrenceId: Date;
  /** The wished clock reading. */
  readonly local: string;
  /** `gap`: the clocks jumped over it and it starts at the first instant after; `overlap`: the first of two was taken. */
  readonly resolution: Resolution;
}

/** Nothing is looked at that starts longer after the first than this; no resource may be booked so far ahead. */
const REACH_YEARS = 10;
const DAY = 86_400_000;

/**
 * The occurrences that start up to an instant, in order, at most `most` of them.
 * @param after only what starts later than this
 */
export function occurrences(it: Recurrence, through: Date, most: number, after?: Date): Occurrence[] {
  const found: Occurrence[] = [];
  for (const occurrence of walk(it, through)) {
    if (found.length >= most) break;
    if (!after || occurrence.start > after) found.push(occurrence);
  }
  return found;
}

/** Whether a rule that counts comes to its last within reach; one that does not can never be booked whole. */
export function reachesItsEnd(it: Recurrence): boolean {
  if (it.rule.count === undefined) return true;
  let found = 0;
  for (const _day of recurrenceDays(it.rule, it.start, reachOf(it.start))) if (++found >= it.rule.count) return true;
  return false;
}

/** The furthest instant that is ever looked at. */
export const furthest = (it: Pick<Recurrence, 'start' | 'timeZone'>): Date =>
  toInstant(`${dateOf(reachOf(it.start))}T23:59:59`, it.timeZone).instant;

/** The end of something that lasts so many minutes from an instant on. */
export const endOfLength = (start: Date, minutes: number, timeZone: string): Date =>
  addMinutes(minutes >= 1440 ? addCivilDays(start, Math.floor(minutes / 1440), timeZone) : start, minutes % 1440);

/** How long a span lasts in that sense. */
export function lengthOf({ start, end }: Interval, timeZone: string): number {
  let days = Math.max(0, Math.floor((end.getTime() - start.getTime()) / DAY) - 1);
  while (addCivilDays(start, days + 1, timeZone) <= end) days++;
  return days * 1440 + (end.getTime() - addCivilDays(start, days, timeZone).getTime()) / 60_000;
}

/** A recurrence parted at one of its occurrences: the first part ends before it, the second begins with it. */
export function splitAt(it: Recurrence, recurrenceId: Date): { readonly before: Recurrence; readonly from: Recurrence } | undefined {
  const all = occurrences(it, recurrenceId, Infinity);
  const at = all.at(-1);
  const previous = all.at(-2);
  if (at?.recurrenceId.getTime() !== recurrenceId.getTime() || !previous) return undefined;
  const isEarlier = (local: string): boolean => local < at.local;
  const day = epochDay(at.local.slice(0, 10)) ?? 0;
  const counted = [...recurrenceDays(it.rule, it.start, day)].filter((it) => it < day).length;
  const rest = it.rule.count === undefined ? it.rule : endingAt(it.rule, { count: Math.max(1, it.rule.count - counted) });
  return {
    before: {
      ...it,
      rule: endingAt(it.rule, { until: new Date(recurrenceId.getTime() - 1000) }),
      exdates: it.exdates.filter(isEarlier),
      rdates: it.rdates.filter(isEarlier),
    },
    from: {
      ...it,
      start: at.local,
      rule: rest,
      exdates: it.exdates.filter((x) => !isEarlier(x)),
      rdates: it.rdates.filter((x) => !isEarlier(x)),
    },
  };
}

function* walk(it: Recurrence, through: Date): Generator<Occurrence> {
  const left = new Set(it.exdates);
  let last: Date | undefined;
  for (const local of merged(ruleTimes(it, through), [...it.rdates].sort())) {
    if (left.has(local)) continue;
    const occurrence = occurrenceAt(it, local);
    if (occurrence.start > through) return;
    // In a gap two readings name one instant: it happens once.
    if (last && occurrence.start <= last) continue;
    last = occurrence.start;
    yield occurrence;
  }
}

/** The clock readings of the rule alone, counted and ended. */
function* ruleTimes({ rule, start, timeZone }: Recurrence, through: Date): Generator<string> {
  const until = lastInstant(rule, timeZone);
  const clock = start.slice(10);
  const horizon = epochDay(toLocal(through, timeZone).slice(0, 10)) ?? 0;
  let count = 0;
  for (const day of recurrenceDays(rule, start, Math.min(horizon + 1, reachOf(start)))) {
    const local = `${dateOf(day)}${clock}`;
    if (until && toInstant(local, timeZone).instant > until) return;
    yield local;
    if (++count === rule.count) return;
  }
}

/** Two ordered lists as one. */
function* merged(rule: Iterable<string>, extra: readonly string[]): Generator<string> {
  let at = 0;
  for (const local of rule) {
    for (let next = extra[at]; next !== undefined && next < local; next = extra[++at]) yield next;
    yield local;
  }
  yield* extra.slice(at);
}

function occurrenceAt({ minutes, timeZone }: Recurrence, local: string): Occurrence {
  const { instant, resolution } = toInstant(local, timeZone);
  return { recurrenceId: instant, local, resolution, start: instant, end: endOfLength(instant, minutes, timeZone) };
}

const reachOf = (start: string): number => (epochDay(start.slice(0, 10)) ?? 0) + REACH_YEARS * 366;
