import {
  addDays,
  atMinute,
  contains,
  intersect,
  merge,
  parseClockTime,
  startOfDay,
  toCivil,
  weekdayOf,
  type Interval,
  type Weekday,
} from '@berth/kernel';

/**
 * When a resource may be used, in civil time of its zone. A weekday without a line is closed; a calendar without any
 * line is always open, its exceptions apart.
 */
export interface WeeklyHours {
  readonly days: readonly DayHours[];
  readonly exceptions?: readonly HoursException[];
}

export interface DayHours {
  readonly weekday: Weekday;
  readonly intervals: readonly OpenTime[];
}

/**
 * Clock times `HH:mm`. Closing at or before opening means the next day, so `22:00` to `06:00` runs through the night and
 * belongs to the day it opens on; `24:00` closes at midnight.
 */
export interface OpenTime {
  readonly opens: string;
  readonly closes: string;
}

/** One date that differs; without open times it is closed. A night that began the day before still runs to its end. */
export interface HoursException {
  readonly date: string;
  readonly intervals: readonly OpenTime[];
  readonly reason?: string;
}

const WHOLE_DAY: readonly OpenTime[] = [{ opens: '00:00', closes: '24:00' }];

/**
 * The open time within the window, in order and merged across midnight. On the day clocks change an opening in the gap
 * moves to the first instant after it, and of a time that comes twice the first counts.
 * @param hours undefined means always open
 */
export function openIntervals(hours: WeeklyHours | undefined, zone: string, window: Interval): Interval[] {
  if (!hours) return [window];
  const open: Interval[] = [];
  // The day before may have opened a night that runs into the window.
  let date = addDays(toCivil(window.start, zone).date, -1);
  while (startOfDay(date, zone).getTime() < window.end.getTime()) {
    open.push(...openOn(date, hours, zone));
    date = addDays(date, 1);
  }
  return intersect(merge(open), [window]);
}

/** Whether all of the wished time is open. */
export function isInsideOpenHours(hours: WeeklyHours | undefined, zone: string, wished: Interval): boolean {
  return openIntervals(hours, zone, wished).some((it) => contains(it, wished));
}

/** The clock times that count for a civil date: of its exception, else of its weekday. */
export function openTimesOn(date: string, hours: WeeklyHours): readonly OpenTime[] {
  const exception = hours.exceptions?.find((it) => it.date === date);
  if (exception) return exception.intervals;
  if (hours.days.length === 0) return WHOLE_DAY;
  return hours.days.find((it) => it.weekday === weekdayOf(date))?.intervals ?? [];
}

/** Minutes from midnight of the opening day: the end of a night lies beyond 1440. */
export function minutesOf(time: OpenTime): { readonly opens: number; readonly closes: number } | undefined {
  const opens = parseClockTime(time.opens);
  const closes = parseClockTime(time.closes);
  if (opens === undefined || closes === undefined || opens === 1440) return undefined;
  return { opens, closes: closes > opens ? closes : closes + 1440 };
}

/** Dates remembered of one calendar; a search looks at the same few again and again. */
const DATES_KEPT = 400;

const remembered = new WeakMap<WeeklyHours, Map<string, readonly Interval[]>>();

/** Worked out once for each calendar, zone and date: a search asks for every slot of every resource that shares them. */
function openOn(date: string, hours: WeeklyHours, zone: string): readonly Interval[] {
  const known = remembered.get(hours) ?? new Map<string, readonly Interval[]>();
  const key = `${date} ${zone}`;
  const open = known.get(key) ?? expanded(date, hours, zone);
  if (known.size >= DATES_KEPT) known.clear();
  remembered.set(hours, known.set(key, open));
  return open;
}

function expanded(date: string, hours: WeeklyHours, zone: string): Interval[] {
  return openTimesOn(date, hours).flatMap((time) => {
    const minutes = minutesOf(time);
    if (!minutes) return [];
    const start = atMinute(date, minutes.opens, zone).instant;
    const end = atMinute(date, minutes.closes, zone).instant;
    return start.getTime() < end.getTime() ? [{ start, end }] : [];
  });
}
