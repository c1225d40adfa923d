import { Problem } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Conflict } from '../conflicts';
import type { OccurrenceConflicts } from './series-allocation';

/** What is in the way of one occurrence of a series. */
export interface OccurrenceConflict extends Conflict {
  readonly recurrenceId: string;
}

/** The refusal of a series: what is in the way of each occurrence, and the resolutions that would book the rest. */
export function seriesProblem(total: number, explained: readonly OccurrenceConflicts[]): Problem {
  const conflicts = explained.flatMap(conflictsOf);
  const resolutions = explained.map(({ planned }) => ({ recurrenceId: formatInstant(planned.occurrence.recurrenceId), use: 'skip' }));
  const detail =
    explained.length === 1
      ? `1 of ${total} occurrences overlaps another reservation.`
      : `${explained.length} of ${total} occurrences overlap other reservations.`;
  const onlyHeld = conflicts.length > 0 && conflicts.every((it) => it.reason === 'held');
  return new Problem(onlyHeld ? 'slot-held' : 'reservation-conflict', {
    detail,
    conflicts,
    suggestions: explained.length > 0 && explained.length < total ? [{ action: 'resolve', patch: { resolutions } }] : [],
  });
}

/** The conflicts of an occurrence, each saying whose. */
export const conflictsOf = ({ planned, conflicts }: OccurrenceConflicts): OccurrenceConflict[] =>
  conflicts.map((it) => ({ ...it, recurrenceId: formatInstant(planned.occurrence.recurrenceId) }));
