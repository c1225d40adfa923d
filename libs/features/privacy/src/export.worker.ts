import type { Problem } from '@berth/contracts';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, every, LOG } from '@berth/platform/runtime';
import { endJob, factsOfJob, type JobRow, takeJob } from '@berth/reservations';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import type { ExportItem } from './export-person';
import { ExportQueries } from './export.queries';

const LOOK_MS = 500;

/** Gathers what was asked for about people, one at a time; any number of processes may. Done again after one was killed, it is the same. */
@Injectable()
export class ExportWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private stop: (() => Promise<void>) | undefined;

  constructor(
    private readonly database: Database,
    private readonly queries: ExportQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.stop = every(
      LOOK_MS,
      () => this.run(),
      (error) => this.log.error({ error }, 'an export of personal data failed; it is tried again'),
    );
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop?.();
  }

  /** Works at what there is to do. @returns how many exports that were */
  async run(): Promise<number> {
    for (let done = 0; ; done++) {
      const job = await takeJob(this.database.system, this.clock.now(), ['personal-data']);
      if (!job) return done;
      await this.gather(job);
    }
  }

  private async gather(job: JobRow): Promise<void> {
    const doer = { organizationId: job.org_id, accountId: job.account_id, requestId: `job-${job.id}` };
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
      if (ended) await this.outbox.append(tx, doer, factsOfJob('job.ended', ended));
    });
  }
}
