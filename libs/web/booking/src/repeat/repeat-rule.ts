import { daysBetween, type Weekday, weekdayOf } from '@berth/kernel';

/** How a booking recurs, as a sentence says it. */
export interface RepeatRule {
  readonly unit: RepeatUnit;
  readonly every: number;
  /** Of weeks. */
  readonly weekdays: readonly Weekday[];
  /** Of months: the same date, or the same weekday counted in the month. */
  readonly monthly: 'date' | 'weekday';
  readonly ends: RepeatEnd;
}

export type RepeatUnit = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

export type RepeatEnd =
  { readonly kind: 'count'; readonly count: number } | { readonly kind: 'until'; readonly date: string } | { readonly kind: 'never' };

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** The rule as RFC 5545 writes it. @param date civil date of the first */
export function rruleOf(rule: RepeatRule, date: string): string {
  const parts = [`FREQ=${rule.unit}`];
  if (rule.every > 1) parts.push(`INTERVAL=${rule.every}`);
  if (rule.unit === 'WEEKLY')
    parts.push(
      `BYDAY=${weekdaysOf(rule, date)
        .map((it) => DAYS[it - 1])
        .join(',')}`,
    );
  if (rule.unit === 'MONTHLY' && rule.monthly === 'weekday') parts.push(`BYDAY=${ordinalOf(date)}${DAYS[weekdayOf(date) - 1]}`);
  if (rule.ends.kind === 'count') parts.push(`COUNT=${rule.ends.count}`);
  if (rule.ends.kind === 'until') parts.push(`UNTIL=${rule.ends.date.replaceAll('-', '')}`);
  return parts.join(';');
}

/** The weekdays of a weekly rule; that of the first is always among them. */
export const weekdaysOf = (rule: RepeatRule, date: string): Weekday[] =>
  [...new Set([...rule.weekdays, weekdayOf(date)])].sort((a, b) => a - b);

/** Which one of its weekday a date is in its month: 1 to 4, or −1 for the last. */
export function ordinalOf(date: string): number {
  const nth = Math.ceil(Number(date.slice(8)) / 7);
  return nth > 4 || isLast(date) ? -1 : nth;
}

function isLast(date: string): boolean {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
  return daysBetween(date, next) <= 7;
}
