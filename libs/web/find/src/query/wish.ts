import { addDays, atMinute, startOfDay, toCivil } from '@berth/kernel';
import type { FindQuery } from './find-query';

/** A half-open stretch `[start, end)` in epoch milliseconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The time a query means. */
export interface Wish {
  /** Civil date of the day in question. */
  readonly date: string;
  readonly day: Span;
  /** The slot that is wished for. */
  readonly span: Span;
  /** Where it may lie; the slot itself when it has to be exactly then. */
  readonly window: Span;
}

const MINUTE = 60_000;
const AROUND_MS = 120 * MINUTE;
const MORNING = 9 * 60;

/**
 * @param now epoch milliseconds
 * @param step minutes slots begin at; now is the slot that is running
 */
export function wishOf(
  query: FindQuery,
  { zone, now, step }: { readonly zone: string; readonly now: number; readonly step: number },
): Wish {
  const today = toCivil(new Date(now), zone);
  const date = query.date ?? today.date;
  const running = Math.floor(today.minuteOfDay / step) * step;
  const minute = query.start ?? (date === today.date ? running : MORNING);
  const start = atMinute(date, minute, zone).instant.getTime();
  const span = { start, end: start + query.minutes * MINUTE };
  const day = { start: startOfDay(date, zone).getTime(), end: startOfDay(addDays(date, 1), zone).getTime() };
  const earliest = date === today.date ? atMinute(date, running, zone).instant.getTime() : day.start;
  return { date, day, span, window: windowOf(query, span, day, earliest) };
}

function windowOf({ flex, minutes }: FindQuery, span: Span, day: Span, earliest: number): Span {
  const least = minutes * MINUTE;
  const within = (start: number, end: number): Span => ({ start, end: Math.max(end, start + least) });
  if (flex === 'day') return within(Math.max(day.start, earliest), day.end);
  if (flex === 'around') return within(Math.max(span.start - AROUND_MS, Math.min(earliest, span.start)), span.end + AROUND_MS);
  return span;
}

/** A start some slots later or earlier, on the clock of the zone. */
export function movedBy(span: Span, slots: number, zone: string, step: number): { readonly date: string; readonly start: number } {
  return clockStart(span.start + slots * step * MINUTE, zone);
}

/** Date and minute since midnight of an instant. */
export function clockStart(instant: number, zone: string): { readonly date: string; readonly start: number } {
  const { date, minuteOfDay } = toCivil(new Date(instant), zone);
  return { date, start: minuteOfDay };
}
