import { difference } from '../difference';
import type { DomainEvent } from '../event';

/** Facts about a reservation at the moment of the event. Instants are RFC 3339 in UTC. */
export interface ReservationFacts {
  readonly reservationId: string;
  readonly resourceIds: readonly string[];
  readonly siteIds: readonly string[];
  readonly status: string;
  readonly start: string;
  readonly end: string;
  /** The span that is blocked: the reservation with its buffers. */
  readonly heldStart: string;
  readonly heldEnd: string;
  readonly version: number;
  readonly organizerId: string;
  /** Who booked it on the organizer's behalf, where somebody did. */
  readonly bookedById?: string;
  /** null when the reservation is private or has no title. */
  readonly title: string | null;
  readonly lane?: number;
  readonly quantity?: number;
  /** Until when a hold, or a cancellation that can be taken back, blocks the time. */
  readonly expiresAt?: string;
  readonly reason?: string;
  /** The request for approval it is about. */
  readonly approval?: { readonly id: string; readonly step: number; readonly steps: number; readonly dueAt: string };
  /** What an approver wants to know, and what was answered. */
  readonly question?: { readonly id: string; readonly question: string; readonly answer: string | null };
  /** Another time an approver would agree to. */
  readonly suggestion?: { readonly start: string; readonly end: string };
  /** Of a cancellation: with less notice than the resources ask for. */
  readonly late?: boolean;
  /** What was true before, of the fields that changed. */
  readonly previous?: Readonly<Record<string, unknown>>;
  /** The same with what is true now; written by `reservationEvent`. */
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

export const reservationEventTypes = [
  'reservation.created',
  'reservation.updated',
  'reservation.moved',
  'reservation.cancelled',
  'reservation.restored',
  'reservation.transferred',
  'reservation.approval_requested',
  'reservation.question_asked',
  'reservation.question_answered',
  'reservation.approved',
  'reservation.rejected',
  'reservation.expired',
  'reservation.started',
  'reservation.ended',
  'reservation.checked_in',
  'reservation.no_show',
  'reservation.affected',
  'hold.created',
  'hold.refreshed',
  'hold.released',
  'hold.expired',
] as const;
export type ReservationEventType = (typeof reservationEventTypes)[number];
export type ReservationEvent = DomainEvent<ReservationEventType, ReservationFacts>;

export const reservationEvent = (type: ReservationEventType, facts: ReservationFacts): ReservationEvent => ({
  type,
  subject: { kind: 'reservations', id: facts.reservationId },
  data: facts.previous && !facts.after ? { ...facts, ...difference(facts.previous, nowOf(facts.previous, facts)) } : facts,
});

/** What the facts say now of what was said before. */
const nowOf = (previous: object, facts: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(facts).filter(([key]) => key in previous));
