import { toInstant, type Interval } from '@berth/kernel';
import { effectivePolicy, type PartialPolicy, type PolicySource } from './booking-policy';
import type { BookingTerms } from './booking-terms';
import type { OpenTime, WeeklyHours } from './opening-hours';

export const PARIS = 'Europe/Paris';
export const LORD_HOWE = 'Australia/Lord_Howe';

/** An instant by its local time; of a time that comes twice the first. */
export const local = (civil: string, zone = PARIS): Date => toInstant(civil, zone).instant;

/** A span between two local times, such as `2027-03-22T09:00` and `2027-03-22T10:00`. */
export const span = (start: string, end: string, zone = PARIS): Interval => ({ start: local(start, zone), end: local(end, zone) });

export const onResource: PolicySource = { level: 'resource', id: 'r1', name: 'Room Turing' };

interface Given extends Partial<Omit<BookingTerms, 'policy' | 'hours'>> {
  readonly policy?: PartialPolicy;
  readonly hours?: WeeklyHours;
}

/** Terms of a room in Paris that is always open; a test sets only what it is about. */
export function someTerms({ policy = {}, hours, ...others }: Given = {}): BookingTerms {
  return {
    policy: effectivePolicy([{ source: onResource, policy }]),
    timeZone: PARIS,
    blackouts: [],
    state: { status: 'available' },
    units: 1,
    ...(hours && { hours: { value: hours, source: onResource } }),
    ...others,
  };
}

/** The same open times on every day of the week. */
export function daily(...intervals: OpenTime[]): WeeklyHours {
  return { days: ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => ({ weekday, intervals })) };
}
