import type { ReservationFacts, WaitlistFacts } from '@berth/contracts';
import type { Interval } from '@berth/kernel';
import { reach } from './waitlist-order';

/** Time that may have become free. */
export interface Opening extends Interval {
  /** undefined for a wish that names none. */
  readonly resourceId?: string;
}

interface Told {
  readonly type: string;
  readonly time: Date;
  readonly data: unknown;
}

const FREEING = new Set([
  'reservation.cancelled',
  'reservation.rejected',
  'reservation.expired',
  'reservation.no_show',
  'hold.released',
  'hold.expired',
]);
const CHANGING = new Set(['reservation.moved', 'reservation.updated', 'reservation.transferred']);
const ABOUT_RESOURCES = new Set([
  'resource.available',
  'resource.status_changed',
  'resource.updated',
  'resource.created',
  'resource.unassigned',
  'resource.days_shared',
]);
const FURTHEST_DAYS = 732;

/** The events an opening may come from. */
export const OPENING_TYPES: readonly string[] = [...FREEING, ...CHANGING, ...ABOUT_RESOURCES, 'waitlist.joined'];

/**
 * What an event may have freed; too much does no harm, as every opening is looked at before it is offered. What is
 * freed without one of these events (hours, blackouts, policies) the sweep finds.
 */
export function openingsOf({ type, time, data }: Told): Opening[] {
  if (FREEING.has(type)) {
    const facts = data as ReservationFacts;
    return facts.resourceIds.map((resourceId) => ({ resourceId, start: new Date(facts.heldStart), end: new Date(facts.heldEnd) }));
  }
  if (CHANGING.has(type)) return formerTime(data as ReservationFacts);
  if (ABOUT_RESOURCES.has(type)) {
    const { id } = data as { id: string };
    return [{ resourceId: id, start: time, end: new Date(time.getTime() + FURTHEST_DAYS * 86_400_000) }];
  }
  if (type === 'waitlist.joined') {
    const { resourceId, start, end, flexMinutes } = data as WaitlistFacts;
    const span = reach({ start: new Date(start), end: new Date(end) }, flexMinutes);
    return [{ ...span, ...(resourceId && { resourceId }) }];
  }
  return [];
}

/** The time and the resources a reservation had before, with the buffers it has now. */
function formerTime(facts: ReservationFacts): Opening[] {
  const previous = (facts.previous ?? {}) as { start?: string; end?: string; resourceIds?: string[] };
  if (!previous.start && !previous.end && !previous.resourceIds) return [];
  const before = Date.parse(facts.start) - Date.parse(facts.heldStart);
  const after = Date.parse(facts.heldEnd) - Date.parse(facts.end);
  const start = new Date(Date.parse(previous.start ?? facts.start) - before);
  const end = new Date(Date.parse(previous.end ?? facts.end) + after);
  return [...new Set([...(previous.resourceIds ?? []), ...facts.resourceIds])].map((resourceId) => ({ resourceId, start, end }));
}
