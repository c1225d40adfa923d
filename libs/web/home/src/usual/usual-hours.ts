import type { UsualPlaceResponse } from '@berth/api-client';
import { addDays, daysBetween, startOfDay, toCivil, toInstant, weekdayOf } from '@berth/kernel';
import { overlaps, type BusyTime, type Span } from '@berth/web/booking';

/** How many days are looked at for one on which the usual hours are open. */
export const DAYS_AHEAD = 8;

/** The hours of the latest booking on another date, on the clock of the place. */
export function usualHours({ lastStart, lastEnd, timeZone }: UsualPlaceResponse, date: string): Span {
  const [start, end] = [toCivil(new Date(lastStart), timeZone), toCivil(new Date(lastEnd), timeZone)];
  const last = addDays(date, daysBetween(start.date, end.date));
  return {
    start: toInstant(`${date}T${start.time}`, timeZone).instant.getTime(),
    end: toInstant(`${last}T${end.time}`, timeZone).instant.getTime(),
  };
}

/**
 * The usual hours on the next day they are open, today left out; Saturdays and Sundays count only for who came on one.
 * Null when no such day is near.
 */
export function nextUsual(place: UsualPlaceResponse, busy: BusyTime, now: number): Span | null {
  const today = toCivil(new Date(now), place.timeZone).date;
  const isWeekend = (date: string): boolean => weekdayOf(date) > 5;
  const comesOnWeekends = isWeekend(toCivil(new Date(place.lastStart), place.timeZone).date);
  for (let day = 1; day < DAYS_AHEAD; day++) {
    const date = addDays(today, day);
    if (isWeekend(date) && !comesOnWeekends) continue;
    const span = usualHours(place, date);
    const isMine = busy.bars.some((it) => it.mine && overlaps(it, span));
    if (!isMine && !busy.closed.some((it) => overlaps(it, span))) return span;
  }
  return null;
}

/** Until when nothing stands in the way of who begins at an instant; null when it is open to the end of the day. */
export function freeUntil(place: UsualPlaceResponse, busy: BusyTime, from: number): number | null {
  const { date } = toCivil(new Date(from), place.timeZone);
  const midnight = startOfDay(addDays(date, 1), place.timeZone).getTime();
  const inTheWay = [...busy.bars.map((it) => it.held), ...busy.blackouts, ...busy.closed].filter((it) => it.end > from);
  const first = Math.min(...inTheWay.map((it) => it.start), Infinity);
  return first < midnight ? first : null;
}

/** Whether what ends the free time is the closing hour, which nobody calls taken. */
export function endsByClosing(busy: BusyTime, until: number): boolean {
  return busy.closed.some((it) => it.start === until);
}

/** Whether nobody may come at an instant, whoever has booked: it is outside of the hours, or closed for a while. */
export function isClosed({ closed, blackouts }: BusyTime, at: number): boolean {
  return [...closed, ...blackouts].some((it) => it.start <= at && at < it.end);
}
