import { newId } from '@berth/kernel';
import { type Actor, may, rightsColumns, type RightsRow, toRights } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { type DueWork, Queue } from '@berth/platform/queue';
import { Clock, serving } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { BookMany } from '../book-many';
import { keyOfItem } from '../bulk-items';
import { importCompleted, type ReadRow, type ReservationImport } from '../import/import-report';
import { ImportRow } from '../import/import-row';
import type { JobKind, JobRow } from './job';
import { resultOf } from './job-result';
import { doerOf, dueJobs, endJob, factsOfJob, keepProgress } from './job.store';
import { workAtJob } from './work-at-job';

const KINDS: readonly JobKind[] = ['bulk-book', 'import'];
const BATCH = 20;

/**
 * Works at jobs, one at a time; any number of processes may. Each item is done under a key of its own: whoever goes on
 * after another died does what that had done, but not kept, only in name.
 */
@Injectable()
export class JobWorker implements DueWork {
  readonly name = 'jobs';
  readonly atOnce = 1;

  constructor(
    private readonly database: Database,
    private readonly bookMany: BookMany,
    private readonly importRow: ImportRow,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    queue: Queue,
  ) {
    queue.add(this);
  }

  due(limit: number): Promise<string[]> {
    return dueJobs(this.database.system, this.clock.now(), KINDS, limit);
  }

  execute(id: string, stopping: AbortSignal): Promise<void> {
    const { database, outbox, clock } = this;
    return workAtJob({ database, outbox, clock }, id, (job) => {
      const { requestId } = doerOf(job);
      return serving({ requestId, address: null, traceparent: job.traceparent }, () => this.work(job, stopping));
    });
  }

  private async work(job: JobRow, stopping: AbortSignal): Promise<void> {
    const actor = await this.actorOf(job);
    if (!actor) return this.end(job, 'failed', { code: 'permission-denied', title: 'This person may not book any more', status: 403 });
    for (let done = job.done; done < job.total;) {
      // Given back to whoever is there after the lease.
      if (stopping.aborted) return;
      const results: unknown[] = [];
      for (const [i, item] of job.request.items.slice(done, done + BATCH).entries()) {
        const index = done + i;
        const idempotency = { ...keyOfItem(`job:${job.id}`, index), replayed: false, claimed: false };
        results.push(await this.one(job, { ...actor, idempotency }, item, index));
      }
      done += results.length;
      if (!(await this.keep(job, done, results))) return;
    }
    await this.end(job, 'done', null);
  }

  private one({ kind, request: { language } }: JobRow, actor: Actor, item: unknown, index: number): Promise<unknown> {
    if (kind === 'import') return this.importRow.execute(actor, item as ReadRow, index, language);
    return this.bookMany.one(actor, item, index, language);
  }

  private keep(job: JobRow, done: number, results: readonly unknown[]): Promise<boolean> {
    return this.database.systemTransaction(async (tx) => {
      const isOurs = await keepProgress(tx, job, done, results, this.clock.now());
      if (isOurs) await this.outbox.append(tx, doerOf(job), factsOfJob('job.progressed', { ...job, state: 'running', done }));
      return isOurs;
    });
  }

  private async end(job: JobRow, as: 'done' | 'failed', problem: unknown): Promise<void> {
    await this.database.systemTransaction(async (tx) => {
      const ended = await endJob(tx, job.id, as, problem, this.clock.now(), job.attempt);
      if (!ended) return;
      await this.outbox.append(tx, doerOf(job), factsOfJob('job.ended', ended));
      if (job.kind === 'import' && as === 'done')
        await this.outbox.append(tx, doerOf(job), importCompleted(resultOf(ended) as ReservationImport));
    });
  }

  /** Whose job it is, with the rights they have now where it may go; undefined when they have none. */
  private async actorOf(job: JobRow): Promise<Actor | undefined> {
    const [person] = await this.database.system.sql<RightsRow & { display_name: string }>`
      select a.display_name, a.role, ${rightsColumns(this.clock.now())}
      from account a
      where a.org_id = ${job.org_id} and a.id = ${job.account_id} and a.status = 'active'`;
    const rights = person && toRights(person);
    if (!rights || !may(rights, 'reservation:create')) return undefined;
    return { ...doerOf(job), displayName: person.display_name, ...rights, within: job.request.within, sessionId: newId() };
  }
}
