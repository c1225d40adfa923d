import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { endJob, factsOfJob } from './job.store';
import { JobsQueries } from './jobs.queries';

/** Stops a job: what is done stays done, the rest is not begun. */
@Injectable()
export class CancelJob {
  constructor(
    private readonly database: Database,
    private readonly queries: JobsQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Stopping what is over is not an error. @throws Problem `not-found` */
  async execute(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(actor, async (tx) => {
      await this.queries.one(actor, id, tx);
      const ended = await endJob(tx, id, 'cancelled', null, this.clock.now());
      if (ended) await this.outbox.append(tx, actor, factsOfJob('job.ended', ended));
    });
  }
}
