import { Problem } from '@berth/contracts';
import type { Database } from '@berth/platform/database';
import type { Outbox } from '@berth/platform/outbox';
import type { Clock } from '@berth/platform/runtime';
import { itemProblem } from '../bulk-outcome';
import type { JobRow } from './job';
import { doerOf, endJob, factsOfJob, takeJob } from './job.store';

/** So often a job is taken: with the time of a lease between, half an hour of processes that ended or died. */
const MOST_ATTEMPTS = 50;

/** What a worker of jobs has. */
export interface JobParts {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly clock: Clock;
}

/**
 * Takes a job and works at it. One that is taken again and again and never comes to its end has failed: nobody waits for ever, and nothing
 * comes before the others each time.
 */
export async function workAtJob({ database, outbox, clock }: JobParts, id: string, work: (job: JobRow) => Promise<void>): Promise<void> {
  const job = await takeJob(database.system, id, clock.now());
  if (!job) return;
  if (job.attempt <= MOST_ATTEMPTS) return work(job);
  const problem = itemProblem(new Problem('internal-error'), job.request.language);
  await database.systemTransaction(async (tx) => {
    const ended = await endJob(tx, id, 'failed', problem, clock.now(), job.attempt);
    if (ended) await outbox.append(tx, doerOf(ended), factsOfJob('job.ended', ended));
  });
}
