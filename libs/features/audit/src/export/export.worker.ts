import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { type DueWork, Queue } from '@berth/platform/queue';
import { Clock } from '@berth/platform/runtime';
import { doerOf, dueJobs, endJob, factsOfJob, type JobRow, LEASE_MS, workAtJob } from '@berth/reservations';
import { Injectable } from '@nestjs/common';
import { AuditLogQueries } from '../log/audit-log.queries';
import type { AuditExportItem } from './ask-export';
import { headOf, written } from './written';

/** Places of the log that are read at once and become a part of the file. */
const PLACES_AT_ONCE = 2_000;
/** Told so often from beginning to end. */
const TOLD_TIMES = 20;

/** Writes the log into files, one at a time; any number of processes may. After one was killed, another goes on where it was. */
@Injectable()
export class AuditExportWorker implements DueWork {
  readonly name = 'audit-exports';
  readonly atOnce = 1;

  constructor(
    private readonly database: Database,
    private readonly queries: AuditLogQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    queue: Queue,
  ) {
    queue.add(this);
  }

  due(limit: number): Promise<string[]> {
    return dueJobs(this.database.system, this.clock.now(), ['audit-export'], limit);
  }

  async execute(id: string, stopping: AbortSignal): Promise<void> {
    const { database, outbox, clock } = this;
    await workAtJob({ database, outbox, clock }, id, (job) => this.write(job, stopping));
  }

  private async write(job: JobRow, stopping: AbortSignal): Promise<void> {
    const [item] = job.request.items as readonly [AuditExportItem];
    const words = await this.queries.wordsOf(job.org_id, item.filter);
    for (let done = job.done; done < job.total;) {
      // Given back to whoever is there after the lease.
      if (stopping.aborted) return;
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
        if (ended) await this.outbox.append(tx, doerOf(ended), factsOfJob('job.ended', ended));
      } else if (twentiethOf(upTo, job.total) > twentiethOf(done, job.total))
        await this.outbox.append(tx, doerOf(row), factsOfJob('job.progressed', row));
      return true;
    });
  }
}

const twentiethOf = (done: number, total: number): number => Math.floor((done * TOLD_TIMES) / total);
