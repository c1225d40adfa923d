import { Temporal } from 'temporal-polyfill';
import { MINUTE, type Interval } from './interval';
import { civilMilliseconds, dateOfEpochDay, epochDay, formatClockTime } from './time-text';

/** What a clock on the wall of a zone shows at an instant. */
export interface CivilTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:mm`, seconds cut off */
  readonly time: string;
  /** Monday 1 to Sunday 7, as ISO 8601 counts. */
  readonly weekday: Weekday;
  /** Whole minutes the clock shows since 00:00, not the minutes that have passed since midnight. */
  readonly minuteOfDay: number;
}

export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** How many instants a civil time names: one, none (clocks jumped over it) or several (clocks went back). */
export type Resolution = 'exact' | 'gap' | 'overlap';

export interface ResolvedTime {
  /** The instant meant: in a gap the first valid one after it, in an overlap the first of them. */
  readonly instant: Date;
  readonly resolution: Resolution;
  /**
   * The two readings to offer where the time is not exact. In a gap of an hour at 02:30 they are 01:30 and 03:30, as far
   * apart as the gap is wide, so that they fall on the slots of the wished time; in an overlap both passes of the clock.
   */
  readonly neighbours?: readonly [earlier: Date, later: Date];
}

/** A stretch of a zone's history with one offset; all in milliseconds, `until` exclusive. */
interface OffsetSpan {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** No zone was ever further from UTC than this, local mean times included. */
const WIDEST_OFFSET = 16 * HOUR;

/** Spans remembered for each zone; a booking page looks at two or three. */
const SPANS_KEPT = 64;

const spansByZone = new Map<string, OffsetSpan[]>();

/** Whether the text is the name of an IANA time zone, spelled as the database spells it; offsets are no zones. */
export function isTimeZone(zone: string): boolean {
  if (spansByZone.has(zone)) return true;
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId === zone;
  } catch {
    return false;
  }
}

/**
 * The instant at which clocks in the zone show a local date-time `YYYY-MM-DDTHH:mm[:ss]`.
 * @throws RangeError when the text is no local date-time or the zone is unknown
 */
export function toInstant(civil: string, zone: string): ResolvedTime {
  const local = civilMilliseconds(civil);
  if (local === undefined) throw new RangeError(`Not a local date-time: ${civil}`);
  return resolve(local, zone);
}

/**
 * The instant at which clocks in the zone show `minute` minutes after 00:00 of a civil date; from 1440 on it is a time of
 * the days after.
 */
export function atMinute(date: string, minute: number, zone: string): ResolvedTime {
  return resolve(dayNumber(date) * DAY + minute * MINUTE, zone);
}

/** What clocks in the zone show at the instant. */
export function toCivil(instant: Date, zone: string): CivilTime {
  const local = localTime(instant, zone);
  const day = Math.floor(local / DAY);
  const minute = minuteOfDay(instant, zone);
  return { date: dateOfEpochDay(day), time: formatClockTime(minute), weekday: weekdayOfDay(day), minuteOfDay: minute };
}

/** The local date-time `YYYY-MM-DDTHH:mm:ss` that clocks in the zone show at the instant; `toInstant` reads it. */
export function toLocal(instant: Date, zone: string): string {
  return new Date(localTime(instant, zone)).toISOString().slice(0, 19);
}

/** Whole minutes the clock of the zone shows since 00:00 at the instant. */
export function minuteOfDay(instant: Date, zone: string): number {
  const local = localTime(instant, zone);
  return Math.floor((local - Math.floor(local / DAY) * DAY) / MINUTE);
}

/** The instant at which the clock shows the same time that many civil days later; 23 to 25 hours for one day. */
export function addCivilDays(instant: Date, days: number, zone: string): Date {
  return resolve(localTime(instant, zone) + days * DAY, zone).instant;
}

/** Minutes to add to UTC to get the clock time of the zone at the instant. */
export function offsetMinutes(instant: Date, zone: string): number {
  return spanAt(instant.getTime(), zone).offset / MINUTE;
}

/** The offset as people read it: `UTC`, `UTC+1`, `UTC−3:30`. */
export function formatOffset(instant: Date, zone: string): string {
  const minutes = Math.round(offsetMinutes(instant, zone));
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest}`;
}

/** The first instant of a civil date in the zone; 01:00 where clocks jump at midnight, never assumed to be 00:00. */
export function startOfDay(date: string, zone: string): Date {
  return atMinute(date, 0, zone).instant;
}

/** The civil date `days` later, earlier when negative. Dates have no zone and no length, so no hour is ever lost. */
export function addDays(date: string, days: number): string {
  return dateOfEpochDay(dayNumber(date) + days);
}

/** Days from one civil date to the other; negative when `to` is the earlier one. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

export function weekdayOf(date: string): Weekday {
  return weekdayOfDay(dayNumber(date));
}

/**
 * The time a civil date takes in the zone: 23, 24 or 25 hours, half an hour more or less in some zones, and none at all
 * for a date the zone left out (Apia, 30 December 2011).
 */
export function dayIntervals(date: string, zone: string): Interval[] {
  const start = startOfDay(date, zone);
  const end = startOfDay(addDays(date, 1), zone);
  return start.getTime() < end.getTime() ? [{ start, end }] : [];
}

/** A change of the clocks of a zone; offsets are minutes to add to UTC. */
export interface ClockChange {
  readonly at: Date;
  readonly before: number;
  readonly after: number;
}

/** The changes up to and with an instant, in order; the first is the last at or before `from`, where there was one. */
export function clockChanges(from: Date, to: Date, zone: string): ClockChange[] {
  return spansBetween(from.getTime(), to.getTime(), zone)
    .filter((it) => Number.isFinite(it.from))
    .map((it) => ({ at: new Date(it.from), before: spanAt(it.from - 1, zone).offset / MINUTE, after: it.offset / MINUTE }));
}

/** `local` is the wished clock reading taken as UTC. On all but two or three days of a year no clock change is near. */
function resolve(local: number, zone: string): ResolvedTime {
  const around = spanAt(local, zone);
  if (around.from + 2 * WIDEST_OFFSET < local && local < around.until - 2 * WIDEST_OFFSET) {
    return { instant: new Date(local - around.offset), resolution: 'exact' };
  }
  const spans = spansBetween(local - WIDEST_OFFSET, local + WIDEST_OFFSET, zone);
  const [first, second] = spans.filter((it) => it.from <= local - it.offset && local - it.offset < it.until);
  if (first) {
    const instant = new Date(local - first.offset);
    if (!second) return { instant, resolution: 'exact' };
    return { instant, resolution: 'overlap', neighbours: [instant, new Date(local - second.offset)] };
  }
  // The clock jumped over it where one span ends too early for the reading and the next begins too late.
  const before = spans.findLast((it) => it.until <= local - it.offset);
  const after = spans.find((it) => local - it.offset < it.from);
  if (!before || !after) throw new RangeError(`No such time in ${zone}`);
  const neighbours = [new Date(local - after.offset), new Date(local - before.offset)] as const;
  return { instant: new Date(after.from), resolution: 'gap', neighbours };
}

function spansBetween(from: number, to: number, zone: string): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  for (let time = from; time <= to; time = spans.at(-1)?.until ?? Infinity) spans.push(spanAt(time, zone));
  return spans;
}

/**
 * Temporal knows the rules but takes some 10 µs to apply them, and one booking asks a dozen times; so it is asked once
 * for each stretch between two clock changes, and the rest is arithmetic.
 */
function spanAt(time: number, zone: string): OffsetSpan {
  const known = spansByZone.get(zone) ?? [];
  const remembered = known.find((it) => it.from <= time && time < it.until);
  if (remembered) return remembered;

  const moment = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone);
  if (moment.timeZoneId !== zone) throw new RangeError(`Unknown time zone: ${zone}`);
  const span = {
    from: previousChange(moment)?.epochMilliseconds ?? -Infinity,
    until: moment.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
    offset: moment.offsetNanoseconds / 1e6,
  };
  spansByZone.set(zone, known.length < SPANS_KEPT ? [...known, span] : [span]);
  return span;
}

/** The last clock change at or before the moment; Temporal's own answer is strictly before. */
function previousChange(moment: Temporal.ZonedDateTime): Temporal.ZonedDateTime | null {
  return moment.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
}

/** The reading of the zone's clock, taken as if it were UTC. */
function localTime(instant: Date, zone: string): number {
  return instant.getTime() + spanAt(instant.getTime(), zone).offset;
}

function dayNumber(date: string): number {
  const day = epochDay(date);
  if (day === undefined) throw new RangeError(`Not a civil date: ${date}`);
  return day;
}

/** Day 0 of the epoch was a Thursday. */
function weekdayOfDay(day: number): Weekday {
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
}
