import { addDays, daysBetween, isCivilDate } from '@berth/kernel';
import { plain } from './plain';
import type { PhraseLanguage } from './lexicon';

/** Monday first, then the months; every name a language has for them, without accents. */
export interface CalendarNames {
  readonly weekdays: readonly (readonly string[])[];
  readonly months: readonly (readonly string[])[];
}

const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
const LEAST_LETTERS = 3;

const known = new Map<PhraseLanguage, CalendarNames>();

export function calendarNames(language: PhraseLanguage): CalendarNames {
  const found = known.get(language);
  if (found) return found;
  const names: CalendarNames = {
    weekdays: Array.from({ length: 7 }, (_, i) => namesOf(language, 'weekday', MONDAY + i * DAY_MS)),
    months: Array.from({ length: 12 }, (_, i) => namesOf(language, 'month', Date.UTC(2024, i, 15))),
  };
  known.set(language, names);
  return names;
}

/** The date of a day and month that comes next; undefined when there is none, as 30 February. */
export function nextDate(today: string, day: number, month: number): string | undefined {
  const year = Number(today.slice(0, 4));
  // A leap day may be eight years away.
  for (let ahead = 0; ahead <= 8; ahead++) {
    const date = civil(year + ahead, month, day);
    if (date !== undefined && daysBetween(today, date) >= 0) return date;
  }
  return undefined;
}

export function civil(year: number, month: number, day: number): string | undefined {
  const full = year < 100 ? 2000 + year : year;
  const date = `${String(full).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isCivilDate(date) ? date : undefined;
}

/** The next such weekday after today, 0 = Monday. */
export function nextWeekday(today: string, weekday: number): string {
  const now = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(today, ((weekday - now + 6) % 7) + 1);
}

function namesOf(language: PhraseLanguage, part: 'weekday' | 'month', instant: number): string[] {
  const names = (['long', 'short'] as const).map((style) =>
    plain(new Intl.DateTimeFormat(language, { [part]: style, timeZone: 'UTC' }).format(new Date(instant)).replace(/\.$/, '')),
  );
  return [...new Set(names)].filter((it) => it.length >= LEAST_LETTERS);
}
