import { formatClockTime, parseClockTime, type Weekday } from '@berth/kernel';
import type { DayHours, OpenTime } from '@berth/scheduling';

/** Why a line of hours cannot be read: the code of its words, and where. */
export interface HoursMistake {
  readonly code: 'unreadable' | 'no-day' | 'no-time' | 'too-late' | 'overlap';
  readonly near: string;
}

export type ReadHours = { readonly days: readonly DayHours[] } | { readonly mistake: HoursMistake };

const WEEK: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const EVERY_DAY = ['daily', 'every day', 'täglich', 'jeden tag', 'a diario', 'todos los días', 'todos los dias', 'tous les jours', 'tlj'];
const CLOSED = ['closed', 'geschlossen', 'zu', 'cerrado', 'fermé', 'ferme'];
const WHOLE_DAY = ['24h', '24 h', '24/7', 'all day', 'ganztägig', 'todo el día', 'toute la journée'];
const LINKS = ['to', 'bis', 'a', 'à', 'au', 'until', 'hasta'];
const JOINS = ['and', 'und', 'y', 'et', 'from', 'von', 'de', 'du', 'h', 'uhr'];
const TOKEN = /(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?(?![\p{L}\d])|[\p{L}.]+|[-–—‑]|[,;&\n/]/giu;

type Token =
  | { readonly kind: 'day'; readonly day: Weekday; readonly text: string }
  | { readonly kind: 'time'; readonly minute: number; readonly text: string }
  | { readonly kind: 'to' | 'closed' | 'next'; readonly text: string };

/**
 * Reads hours as people type them: `Mon–Fri 08:00–20:00, Sat 10–14`, `daily 7am-9pm`, `Mo bis Fr 8 bis 18 Uhr`. Weekdays may be
 * cut short; they are read in the reader's language and in English. Days that are not named are closed.
 */
export function readHours(text: string, language: string): ReadHours {
  const tokens = tokensOf(text, dayNames(language));
  if ('mistake' in tokens) return tokens;
  const times = new Map<Weekday, OpenTime[]>();
  for (const group of groupsOf(tokens.tokens)) {
    const read = readGroup(group);
    if ('mistake' in read) return read;
    for (const day of read.days) times.set(day, [...(times.get(day) ?? []), ...read.times]);
  }
  if (times.size === 0) return { mistake: { code: 'no-day', near: text.trim() } };
  const days = WEEK.filter((it) => times.has(it)).map((weekday) => ({ weekday, intervals: inOrder(times.get(weekday)!) }));
  const crossed = days.find((it) => hasOverlap(it.intervals));
  if (crossed) return { mistake: { code: 'overlap', near: dayNames(language).short[crossed.weekday - 1]! } };
  return { days };
}

/** The hours in one line, days with the same times together: `Mon–Fri 08:00–20:00, Sat 10:00–14:00`. */
export function writeHours(days: readonly DayHours[], language: string): string {
  const { short } = dayNames(language);
  const open = WEEK.map((weekday) => ({ weekday, times: timesOf(days, weekday) })).filter((it) => it.times !== '');
  const runs: { first: Weekday; last: Weekday; times: string }[] = [];
  for (const { weekday, times } of open) {
    const run = runs.at(-1);
    if (run?.times === times && run.last === weekday - 1) run.last = weekday;
    else runs.push({ first: weekday, last: weekday, times });
  }
  return runs.map(({ first, last, times }) => `${short[first - 1]}${last > first ? `–${short[last - 1]}` : ''} ${times}`).join(', ');
}

/** One time as people type it (`8`, `8:30`, `8pm`) as `HH:mm`, 24:00 included; null when it is none. */
export function readTime(text: string): string | null {
  const match = /^(\d{1,2})(?:[:.h](\d{2}))?\s*h?(am|pm)?$/i.exec(text.trim());
  const minute = match && minuteOfTime(Number(match[1]), Number(match[2] ?? 0), match[3]?.toLowerCase());
  return minute === null ? null : formatClockTime(minute);
}

/** Weekdays from Monday, short and long, in a language. */
export function dayNames(language: string): { readonly short: readonly string[]; readonly long: readonly string[] } {
  const named = (weekday: 'short' | 'long'): string[] =>
    // 1 January 2024 was a Monday.
    WEEK.map((day) =>
      new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { weekday, timeZone: 'UTC' })
        .format(Date.UTC(2024, 0, day, 12))
        .replace('.', ''),
    );
  return { short: named('short'), long: named('long') };
}

/** Whether times of one day run into each other. */
export function hasOverlap(times: readonly OpenTime[]): boolean {
  return inOrder(times).some((it, index, all) => index > 0 && minuteOf(it.opens) < closingOf(all[index - 1]!));
}

function timesOf(days: readonly DayHours[], weekday: Weekday): string {
  return inOrder(days.find((it) => it.weekday === weekday)?.intervals ?? [])
    .map((it) => `${it.opens}–${it.closes}`)
    .join(' & ');
}

function tokensOf(
  text: string,
  local: ReturnType<typeof dayNames>,
): { readonly tokens: readonly Token[] } | { readonly mistake: HoursMistake } {
  const names = [local, dayNames('en')];
  const tokens: Token[] = [];
  let rest = text.toLowerCase();
  for (const it of EVERY_DAY) rest = rest.replaceAll(it, `${names[1]!.long[0]}-${names[1]!.long[6]}`.toLowerCase());
  for (const it of WHOLE_DAY) rest = rest.replaceAll(it, '00:00-24:00');
  const unread = rest.replaceAll(TOKEN, '').trim();
  if (unread !== '') return { mistake: { code: 'unreadable', near: unread } };
  for (const match of rest.matchAll(TOKEN)) {
    const token = tokenOf(match, names);
    if (token === null) return { mistake: { code: match[1] === undefined ? 'unreadable' : 'too-late', near: match[0].trim() } };
    if (token !== 'noise') tokens.push(token);
  }
  return { tokens };
}

function tokenOf(match: RegExpMatchArray, names: readonly ReturnType<typeof dayNames>[]): Token | 'noise' | null {
  const text = match[0].trim();
  if (match[1] !== undefined) {
    const minute = minuteOfTime(Number(match[1]), Number(match[2] ?? 0), match[3]);
    return minute === null ? null : { kind: 'time', minute, text };
  }
  if (/^[-–—‑]$/.test(text) || LINKS.includes(text)) return { kind: 'to', text };
  if (/^[,;&/]?$/.test(text)) return { kind: 'next', text };
  if (JOINS.includes(text)) return 'noise';
  if (CLOSED.includes(text)) return { kind: 'closed', text };
  const day = dayOf(text.replaceAll('.', ''), names);
  return day === null ? null : { kind: 'day', day, text };
}

function minuteOfTime(hour: number, minute: number, half: string | undefined): number | null {
  const isAfternoon = half?.startsWith('p') ?? false;
  const hours = half === undefined ? hour : (hour % 12) + (isAfternoon ? 12 : 0);
  const total = hours * 60 + minute;
  return minute > 59 || total > 1440 || (half !== undefined && hour > 12) ? null : total;
}

function dayOf(word: string, names: readonly ReturnType<typeof dayNames>[]): Weekday | null {
  if (word.length < 2) return null;
  const plain = bare(word);
  for (const { long } of names) {
    const found = long.findIndex((it) => bare(it).startsWith(plain));
    if (found >= 0) return (found + 1) as Weekday;
  }
  return null;
}

const bare = (word: string): string => word.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');

/** A group is some days and their times; a day after a time begins the next one. */
function groupsOf(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  for (const token of tokens) {
    const group = groups.at(-1);
    const isNew = group === undefined || (token.kind === 'day' && group.some((it) => it.kind === 'time' || it.kind === 'closed'));
    if (isNew) groups.push([token]);
    else group.push(token);
  }
  return groups;
}

function readGroup(
  tokens: readonly Token[],
): { readonly days: readonly Weekday[]; readonly times: readonly OpenTime[] } | { readonly mistake: HoursMistake } {
  const near = tokens.map((it) => it.text).join(' ');
  const days = new Set<Weekday>();
  const times: OpenTime[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const end = tokens[i + 1]?.kind === 'to' ? tokens[i + 2] : undefined;
    if (token.kind === 'day') {
      const last = end?.kind === 'day' ? end.day : token.day;
      for (let day = token.day; ; day = ((day % 7) + 1) as Weekday) {
        days.add(day);
        if (day === last) break;
      }
      if (end?.kind === 'day') i += 2;
    } else if (token.kind === 'time') {
      if (end?.kind !== 'time') return { mistake: { code: 'no-time', near } };
      times.push({ opens: formatClockTime(token.minute % 1440), closes: formatClockTime(end.minute) });
      i += 2;
    }
  }
  if (days.size === 0) return { mistake: { code: 'no-day', near } };
  if (times.length === 0 && !tokens.some((it) => it.kind === 'closed')) return { mistake: { code: 'no-time', near } };
  return { days: [...days], times };
}

function inOrder(times: readonly OpenTime[]): OpenTime[] {
  return [...times].sort((a, b) => minuteOf(a.opens) - minuteOf(b.opens));
}

const minuteOf = (time: string): number => parseClockTime(time) ?? 0;

function closingOf({ opens, closes }: OpenTime): number {
  const [from, to] = [minuteOf(opens), minuteOf(closes)];
  return to > from ? to : to + 1440;
}
