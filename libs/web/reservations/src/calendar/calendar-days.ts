import { addDays, daysBetween, startOfDay, weekdayOf } from '@berth/kernel';
import type { Span } from '@berth/web/booking';

/** How one's own bookings are shown, in the order of the keys 1 to 4. */
export const VIEWS = ['day', 'week', 'month', 'agenda'] as const;
export type View = (typeof VIEWS)[number];
export type CalendarView = Exclude<View, 'agenda'>;

/** The civil dates a view shows around a date; a month in whole weeks. */
export function datesOf(view: CalendarView, date: string, weekStart: number): string[] {
  if (view === 'day') return [date];
  if (view === 'week') return datesFrom(startOfWeek(date, weekStart), 7);
  const first = startOfWeek(`${date.slice(0, 7)}-01`, weekStart);
  const weeks = Math.ceil(daysBetween(first, firstOfNext(date)) / 7);
  return datesFrom(first, weeks * 7);
}

/** The date to show after one period forward (1) or back (-1); months land on their first day. */
export function stepDate(view: CalendarView, date: string, step: 1 | -1): string {
  if (view === 'day') return addDays(date, step);
  if (view === 'week') return addDays(date, 7 * step);
  return step > 0 ? firstOfNext(date) : `${addDays(`${date.slice(0, 7)}-01`, -1).slice(0, 7)}-01`;
}

/** The time the dates take on the clock of a zone. */
export function spanOfDates(dates: readonly string[], zone: string): Span {
  return { start: startOfDay(dates[0]!, zone).getTime(), end: startOfDay(addDays(dates.at(-1)!, 1), zone).getTime() };
}

function startOfWeek(date: string, weekStart: number): string {
  return addDays(date, -((weekdayOf(date) - weekStart + 7) % 7));
}

function firstOfNext(date: string): string {
  return `${addDays(`${date.slice(0, 7)}-01`, 31).slice(0, 7)}-01`;
}

const datesFrom = (first: string, count: number): string[] => Array.from({ length: count }, (_, i) => addDays(first, i));
