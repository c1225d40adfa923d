import { formatInstant } from '@berth/kernel';
import type { ItemProblem, ItemResult } from '../bulk-outcome';
import type { Reservation } from '../../reservation';

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** Work that goes on after its request was answered. */
export interface Job {
  readonly id: string;
  readonly kind: 'bulk-book';
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
}

export interface JobRow {
  readonly id: string;
  readonly org_id: string;
  readonly account_id: string;
  readonly kind: 'bulk-book';
  readonly request: JobRequest;
  readonly state: JobState;
  readonly done: number;
  readonly total: number;
  readonly results: readonly ItemResult<Reservation>[];
  readonly problem: ItemProblem | null;
  readonly attempt: number;
  readonly created_at: Date;
  readonly ended_at: Date | null;
}

export const isOver = (state: JobState): boolean => state === 'done' || state === 'failed' || state === 'cancelled';

export const toJob = (row: Omit<JobRow, 'request' | 'results'>): Job => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  progress: { done: row.done, total: row.total },
  resultUrl: isOver(row.state) ? `/api/v1/jobs/${row.id}/result` : null,
  problem: row.problem,
  createdAt: formatInstant(row.created_at),
  endedAt: row.ended_at && formatInstant(row.ended_at),
});
