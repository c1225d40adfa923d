import type { AuditFilter } from '../log/audit-filter';

/** A filter of the log somebody keeps under a name. */
export interface AuditView {
  readonly id: string;
  readonly name: string;
  readonly filter: AuditFilter;
}

/** One person keeps so many at most. */
export const VIEWS_AT_MOST = 50;
