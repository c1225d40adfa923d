/** Where a claim stands (engine.md §1). */
export type ReservationStatus =
  | 'held'
  | 'pending'
  | 'confirmed'
  | 'checked_in'
  | 'completed'
  | 'cancelled'
  | 'rejected'
  | 'expired'
  | 'released'
  | 'no_show'
  /** An occurrence of a series that was not booked and can be filled later. */
  | 'skipped';

/** STATUS of a VEVENT (RFC 5545 §3.8.1.11). */
export type CalendarStatus = 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED';

const next: Readonly<Record<ReservationStatus, readonly ReservationStatus[]>> = {
  held: ['pending', 'confirmed', 'released', 'expired'],
  pending: ['confirmed', 'rejected', 'expired', 'cancelled'],
  confirmed: ['checked_in', 'completed', 'cancelled', 'no_show'],
  checked_in: ['completed', 'cancelled'],
  skipped: ['pending', 'confirmed'],
  completed: [],
  cancelled: [],
  rejected: [],
  expired: [],
  released: [],
  no_show: [],
};

/** Completed ones keep their rows: the buffer after a reservation runs on when it has ended, and the past is pruned. */
const blocking: readonly ReservationStatus[] = ['held', 'pending', 'confirmed', 'checked_in', 'completed'];

export const RESERVATION_STATUSES = Object.keys(next) as readonly ReservationStatus[];

/** Whether a reservation may go from one status to the other; staying is not going. */
export function mayBecome(from: ReservationStatus, to: ReservationStatus): boolean {
  return next[from].includes(to);
}

/** Whether nothing can follow. */
export function isFinal(status: ReservationStatus): boolean {
  return next[status].length === 0;
}

/** Whether a reservation in this status has occupancy rows; a policy may let pending ones block nothing. */
export function blocksTime(status: ReservationStatus): boolean {
  return blocking.includes(status);
}

export function calendarStatus(status: ReservationStatus): CalendarStatus {
  if (status === 'pending') return 'TENTATIVE';
  return ['confirmed', 'checked_in', 'completed'].includes(status) ? 'CONFIRMED' : 'CANCELLED';
}
