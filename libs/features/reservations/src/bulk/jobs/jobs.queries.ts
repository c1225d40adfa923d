import { Problem } from '@berth/contracts';
import { isId, type Page, pageOf } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, join, nothing, type Sql, sql, type Statement } from '@berth/platform/database';
import { cursorOf, type ListQuery } from '@berth/platform/http';
import { Injectable } from '@nestjs/common';
import { isOver, type Job, type JobRow, type JobState, toJob } from './job';
import { type JobResult, resultOf } from './job-result';

/** Reads jobs for those whose they are. */
@Injectable()
export class JobsQueries {
  constructor(private readonly database: Database) {}

  /** The actor's own, newest first. @param states undefined is all @throws Problem `invalid-cursor` */
  async own(actor: Actor, states: readonly JobState[] | undefined, list: ListQuery): Promise<Page<Job>> {
    const conditions = [own(actor)];
    if (states) conditions.push(sql`state = any(${[...states]}::text[])`);
    const after = cursorOf(list, 1);
    if (after && !isId(String(after[0]))) throw new Problem('invalid-cursor');
    if (after) conditions.push(sql`id < ${String(after[0])}::uuid`);
    const rows = await this.database.of(actor.organizationId).sql<JobRow>`
      select id, kind, state, done, total, problem, created_at, ended_at from job
      where ${join(conditions, ' and ')} order by id desc limit ${list.limit + 1}`;
    return pageOf(rows.map(toJob), list.limit, (it) => [it.id]);
  }

  /** @throws Problem `not-found` for somebody else's too */
  async one(actor: Actor, id: string, db: Sql = this.database.of(actor.organizationId)): Promise<Job> {
    const [row] = await db.sql<JobRow>`
      select id, kind, state, done, total, problem, created_at, ended_at from job
      where ${own(actor)} and id = ${id}`;
    if (!row) throw new Problem('not-found');
    return toJob(row);
  }

  /** What became of each item, or of each row of the file. @throws Problem `not-found` also while it is not over */
  async result(actor: Actor, id: string): Promise<JobResult> {
    const [row] = await this.database.of(actor.organizationId).sql<JobRow>`
      select state, request, results from job where ${own(actor)} and id = ${id} and kind in ('bulk-book', 'import')`;
    if (!row || !isOver(row.state)) throw new Problem('not-found', { detail: row ? 'It is not over yet.' : undefined });
    return resultOf(row);
  }
}

/** Jobs of the actor; with a token of some places only those that came with one of the same. */
const own = ({ organizationId, accountId, within }: Actor): Statement =>
  sql`org_id = ${organizationId} and account_id = ${accountId}${within ? sql` and request -> 'within' = ${JSON.stringify(within)}::jsonb` : nothing}`;
