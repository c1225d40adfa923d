import type { SeriesFacts, SkippedOccurrence } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import { formatRule, type Recurrence, type ReservationStatus } from '@berth/scheduling';
import type { PlannedOccurrence } from './plan-series';

/** One resource of a series. */
export interface SeriesItem {
  readonly resourceId: string;
  readonly name: string;
  readonly quantity: number;
}

/** A series as it is shown to one person. Instants are RFC 3339 in UTC. */
export interface Series {
  readonly id: string;
  /** null where there is none, or none for this person's eyes. */
  readonly title: string | null;
  readonly description: string | null;
  /** Start and end of the first occurrence. */
  readonly start: string;
  readonly end: string;
  /** What the clock of `timeZone` shows then. */
  readonly localStart: string;
  readonly timeZone: string;
  readonly rrule: string;
  /** Local date-times. */
  readonly exdates: readonly string[];
  readonly rdates: readonly string[];
  readonly resources: readonly SeriesItem[];
  readonly organizer: { readonly id: string; readonly displayName: string };
  readonly mine: boolean;
  readonly private: boolean;
  readonly attendees: number | null;
  /** Up to when occurrences are booked; null where all are. */
  readonly materialisedUntil: string | null;
  readonly cancelledAt: string | null;
  readonly cancelReason: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An occurrence and what became of it. */
export interface SeriesOccurrence {
  /** The reservation. */
  readonly id: string;
  readonly recurrenceId: string;
  readonly start: string;
  readonly end: string;
  readonly status: ReservationStatus;
  readonly resourceIds: readonly string[];
  /** The organizer's entry in the waitlist for a date that was not to be had; null where nobody waits, and for others. */
  readonly waitlistEntryId: string | null;
  readonly version: number;
}

/** A choice that was made because a clock reading names no instant or two. */
export interface ClockWarning {
  readonly code: 'nonexistent-local-time' | 'ambiguous-local-time';
  readonly recurrenceId: string;
  /** The wished clock reading. */
  readonly local: string;
  readonly start: string;
}

/** What booking or changing a series answers. */
export interface SeriesBooked {
  readonly series: Series;
  readonly occurrences: readonly SeriesOccurrence[];
  readonly warnings: readonly ClockWarning[];
}

/** Why an occurrence is not booked. */
export type SkipReason = SkippedOccurrence['reason'];

export const warningsOf = (planned: readonly Pick<PlannedOccurrence, 'occurrence'>[]): ClockWarning[] =>
  planned.flatMap(({ occurrence: { resolution, recurrenceId, local, start } }) =>
    resolution === 'exact'
      ? []
      : [
          {
            code: resolution === 'gap' ? ('nonexistent-local-time' as const) : ('ambiguous-local-time' as const),
            recurrenceId: formatInstant(recurrenceId),
            local,
            start: formatInstant(start),
          },
        ],
  );

/** What is told of a series. */
export const factsOfSeries = (
  series: { readonly id: string; readonly version: number; readonly private: boolean; readonly title: string | null },
  recurrence: Recurrence,
  organizerId: string,
  resourceIds: readonly string[],
): SeriesFacts => ({
  seriesId: series.id,
  organizerId,
  resourceIds,
  title: series.private ? null : series.title,
  localStart: recurrence.start,
  timeZone: recurrence.timeZone,
  rrule: formatRule(recurrence.rule),
  version: series.version,
});
