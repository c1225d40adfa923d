import { addDays, toCivil, toInstant } from '@berth/kernel';
import type { Span } from '@berth/web/booking';

/** What is done to a bar: taken as a whole, or by one of its ends. */
export type Grip = 'move' | 'start' | 'end';

export const STEP_MINUTES = 15;
const MINUTE = 60_000;

/**
 * A span carried by days and minutes on the clock of a zone. A moved one keeps the time that passes; an end never passes the other.
 */
export function carried(span: Span, grip: Grip, days: number, minutes: number, zone: string): Span {
  const shift = (at: number): number => shifted(at, days, minutes, zone);
  if (grip === 'move') {
    const start = shift(span.start);
    return { start, end: start + (span.end - span.start) };
  }
  const least = STEP_MINUTES * MINUTE;
  return grip === 'start'
    ? { start: Math.min(shift(span.start), span.end - least), end: span.end }
    : { start: span.start, end: Math.max(shift(span.end), span.start + least) };
}

function shifted(at: number, days: number, minutes: number, zone: string): number {
  const { date, minuteOfDay } = toCivil(new Date(at), zone);
  const total = minuteOfDay + minutes;
  const over = Math.floor(total / 1440);
  const within = total - over * 1440;
  const time = `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
  return toInstant(`${addDays(date, days + over)}T${time}`, zone).instant.getTime();
}
