import { formatInstant } from '@berth/kernel';
import type { PolicySource } from '@berth/scheduling';
import type { ReservationsInTheWay } from '../catalogue/reservations-in-the-way';

/** A time nobody may book. Instants are RFC 3339 in UTC. */
export interface BlackoutView {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly reason: string | null;
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
  source: { level: row.level, id: row.source_id, name: row.source_name },
  createdAt: formatInstant(row.created_at),
});
