import { Problem } from '@berth/contracts';
import { parseInstant } from '@berth/kernel';
import type { BookRequest } from '../reservations.dto';
import { wishOf } from '../wish-of-request';
import type { ResolutionRequest } from './recurrence.dto';
import type { Resolution, SeriesWish } from './series-wish';

/**
 * Reads a request with a recurrence into the wish for a series; undefined where there is none.
 * @throws Problem `validation-failed`, `nonexistent-local-time`
 */
export function seriesWishOf(request: BookRequest): SeriesWish | undefined {
  const { recurrence } = request;
  if (!recurrence) {
    if (request.resolutions?.length) {
      throw new Problem('validation-failed', {
        errors: [{ pointer: '/resolutions', code: 'needs-recurrence', detail: 'go with recurrence' }],
      });
    }
    return undefined;
  }
  return {
    wish: wishOf(request),
    rrule: recurrence.rrule,
    exdates: recurrence.exdates ?? [],
    rdates: recurrence.rdates ?? [],
    onConflict: request.onConflict ?? 'fail',
    resolutions: resolutionsOf(request.resolutions ?? []),
  };
}

/** What was decided about dates; which dates there are is known only when the rule is expanded. */
export function resolutionsOf(requests: readonly ResolutionRequest[]): Resolution[] {
  return requests.map((it) => ({
    recurrenceId: parseInstant(it.recurrenceId) ?? new Date(Number.NaN),
    use: it.use,
    ...(it.use === 'resource' && it.resourceId && { resourceId: it.resourceId.toLowerCase() }),
    ...(it.use === 'time' && it.start && { start: parseInstant(it.start) }),
    ...(it.use === 'time' && it.end && { end: parseInstant(it.end) }),
    ...(it.use === 'waitlist' && { autoAccept: it.autoAccept ?? false }),
  }));
}
