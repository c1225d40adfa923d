/** Reads times as people type them: `14`, `2pm`, `1430`, `14:30`, `14h30`, `2.30 p.m.`, `14 Uhr`. */

const DAY_MINUTES = 1440;
const NOON = 720;
/** On a 12-hour clock a bare hour before this one means the afternoon: people book at 2 pm, not at 2 am. */
const FIRST_MORNING_HOUR = 7;

const CLOCK = /^(\d{1,2})(?:[:.h](\d{2})|h)?([ap])?$/;
const COMPACT = /^(\d{1,2})(\d{2})([ap])?$/;
const LASTING_MINUTES = /^\+?(\d{1,4})(?:m|min|mins|minutes|minuten|minutos)$/;
const LASTING_HOURS = /^\+?(\d{1,3})(?:[.,](\d{1,2}))h?$/;
const LASTING_CLOCK = /^\+(\d{1,3})(?:[:h](\d{2}))?h?$/;

export type HourCycle = 'h12' | 'h23';

/** An end as it was typed: a clock time of the day of the start (from 1440 on, of the next), or how long it lasts. */
export type TypedEnd = { readonly atMinute: number } | { readonly lastingMinutes: number };

/** Minutes since midnight, 1440 for 24:00; undefined when it is no time. */
export function parseTime(text: string, hourCycle: HourCycle): number | undefined {
  const read = readClock(text);
  if (read === undefined) return undefined;
  const isBareHour = read.half === undefined && read.hour > 0 && read.hour < FIRST_MORNING_HOUR;
  return minutes(read) + (hourCycle === 'h12' && isBareHour ? NOON : 0);
}

/** @param startMinute minutes since midnight the thing starts at */
export function parseEnd(text: string, startMinute: number, hourCycle: HourCycle): TypedEnd | undefined {
  const lastingMinutes = parseLength(text);
  if (lastingMinutes !== undefined) return lastingMinutes > 0 ? { lastingMinutes } : undefined;
  const read = readClock(text);
  if (read === undefined) return undefined;
  const typed = minutes(read);
  // On a 12-hour clock `3` after a start at 14:00 can only be meant as 15:00.
  const readings =
    hourCycle === 'h12' && read.half === undefined && read.hour >= 1 && read.hour <= 12 ? [typed % NOON, (typed % NOON) + NOON] : [typed];
  const sameDay = readings.find((it) => it > startMinute);
  return { atMinute: sameDay ?? readings[0]! + DAY_MINUTES };
}

interface ReadClock {
  readonly hour: number;
  readonly minute: number;
  readonly half: 'a' | 'p' | undefined;
}

function readClock(text: string): ReadClock | undefined {
  const bare = plain(text)
    .replace(/uhr$/, '')
    .replace(/([ap])\.?m\.?$/, '$1');
  const [, hours, rest = '0', half] = CLOCK.exec(bare) ?? COMPACT.exec(bare) ?? [];
  if (hours === undefined) return undefined;
  const read = { hour: Number(hours), minute: Number(rest), half: half as 'a' | 'p' | undefined };
  return isClock(read) ? read : undefined;
}

function isClock({ hour, minute, half }: ReadClock): boolean {
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return false;
  return half === undefined || (hour >= 1 && (half === 'p' ? hour < 24 : hour <= 12));
}

function minutes({ hour, minute, half }: ReadClock): number {
  const hours = half === undefined || hour > 12 ? hour : (hour % 12) + (half === 'p' ? 12 : 0);
  return hours * 60 + minute;
}

/** `+90`, `90 min`, `+1:30`, `1.5 h` in minutes. */
function parseLength(text: string): number | undefined {
  const bare = plain(text);
  const [, whole] = LASTING_MINUTES.exec(bare) ?? [];
  if (whole !== undefined) return Number(whole);
  const [, hours, tenths] = /h$/.test(bare) ? (LASTING_HOURS.exec(bare) ?? []) : [];
  if (hours !== undefined) return Math.round(Number(`${hours}.${tenths}`) * 60);
  const [, plus, minute] = LASTING_CLOCK.exec(bare) ?? [];
  if (plus === undefined) return undefined;
  // `+2` is two hours, `+90` ninety minutes.
  const isHours = minute !== undefined || bare.endsWith('h') || Number(plus) <= 12;
  return isHours ? Number(plus) * 60 + Number(minute ?? 0) : Number(plus);
}

/** Lower case, without spaces, and without what the field itself writes behind the time. */
const plain = (text: string): string => text.toLowerCase().replace(/·.*$/, '').replace(/\s/g, '');
