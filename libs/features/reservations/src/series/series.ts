import type { SeriesFacts, SkippedOccurrence } from '@berth/contracts';
import { formatInstant, toInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { endOfLength, formatRule, type Recurrence, type ReservationStatus } from '@berth/scheduling';
import type { PlannedOccurrence } from './plan-series';
import type { NewSeries, OccurrenceToWrite } from './series.store';

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
  /** null for who is not told whose it is. */
  readonly organizer: { readonly id: string; readonly displayName: string } | null;
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

/** A series that was booked this moment, as whoever booked it sees it: what reading it would say. */
export function bookedSeries(
  actor: Pick<Actor, 'accountId'>,
  it: Omit<NewSeries, 'customFields'>,
  organizer: NonNullable<Series['organizer']>,
  names: ReadonlyMap<string, string>,
): Series {
  const { recurrence } = it;
  const start = toInstant(recurrence.start, recurrence.timeZone).instant;
  return {
    id: it.id,
    title: it.title,
    description: it.description,
    start: formatInstant(start),
    end: formatInstant(endOfLength(start, recurrence.minutes, recurrence.timeZone)),
    localStart: recurrence.start,
    timeZone: recurrence.timeZone,
    rrule: formatRule(recurrence.rule),
    exdates: recurrence.exdates,
    rdates: recurrence.rdates,
    resources: it.items
      .map(({ resourceId, quantity }) => ({ resourceId, name: names.get(resourceId) ?? '', quantity }))
      .sort((a, b) => (a.resourceId < b.resourceId ? -1 : 1)),
    organizer,
    mine: organizer.id === actor.accountId,
    private: it.private,
    attendees: it.attendees,
    materialisedUntil: it.materialisedUntil && formatInstant(it.materialisedUntil),
    cancelledAt: null,
    cancelReason: null,
    version: 1,
    createdAt: formatInstant(it.now),
    updatedAt: formatInstant(it.now),
  };
}

/** An occurrence that was written this moment. */
export const bookedOccurrence = ({ claim, recurrenceId, status }: OccurrenceToWrite, waitlistEntryId: string | null): SeriesOccurrence => ({
  id: claim.id,
  recurrenceId: formatInstant(recurrenceId),
  start: formatInstant(claim.start),
  end: formatInstant(claim.end),
  status,
  resourceIds: claim.items.map((it) => it.resource.id).sort(),
  waitlistEntryId,
  version: 1,
});

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
