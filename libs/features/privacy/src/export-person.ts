import { catalogueEvent } from '@berth/contracts';
import { type Actor, demandNotAbove, rightsUnderLock } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { factsOfJob, insertJob, type Job, toJob } from '@berth/reservations';
import { Injectable } from '@nestjs/common';

/** What the job of an export is to do. */
export interface ExportItem {
  readonly accountId: string;
}

/** Asks for everything about a person, for them or for who looks after people; that it was asked for is in the log. */
@Injectable()
export class ExportPerson {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `permission-denied` for somebody who may do more than the actor */
  execute(actor: Actor, id: string): Promise<Job> {
    return this.database.transaction(actor, async (tx) => {
      if (id !== actor.accountId) {
        await demandNotAbove(tx, await rightsUnderLock(tx, actor, this.clock.now()), actor.organizationId, id);
      }
      const item: ExportItem = { accountId: id };
      const job = await insertJob(tx, actor, 'personal-data', { items: [item], language: 'en' }, [], this.clock.now());
      await this.outbox.append(tx, actor, catalogueEvent('user.exported', { id }), factsOfJob('job.progressed', job));
      return toJob(job);
    });
  }
}
