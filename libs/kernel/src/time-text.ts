/** Time as text on the wire: RFC 3339 instants, ISO 8601 durations, civil dates and clock times. */

const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d+)?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;
const CIVIL_DATE = /^\d{4}-\d{2}-\d{2}$/;
const CIVIL_DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?$/;
const CLOCK_TIME = /^(\d{2}):(\d{2})$/;
const DURATION = /^P(?!$)(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,8})S)?)?$/;

const DAY_MINUTES = 1440;
const DAY = 86_400_000;

/**
 * The instant an RFC 3339 date-time names, in whole milliseconds; undefined when the text is not one. The offset is
 * required and may be any. A leap second is the first instant of the next minute, as in PostgreSQL.
 */
export function parseInstant(text: string): Date | undefined {
  const [, date = '', hour = '', minute = '', second = '', fraction = '', sign = '', offsetHours = '', offsetMinutes = ''] =
    INSTANT.exec(text) ?? [];
  const day = epochDay(date);
  if (day === undefined) return undefined;
  if (+hour > 23 || +minute > 59 || +second > 60 || +offsetHours > 23 || +offsetMinutes > 59) return undefined;

  const offset = (sign === '-' ? -1 : 1) * (+offsetHours * 60 + +offsetMinutes);
  const clock = ((+hour * 60 + +minute - offset) * 60 + +second) * 1000;
  return new Date(day * DAY + clock + milliseconds(fraction));
}

/** The instant in RFC 3339, UTC with `Z`; milliseconds only where there are some. */
export function formatInstant(instant: Date): string {
  return instant.toISOString().replace('.000Z', 'Z');
}

/** Whether the text is a date `YYYY-MM-DD` that the calendar has. */
export function isCivilDate(text: string): boolean {
  return epochDay(text) !== undefined;
}

/** Days from 1 January 1970 to a date `YYYY-MM-DD`; undefined when the calendar has no such date. */
export function epochDay(date: string): number | undefined {
  if (!CIVIL_DATE.test(date)) return undefined;
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(month, year)) return undefined;
  // A year below 100 would mean 19xx to Date, so it is asked about the same day 400 years, or 146,097 days, later.
  return Date.UTC(year + 400, month - 1, day) / DAY - 146_097;
}

/** The date `YYYY-MM-DD` that many days after 1 January 1970. */
export function dateOfEpochDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Whether the text is a local date-time `YYYY-MM-DDTHH:mm[:ss[.fff]]` without offset. */
export function isCivilDateTime(text: string): boolean {
  return civilMilliseconds(text) !== undefined;
}

/** A local date-time read as if it were UTC, in epoch milliseconds: the form zone arithmetic wants. */
export function civilMilliseconds(text: string): number | undefined {
  const [, date = '', hour = '', minute = '', second = '', fraction = ''] = CIVIL_DATE_TIME.exec(text) ?? [];
  const day = epochDay(date);
  if (day === undefined || +hour > 23 || +minute > 59 || +second > 59) return undefined;
  const clock = ((+hour * 60 + +minute) * 60 + +second) * 1000;
  return day * DAY + clock + milliseconds(fraction);
}

/** Minutes since midnight of a clock time `HH:mm`, 24:00 included; undefined when it is none. */
export function parseClockTime(text: string): number | undefined {
  const [, hour, minute] = CLOCK_TIME.exec(text) ?? [];
  if (hour === undefined || minute === undefined || +minute > 59) return undefined;
  const minutes = +hour * 60 + +minute;
  return minutes <= DAY_MINUTES ? minutes : undefined;
}

/** Clock time `HH:mm` of a minute of the day, 0 to 1440. */
export function formatClockTime(minuteOfDay: number): string {
  return `${pad(Math.floor(minuteOfDay / 60))}:${pad(minuteOfDay % 60)}`;
}

/**
 * Whole minutes of an ISO 8601 duration in weeks, days, hours, minutes and seconds; a day is 24 hours here. Undefined
 * for months and years, which have no fixed length, for signs, fractions, and seconds that do not make whole minutes.
 */
export function parseDuration(text: string): number | undefined {
  const parts = DURATION.exec(text);
  if (!parts) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((it) => Number(it ?? 0));
  if (seconds % 60 !== 0) return undefined;
  return (weeks * 7 + days) * DAY_MINUTES + hours * 60 + minutes + seconds / 60;
}

/**
 * ISO 8601 duration of whole minutes, in the form the defaults are written in: `PT15M`, `PT1H30M`, `P90D`, `PT0S`.
 * @throws RangeError when negative or not whole
 */
export function formatDuration(minutes: number): string {
  if (!Number.isSafeInteger(minutes) || minutes < 0) throw new RangeError(`Not whole minutes: ${minutes}`);
  if (minutes === 0) return 'PT0S';
  const days = Math.floor(minutes / DAY_MINUTES);
  const clock = part(Math.floor((minutes % DAY_MINUTES) / 60), 'H') + part(minutes % 60, 'M');
  return `P${part(days, 'D')}${clock && `T${clock}`}`;
}

function daysIn(month: number, year: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Cut off, not rounded: .9999 of a second is not the next one. */
const milliseconds = (fraction: string): number => Number(fraction.slice(1, 4).padEnd(3, '0'));
const part = (amount: number, unit: string): string => (amount > 0 ? `${amount}${unit}` : '');
const pad = (value: number): string => String(value).padStart(2, '0');
