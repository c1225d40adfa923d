import type { DomainEvent } from '../event';

/** How far long work is. */
export interface JobFacts {
  readonly jobId: string;
  /** Whose it is; nobody else is told. */
  readonly accountId: string;
  readonly kind: string;
  readonly state: string;
  readonly done: number;
  readonly total: number;
}

export const jobEventTypes = ['job.progressed', 'job.ended'] as const;
export type JobEventType = (typeof jobEventTypes)[number];
export type JobEvent = DomainEvent<JobEventType, JobFacts>;

export const jobEvent = (type: JobEventType, facts: JobFacts): JobEvent => ({
  type,
  subject: { kind: 'jobs', id: facts.jobId },
  data: facts,
});
