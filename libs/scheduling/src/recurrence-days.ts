import { dateOfEpochDay, epochDay, type Weekday } from '@berth/kernel';
import type { OrdinalDay, RecurrenceRule } from './recurrence-rule';

/** One day, week, month or year of a rule: its days as days since 1970. */
interface Period {
  readonly first: number;
  readonly last: number;
}

/**
 * The dates of a rule from its first date on, in order, as days since 1970, neither counted nor ended: who takes them
 * stops. Looks at no date after `lastDay`, so an impossible rule (30 February) ends too.
 */
export function* recurrenceDays(rule: RecurrenceRule, firstDate: string, lastDay: number): Generator<number> {
  const firstDay = dayOf(firstDate);
  for (const period of periods(rule, firstDay, lastDay)) {
    const days = daysOf(rule, period, firstDate);
    for (const day of rule.bySetPos.length > 0 ? atPositions(days, rule.bySetPos) : days) {
      if (day > lastDay) return;
      if (day >= firstDay) yield day;
    }
  }
}

function* periods({ frequency, interval, weekStart }: RecurrenceRule, firstDay: number, lastDay: number): Generator<Period> {
  if (frequency === 'DAILY') {
    for (let day = firstDay; day <= lastDay; day += interval) yield { first: day, last: day };
  } else if (frequency === 'WEEKLY') {
    const week = firstDay - ((weekdayOfDay(firstDay) - weekStart + 7) % 7);
    for (let day = week; day <= lastDay; day += 7 * interval) yield { first: day, last: day + 6 };
  } else {
    const months = frequency === 'MONTHLY' ? 1 : 12;
    const { year, month } = partsOf(firstDay);
    const start = frequency === 'MONTHLY' ? year * 12 + month - 1 : year * 12;
    for (let at = start; firstOfMonth(at) <= lastDay; at += months * interval) {
      yield { first: firstOfMonth(at), last: firstOfMonth(at + months) - 1 };
    }
  }
}

/** The days of a period the rule names, in order (the table of RFC 5545 §3.3.10). */
function daysOf(rule: RecurrenceRule, period: Period, firstDate: string): number[] {
  const wanted = filled(rule, firstDate);
  const days: number[] = [];
  for (let first = period.first; first <= period.last;) {
    const month = monthOf(first);
    const last = Math.min(month.last, period.last);
    // An ordinal counts in the month, unless a yearly rule names no months: then in the year.
    const counted = rule.frequency === 'YEARLY' && rule.byMonth.length === 0 ? period : month;
    if (wanted.byMonth.length === 0 || wanted.byMonth.includes(month.number)) {
      for (let day = first; day <= last; day++) if (matches(wanted, day, month, counted)) days.push(day);
    }
    first = last + 1;
  }
  return days;
}

type Wanted = Pick<RecurrenceRule, 'byDay' | 'byMonth' | 'byMonthDay'>;

/** What a rule leaves open it takes from its first date. */
function filled({ frequency, byDay, byMonth, byMonthDay }: RecurrenceRule, firstDate: string): Wanted {
  const { month, dayOfMonth } = partsOf(dayOf(firstDate));
  const saysDay = byDay.length > 0 || byMonthDay.length > 0;
  if (frequency === 'DAILY' || saysDay) return { byDay, byMonth, byMonthDay };
  if (frequency === 'WEEKLY') return { byDay: [{ weekday: weekdayOfDay(dayOf(firstDate)) }], byMonth, byMonthDay };
  const isYearly = frequency === 'YEARLY' && byMonth.length === 0;
  return { byDay, byMonth: isYearly ? [month] : byMonth, byMonthDay: [dayOfMonth] };
}

function matches({ byDay, byMonthDay }: Wanted, day: number, month: Period, counted: Period): boolean {
  const isDate = byMonthDay.length === 0 || byMonthDay.includes(day - month.first + 1) || byMonthDay.includes(day - month.last - 1);
  return isDate && (byDay.length === 0 || byDay.some((it) => isThatDay(it, day, counted)));
}

function isThatDay({ weekday, ordinal }: OrdinalDay, day: number, { first, last }: Period): boolean {
  if (weekdayOfDay(day) !== weekday) return false;
  if (ordinal === undefined) return true;
  return ordinal > 0 ? Math.floor((day - first) / 7) + 1 === ordinal : -Math.floor((last - day) / 7) - 1 === ordinal;
}

function atPositions(days: readonly number[], positions: readonly number[]): number[] {
  const chosen = positions.flatMap((it) => days.at(it > 0 ? it - 1 : it) ?? []);
  return [...new Set(chosen)].sort((a, b) => a - b);
}

const weekdayOfDay = (day: number): Weekday => (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;

/** The first day of a month counted from the year 0. */
const firstOfMonth = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000;

function partsOf(day: number): { year: number; month: number; dayOfMonth: number } {
  const date = new Date(day * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, dayOfMonth: date.getUTCDate() };
}

/** The month a day lies in. */
function monthOf(day: number): Period & { readonly number: number } {
  const { year, month } = partsOf(day);
  const at = year * 12 + month - 1;
  return { number: month, first: firstOfMonth(at), last: firstOfMonth(at + 1) - 1 };
}

function dayOf(date: string): number {
  const day = epochDay(date.slice(0, 10));
  if (day === undefined) throw new RangeError(`Not a civil date: ${date}`);
  return day;
}

/** The date of a day since 1970. */
export const dateOf = dateOfEpochDay;
