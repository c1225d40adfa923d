import { formatInstant } from '@berth/kernel';
import type { PolicySource } from '@berth/scheduling';
import type { ReservationsInTheWay } from '../catalogue/reservations-in-the-way';
import type { StoredRecurrence } from './recurring-blackout';

/** By the clock on the wall of `timeZone`. */
export type BlackoutRecurrence = Omit<StoredRecurrence, 'minutes'>;

/** A time nobody may book. Instants are RFC 3339 in UTC. */
export interface BlackoutView {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly reason: string | null;
  /** When it comes again; start and end are those of its first time. null for one that is once. */
  readonly recurrence: BlackoutRecurrence | null;
  /** What it was set for: the organization, a site or one resource. */
  readonly source: PolicySource;
  readonly createdAt: string;
}

/** One that was just set, with the reservations it found there; they stay. */
export interface NewBlackout extends BlackoutView {
  readonly affected: ReservationsInTheWay;
}

export interface BlackoutRow {
  id: string;
  starts_at: Date;
  ends_at: Date;
  reason: string | null;
  recurrence: StoredRecurrence | null;
  created_at: Date;
  level: 'organization' | 'site' | 'resource';
  source_id: string;
  source_name: string;
}

export const toBlackout = (row: BlackoutRow): BlackoutView => ({
  id: row.id,
  start: formatInstant(row.starts_at),
  end: formatInstant(row.ends_at),
  reason: row.reason,
  recurrence: row.recurrence && {
    rrule: row.recurrence.rrule,
    localStart: row.recurrence.localStart,
    timeZone: row.recurrence.timeZone,
  },
  source: { level: row.level, id: row.source_id, name: row.source_name },
  createdAt: formatInstant(row.created_at),
});
