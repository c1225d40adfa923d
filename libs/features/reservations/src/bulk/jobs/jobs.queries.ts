import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, type Sql } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { isOver, type Job, type JobRow, toJob } from './job';
import { type JobResult, resultOf } from './job-result';

/** Reads jobs for those whose they are. */
@Injectable()
export class JobsQueries {
  constructor(private readonly database: Database) {}

  /** @throws Problem `not-found` for somebody else's too */
  async one(actor: Actor, id: string, db: Sql = this.database.of(actor.organizationId)): Promise<Job> {
    const [row] = await db.sql<JobRow>`
      select id, kind, state, done, total, problem, created_at, ended_at from job
      where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and id = ${id}`;
    if (!row) throw new Problem('not-found');
    return toJob(row);
  }

  /** What became of each item, or of each row of the file. @throws Problem `not-found` also while it is not over */
  async result(actor: Actor, id: string): Promise<JobResult> {
    const [row] = await this.database.of(actor.organizationId).sql<JobRow>`
      select state, request, results from job where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and id = ${id} and kind in ('bulk-book', 'import')`;
    if (!row || !isOver(row.state)) throw new Problem('not-found', { detail: row ? 'It is not over yet.' : undefined });
    return resultOf(row);
  }
}
