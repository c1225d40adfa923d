import type { DomainEvent } from '../event';

/** An occurrence that was not booked and can be filled later. Instants are RFC 3339 in UTC. */
export interface SkippedOccurrence {
  readonly recurrenceId: string;
  readonly start: string;
  readonly end: string;
  /** `chosen` by the organizer, `waiting` for it, `taken` by somebody else, `refused` by a rule. */
  readonly reason: 'chosen' | 'waiting' | 'taken' | 'refused';
}

/** Facts about a series at the moment of the event; its occurrences are told as the reservations they are. */
export interface SeriesFacts {
  readonly seriesId: string;
  readonly organizerId: string;
  readonly resourceIds: readonly string[];
  /** null when the series is private or has no title. */
  readonly title: string | null;
  /** Local date-time of the first occurrence. */
  readonly localStart: string;
  readonly timeZone: string;
  readonly rrule: string;
  readonly version: number;
  /** Which occurrences a change or cancellation is about. */
  readonly scope?: 'this' | 'following' | 'all';
  /** The occurrence `this` and `following` begin with. */
  readonly recurrenceId?: string;
  readonly skipped?: readonly SkippedOccurrence[];
  /** How many occurrences were booked, changed or cancelled. */
  readonly occurrences?: number;
  /** The series that goes on where this one was parted. */
  readonly continuedBy?: string;
  readonly reason?: string;
  /** What a change was about: the fields that changed, as they were and as they are. */
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

export const seriesEventTypes = ['series.created', 'series.updated', 'series.cancelled'] as const;
export type SeriesEventType = (typeof seriesEventTypes)[number];
export type SeriesEvent = DomainEvent<SeriesEventType, SeriesFacts>;

export const seriesEvent = (type: SeriesEventType, facts: SeriesFacts): SeriesEvent => ({
  type,
  subject: { kind: 'series', id: facts.seriesId },
  data: facts,
});
