import { toCivil } from '@berth/kernel';
import type { Reservation, Scope } from '@berth/web/booking';

/** Reservations that start on one civil date, in the order of their start. */
export interface AgendaDay {
  /** `YYYY-MM-DD` on the clock of the resource. */
  readonly date: string;
  /** An instant of that date, to write it by. */
  readonly at: string;
  readonly zone: string;
  readonly reservations: readonly Reservation[];
}

/** A list of one's own reservations as it is read: what is running, then day by day. */
export interface AgendaView {
  readonly running: readonly Reservation[];
  readonly days: readonly AgendaDay[];
  /** The one that comes next; only where there is something to come. */
  readonly nextId: string | null;
}

/** The zone a reservation is written in: that of its resource. */
export function zoneOf(reservation: Reservation): string {
  return reservation.resources[0]?.timeZone ?? reservation.timeZone;
}

export function isRunning({ status, start, end }: Reservation, now: number): boolean {
  return (status === 'confirmed' || status === 'checked_in') && Date.parse(start) <= now && now < Date.parse(end);
}

/** Whether its time or its end can still be changed, or the whole be cancelled. */
export function isOpen({ status, end, mine }: Reservation, now: number): boolean {
  return mine && (status === 'confirmed' || status === 'checked_in' || status === 'pending') && now < Date.parse(end);
}

/**
 * Groups by the civil date of the start on the clock of each resource: a booking in Madrid and one in New York may be of the same
 * evening and of two dates. What is to come stands soonest first, what is over newest first.
 */
export function agendaOf(reservations: readonly Reservation[], scope: Scope, now: number): AgendaView {
  const running = scope === 'upcoming' ? reservations.filter((it) => isRunning(it, now)) : [];
  const rest = reservations.filter((it) => !running.includes(it));
  const direction = scope === 'upcoming' ? 1 : -1;
  const sorted = [...rest].sort((a, b) => direction * (Date.parse(a.start) - Date.parse(b.start)) || a.id.localeCompare(b.id));
  const days = [...Map.groupBy(sorted, dateOf).entries()].sort(([a], [b]) => direction * a.localeCompare(b));
  return {
    running,
    days: days.map(([date, all]) => ({ date, at: all[0]!.start, zone: zoneOf(all[0]!), reservations: all })),
    nextId: scope === 'upcoming' ? (sorted.find((it) => Date.parse(it.start) > now)?.id ?? null) : null,
  };
}

const dateOf = (reservation: Reservation): string => toCivil(new Date(reservation.start), zoneOf(reservation)).date;
