import { addDays, formatInstant, parseInstant, startOfDay, toLocal } from '@berth/kernel';

/** The day an instant falls on, `YYYY-MM-DD`; empty for none. @param ms added to it first */
export function dayOf(instant: string | undefined, zone: string, ms = 0): string {
  const at = instant === undefined ? undefined : parseInstant(instant);
  return at === undefined ? '' : toLocal(new Date(at.getTime() + ms), zone).slice(0, 10);
}

/** When a day begins there, RFC 3339. */
export const startOfDayIn = (day: string, zone: string): string => formatInstant(startOfDay(day, zone));

export const dayAfter = (day: string): string => addDays(day, 1);
