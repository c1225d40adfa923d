import { formatInstant } from '@berth/kernel';
import type { ItemProblem } from '../bulk-outcome';
import type { ReadFile } from '../import/import-report';
import type { Places } from '@berth/platform/auth';

/**
 * Items of a request, or rows of a file, each booked by itself; or everything about a person, gathered by the feature privacy; or
 * the log as a file, written by the feature audit.
 */
export const jobKinds = ['bulk-book', 'import', 'personal-data', 'audit-export'] as const;
export type JobKind = (typeof jobKinds)[number];
export const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type JobState = (typeof jobStates)[number];

/** Work that goes on after its request was answered. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly state: JobState;
  readonly progress: { readonly done: number; readonly total: number };
  /** Where what became of each item is; null while it is not over. */
  readonly resultUrl: string | null;
  readonly problem: ItemProblem | null;
  readonly createdAt: string;
  readonly endedAt: string | null;
}

/** What a job is to do. */
export interface JobRequest {
  readonly items: readonly unknown[];
  readonly language: string;
  /** What the token it came with is limited to; done with the rights of the person, but nowhere else. */
  readonly within?: Places;
  /** Of an import: the file, without what is in the items. */
  readonly file?: ReadFile;
}

export interface JobRow {
  readonly id: string;
  readonly org_id: string;
  readonly account_id: string;
  readonly kind: JobKind;
  readonly request: JobRequest;
  readonly state: JobState;
  readonly done: number;
  readonly total: number;
  /** One for each item that is done, in the order of the items: what the kind makes of it. */
  readonly results: readonly unknown[];
  readonly problem: ItemProblem | null;
  readonly attempt: number;
  readonly created_at: Date;
  readonly traceparent: string | null;
  readonly ended_at: Date | null;
}

/** A file a job made can be fetched for so long; then the worker forgets it. */
export const FILE_KEPT_HOURS = 24;

export const isOver = (state: JobState): boolean => state === 'done' || state === 'failed' || state === 'cancelled';

export const toJob = (row: Omit<JobRow, 'request' | 'results'>): Job => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  progress: { done: row.done, total: row.total },
  resultUrl: isOver(row.state) ? resultUrlOf(row) : null,
  problem: row.problem,
  createdAt: formatInstant(row.created_at),
  endedAt: row.ended_at && formatInstant(row.ended_at),
});

function resultUrlOf({ id, kind }: Pick<JobRow, 'id' | 'kind'>): string {
  if (kind === 'personal-data') return `/api/v1/users/me/exports/${id}/file`;
  return kind === 'audit-export' ? `/api/v1/audit/exports/${id}/file` : `/api/v1/jobs/${id}/result`;
}
