/** A reservation as the API gives it; instants are RFC 3339. */
export interface Reservation {
  readonly id: string;
  readonly status: ReservationStatus;
  readonly title: string | null;
  readonly description: string | null;
  readonly start: string;
  readonly end: string;
  /** IANA zone the organizer was thinking in. */
  readonly timeZone: string;
  /** Others see «Busy». */
  readonly private: boolean;
  readonly attendees: number | null;
  /** Answers to what its resources ask; empty for who may not know them. */
  readonly customFields?: AnswerMap;
  /** null where that person does not let the reader know. */
  readonly organizer: { readonly id: string; readonly displayName: string } | null;
  /** Who booked it for the organizer, where that was not they and the reader may know. */
  readonly bookedBy: { readonly id: string; readonly displayName: string } | null;
  readonly mine: boolean;
  readonly resources: readonly ReservedResource[];
  readonly cancelledAt: string | null;
  readonly cancelReason: string | null;
  /** Cancelled with less notice than its resources ask for. */
  readonly cancelledLate: boolean;
  /** Until when a cancellation can be taken back. */
  readonly undoUntil: string | null;
  /** The series it is a date of, and which one. */
  readonly seriesId?: string | null;
  readonly recurrenceId?: string | null;
  /** What was last reported of setting up what is booked; the message is for whose it is. */
  readonly provisioning?: {
    readonly outcome: 'granted' | 'revoked' | 'failed';
    readonly message: string | null;
    readonly at: string;
  } | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type ReservationStatus =
  'pending' | 'confirmed' | 'checked_in' | 'completed' | 'cancelled' | 'rejected' | 'expired' | 'released' | 'no_show' | 'skipped' | 'held';

/** One resource of a reservation, and where it is. */
export interface ReservedResource {
  readonly resourceId: string;
  readonly name: string;
  readonly quantity: number;
  readonly siteName: string | null;
  readonly floorName: string | null;
  readonly timeZone: string;
}

/** What does not touch the time and is changed by merge patch: undefined keeps, null removes. */
export interface ReservationDetails {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly private?: boolean;
  readonly attendees?: number | null;
  /** By the key of the field; null takes an answer back. */
  readonly customFields?: AnswerMap;
}

/** What was answered; null for what was left empty on purpose. */
export type Answer = string | number | boolean | null;
export type AnswerMap = Readonly<Record<string, Answer>>;

/** One entry of a reservation's history. */
export interface HistoryEntry {
  readonly type: string;
  readonly at: string;
  readonly actor: { readonly id: string; readonly displayName: string } | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Which of one's own reservations. */
export const scopes = ['upcoming', 'past', 'cancelled'] as const;
export type Scope = (typeof scopes)[number];

/** One page of a list. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly page: { readonly nextCursor: string | null; readonly hasMore: boolean };
}
