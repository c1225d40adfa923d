import { Problem } from '@berth/contracts';

/** Which occurrences a change is about: one, one and those after it, or all. */
export type SeriesScope = 'this' | 'following' | 'all';

/** @throws Problem `validation-failed` where the scope needs an occurrence to begin with */
export function demandOccurrence(recurrenceId: Date | undefined): Date {
  if (recurrenceId) return recurrenceId;
  throw new Problem('validation-failed', {
    errors: [{ pointer: '?recurrenceId', code: 'required', detail: 'names the occurrence `this` or `following` begin with' }],
  });
}
