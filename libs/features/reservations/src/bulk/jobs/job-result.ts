import type { Reservation } from '../../reservation';
import { type BulkOutcome, type ItemResult, outcomeOf } from '../bulk-outcome';
import { type ReservationImport, reportOf, type RowOutcome } from '../import/import-report';
import type { JobRow } from './job';

/** What came of a job, as the request would have answered it; of one that was stopped as far as it came. */
export type JobResult = BulkOutcome<Reservation> | ReservationImport;

export function resultOf({ request, results }: Pick<JobRow, 'request' | 'results'>): JobResult {
  if (!request.file) return outcomeOf(results as readonly ItemResult<Reservation>[]);
  return reportOf(request.file, results as readonly RowOutcome[]);
}
