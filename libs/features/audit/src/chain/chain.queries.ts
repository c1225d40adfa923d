import { type Sql, sql } from '@berth/platform/database';
import type { Checkpoint } from './checkpoint';

/** What is wrong with the log at a place. */
export type Fault = 'edited' | 'missing' | 'inserted' | 'swapped' | 'truncated' | 'rewritten' | 'forged-checkpoint';

/** How far a chain was followed: the event reached and its hash, from which one goes on. */
export interface Followed {
  readonly checked: number;
  readonly reached: number;
  readonly hash: Buffer;
  /** The sequence that ought to come next, where what is there does not fit. */
  readonly brokenAt: number | null;
}

/** Before the first event. */
export const ORIGIN = { reached: 0, hash: Buffer.from('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hex') };

export async function follow(db: Sql, organizationId: string, from: Pick<Followed, 'reached' | 'hash'>, limit: number): Promise<Followed> {
  const [row] = await db.sql<{ checked: number; reached: number; hash: Buffer; broken_at: number | null }>`
    select * from follow_chain(${organizationId}, ${from.reached}, ${from.hash}, ${limit})`;
  return { checked: row!.checked, reached: Number(row!.reached), hash: row!.hash, brokenAt: row!.broken_at };
}

export async function whyBroken(db: Sql, organizationId: string, { reached, hash }: Followed): Promise<{ fault: Fault; at: number }> {
  const [row] = await db.sql<{ fault: Fault; at: number }>`select * from why_broken(${organizationId}, ${reached + 1}, ${hash})`;
  return row!;
}

/** Where the chain ends by the sequencer's own account, and by the rows there are. */
export interface Ends {
  readonly said: number;
  readonly hash: Buffer | null;
  readonly there: number;
}

export async function endsOf(db: Sql, organizationId: string): Promise<Ends> {
  const [row] = await db.sql<Ends>`
    select coalesce(c.sequence, 0) as said, c.hash, greatest((select max(sequence) from event where org_id = ${organizationId}), cut.sequence, 0) as there
    from (select ${organizationId}::uuid as id) o left join event_chain c on c.org_id = o.id left join event_cut cut on cut.org_id = o.id`;
  return row!;
}

const checkpoint = sql`org_id as "organizationId", sequence, hash, at, signature`;

export const checkpointsOf = (db: Sql, organizationId: string): Promise<Checkpoint[]> => db.sql<Checkpoint>`
  select ${checkpoint} from event_checkpoint where org_id = ${organizationId} order by sequence`;

export async function latestCheckpointOf(db: Sql, organizationId: string): Promise<Checkpoint | undefined> {
  const [latest] = await db.sql<Checkpoint>`
    select ${checkpoint} from event_checkpoint where org_id = ${organizationId} order by sequence desc limit 1`;
  return latest;
}

/** Where the log was cut, and whether it says so itself. */
export async function cutOf(db: Sql, organizationId: string): Promise<{ sequence: number; isTold: boolean } | undefined> {
  const [row] = await db.sql<{ sequence: number; isTold: boolean }>`
    select c.sequence, exists (
      select from event e where e.org_id = c.org_id and e.type = 'audit_log.shortened' and (e.data #>> '{after,sequence}')::bigint = c.sequence) as "isTold"
    from event_cut c where c.org_id = ${organizationId}`;
  return row;
}

/** Checkpoints after a place whose event has another hash by now, or is not there. */
export const contradicted = (db: Sql, organizationId: string, after: number): Promise<{ sequence: number }[]> => db.sql<{
  sequence: number;
}>`
  select c.sequence from event_checkpoint c left join event e on e.org_id = c.org_id and e.sequence = c.sequence
  where c.org_id = ${organizationId} and c.sequence > ${after} and e.hash is distinct from c.hash
  order by c.sequence limit 1`;
