import { jobEvent, type JobEventType, Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import type { Sql, Tx } from '@berth/platform/database';
import { originOf } from '@berth/platform/runtime';
import type { JobKind, JobRequest, JobRow, JobState } from './job';

/** How long whoever took a job is believed to be alive without a sign. */
export const LEASE_MS = 30_000;

/**
 * Puts work in the queue, with what of it is done already.
 * @throws Problem `standing-in` for who acts as somebody else: it would go on after they stopped, in the name of the person alone
 */
export async function insertJob(
  tx: Tx,
  actor: Actor,
  kind: JobKind,
  request: JobRequest,
  results: readonly unknown[],
  now: Date,
): Promise<JobRow> {
  if (actor.via?.kind === 'stand-in') throw new Problem('standing-in');
  const kept: JobRequest = { ...request, ...(actor.within && { within: actor.within }) };
  const [row] = await tx.sql<JobRow>`
    insert into job (id, org_id, account_id, kind, request, done, total, results, created_at, traceparent)
    values (${newId()}, ${actor.organizationId}, ${actor.accountId}, ${kind}, ${JSON.stringify(kept)}, ${results.length}, ${request.items.length},
            ${JSON.stringify(results)}, ${now}, ${originOf(actor.requestId)?.traceparent ?? null})
    returning *`;
  return row!;
}

/** Ids of the jobs of these kinds that nobody works at, oldest first. */
export async function dueJobs(db: Sql, now: Date, kinds: readonly JobKind[], limit: number): Promise<string[]> {
  const rows = await db.sql<{ id: string }>`
    select id from job
    where kind = any(${[...kinds]}) and (state = 'queued' or (state = 'running' and lease_until <= ${now}))
    order by created_at, id
    limit ${limit}`;
  return rows.map((it) => it.id);
}

/** Takes a job nobody works at; of two one gets it. */
export async function takeJob(db: Sql, id: string, now: Date): Promise<JobRow | undefined> {
  const [row] = await db.sql<JobRow>`
    update job
    set state = 'running', attempt = attempt + 1, lease_until = ${new Date(now.getTime() + LEASE_MS)}
    where id = ${id} and (state = 'queued' or (state = 'running' and lease_until <= ${now}))
    returning *`;
  return row;
}

/** Keeps what was done. @returns whether the job is still ours to go on with: not cancelled, not taken over */
export async function keepProgress(tx: Tx, job: JobRow, done: number, results: readonly unknown[], now: Date): Promise<boolean> {
  const rows = await tx.sql`
    update job
    set done = ${done}, results = results || ${JSON.stringify(results)}::jsonb, lease_until = ${new Date(now.getTime() + LEASE_MS)}
    where id = ${job.id} and state = 'running' and attempt = ${job.attempt}
    returning id`;
  return rows.length > 0;
}

/**
 * Ends a job that is not over.
 * @param attempt only while it is still this one's
 */
export async function endJob(
  tx: Tx,
  id: string,
  as: Extract<JobState, 'done' | 'failed' | 'cancelled'>,
  problem: unknown,
  now: Date,
  attempt: number | null = null,
): Promise<JobRow | undefined> {
  const [row] = await tx.sql<JobRow>`
    update job
    set state = ${as}, problem = ${problem === null ? null : JSON.stringify(problem)}, lease_until = null, ended_at = ${now}
    where id = ${id} and state in ('queued', 'running') and (${attempt}::integer is null or attempt = ${attempt})
    returning *`;
  return row;
}

/** Who does what a job does: Berth, in the name of whose job it is. */
export function doerOf({ id, org_id: organizationId, account_id: accountId }: JobRow) {
  const requestId = `job-${id}`;
  return { organizationId, accountId, requestId, via: { kind: 'system', id: requestId } as const };
}

export const factsOfJob = (type: JobEventType, row: Pick<JobRow, 'id' | 'account_id' | 'kind' | 'state' | 'done' | 'total'>) =>
  jobEvent(type, { jobId: row.id, accountId: row.account_id, kind: row.kind, state: row.state, done: row.done, total: row.total });
