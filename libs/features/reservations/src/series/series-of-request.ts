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

/** @throws Problem `validation-failed` for what lacks its part, and for `waitlist` while there is none */
export function resolutionsOf(requests: readonly ResolutionRequest[]): Resolution[] {
  return requests.map((it, i) => {
    const wrong = (detail: string, code: string): Problem =>
      new Problem('validation-failed', { errors: [{ pointer: `/resolutions/${i}/use`, code, detail }] });
    // The seam for the waitlist: an occurrence that is waited for is skipped, and its entry joined in the same transaction.
    if (it.use === 'waitlist')
      throw wrong('The waitlist cannot be joined from a series yet; skip the date and join it by itself.', 'not-available');
    return {
      recurrenceId: parseInstant(it.recurrenceId) ?? new Date(Number.NaN),
      use: it.use,
      ...(it.use === 'resource' && it.resourceId && { resourceId: it.resourceId.toLowerCase() }),
      ...(it.use === 'time' && it.start && { start: parseInstant(it.start) }),
      ...(it.use === 'time' && it.end && { end: parseInstant(it.end) }),
    };
  });
}
