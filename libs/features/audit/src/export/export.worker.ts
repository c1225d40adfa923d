import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, every, LOG } from '@berth/platform/runtime';
import { endJob, factsOfJob, type JobRow, LEASE_MS, takeJob } from '@berth/reservations';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { AuditLogQueries } from '../log/audit-log.queries';
import type { AuditExportItem } from './ask-export';
import { headOf, written } from './written';

const LOOK_MS = 500;
/** Places of the log that are read at once and become a part of the file. */
const PLACES_AT_ONCE = 2_000;
/** Told so often from beginning to end. */
const TOLD_TIMES = 20;

/** Writes the log into files, one at a time; any number of processes may. After one was killed, another goes on where it was. */
@Injectable()
export class AuditExportWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private stop: (() => Promise<void>) | undefined;
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly queries: AuditLogQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.stop = every(
      LOOK_MS,
      () => this.run(),
      (error) => this.log.error({ error }, 'an export of the audit log failed; it is tried again'),
    );
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await this.stop?.();
  }

  /** Works at what there is to do. @returns how many exports that were */
  async run(): Promise<number> {
    for (let done = 0; ; done++) {
      const job = this.stopping ? undefined : await takeJob(this.database.system, this.clock.now(), ['audit-export']);
      if (!job) return done;
      await this.write(job);
    }
  }

  private async write(job: JobRow): Promise<void> {
    const [item] = job.request.items as readonly [AuditExportItem];
    const words = await this.queries.wordsOf(job.org_id, item.filter);
    for (let done = job.done; done < job.total;) {
      // Given back to whoever is there after the lease.
      if (this.stopping) return;
      const upTo = Math.min(job.total, done + PLACES_AT_ONCE);
      const span = { above: item.above + done, below: Math.min(item.below, item.above + upTo + 1) };
      const entries = await this.queries.between(job.org_id, item.filter, words, span);
      const content = `${done === 0 ? headOf(item.format) : ''}${written(item.format, entries)}`;
      if (!(await this.keep(job, { done, upTo, content }))) return;
      done = upTo;
    }
  }

  /** A part with how far that is, or the end of it. @returns whether the job is still this one's to go on with */
  private keep(job: JobRow, part: { readonly done: number; readonly upTo: number; readonly content: string }): Promise<boolean> {
    const { done, upTo, content } = part;
    const doer = { organizationId: job.org_id, accountId: job.account_id, requestId: `job-${job.id}` };
    return this.database.systemTransaction(async (tx) => {
      const now = this.clock.now();
      const [row] = await tx.sql<JobRow>`
        update job set done = ${upTo}, lease_until = ${new Date(now.getTime() + LEASE_MS)}
        where id = ${job.id} and state = 'running' and attempt = ${job.attempt}
        returning *`;
      if (!row) return false;
      if (content !== '')
        await tx.sql`insert into audit_export_part (org_id, job_id, part, content) values (${job.org_id}, ${job.id}, ${done}, ${content})`;
      if (upTo === job.total) {
        const ended = await endJob(tx, job.id, 'done', null, now, job.attempt);
        if (ended) await this.outbox.append(tx, doer, factsOfJob('job.ended', ended));
      } else if (twentiethOf(upTo, job.total) > twentiethOf(done, job.total))
        await this.outbox.append(tx, doer, factsOfJob('job.progressed', row));
      return true;
    });
  }
}

const twentiethOf = (done: number, total: number): number => Math.floor((done * TOLD_TIMES) / total);
