import { addDays, toCivil, toInstant } from '@berth/kernel';

const HOUR = 3_600_000;
const SUNDAY = 7;
const MORNING = '08:00';
const EVENING = '18:00';
/** From here on the evening is too near to be a choice of its own. */
const AFTERNOON_MINUTE = 16 * 60;

/** A moment a notification can be put off to. */
export interface SnoozeTime {
  readonly name: 'hour' | 'evening' | 'tomorrow' | 'monday';
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The choices of somebody who wants to hear of it later, on their own clock. @param now epoch milliseconds */
export function snoozeTimes(now: number, zone: string): readonly SnoozeTime[] {
  const { date, minuteOfDay, weekday } = toCivil(new Date(now), zone);
  const at = (days: number, time: string): number => toInstant(`${addDays(date, days)}T${time}`, zone).instant.getTime();
  return [
    { name: 'hour', at: now + HOUR },
    ...(minuteOfDay < AFTERNOON_MINUTE ? [{ name: 'evening', at: at(0, EVENING) } as const] : []),
    { name: 'tomorrow', at: at(1, MORNING) },
    // On a Sunday that is tomorrow already.
    ...(weekday === SUNDAY ? [] : [{ name: 'monday', at: at(1 + SUNDAY - weekday, MORNING) } as const]),
  ];
}
