import type { Problem } from '@berth/contracts';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { type DueWork, Queue } from '@berth/platform/queue';
import { Clock } from '@berth/platform/runtime';
import { doerOf, dueJobs, endJob, factsOfJob, type JobRow, workAtJob } from '@berth/reservations';
import { Injectable } from '@nestjs/common';
import type { ExportItem } from './export-person';
import { ExportQueries } from './export.queries';

/** Gathers what was asked for about people, one at a time; any number of processes may. Done again after one was killed, it is the same. */
@Injectable()
export class ExportWorker implements DueWork {
  readonly name = 'exports';
  readonly atOnce = 1;

  constructor(
    private readonly database: Database,
    private readonly queries: ExportQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    queue: Queue,
  ) {
    queue.add(this);
  }

  due(limit: number): Promise<string[]> {
    return dueJobs(this.database.system, this.clock.now(), ['personal-data'], limit);
  }

  async execute(id: string): Promise<void> {
    const { database, outbox, clock } = this;
    await workAtJob({ database, outbox, clock }, id, (job) => this.gather(job));
  }

  private async gather(job: JobRow): Promise<void> {
    const [{ accountId }] = job.request.items as readonly [ExportItem];
    // One transaction reads and keeps: what it says was true at one moment.
    await this.database.systemTransaction(async (tx) => {
      await tx.sql`set transaction isolation level repeatable read`;
      const found = await this.queries.of(tx, job.org_id, accountId).catch((error: Problem) => {
        if (error.code !== 'not-found') throw error;
        return undefined;
      });
      if (found)
        await tx.sql`update job set done = 1, results = ${JSON.stringify([found])} where id = ${job.id} and attempt = ${job.attempt}`;
      const gone = { code: 'not-found', title: 'There is no such person', status: 404 };
      const ended = await endJob(tx, job.id, found ? 'done' : 'failed', found ? null : gone, this.clock.now(), job.attempt);
      if (ended) await this.outbox.append(tx, doerOf(ended), factsOfJob('job.ended', ended));
    });
  }
}
