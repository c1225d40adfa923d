import { Problem } from '@berth/contracts';
import type { Tx } from '@berth/platform/database';

/**
 * Locks all that shares time with a resource, in the order bookings lock it.
 * @returns their ids: itself, its wholes and its parts
 */
export async function lockSharing(tx: Tx, resourceId: string): Promise<string[]> {
  const rows = await tx.sql<{ id: string }>`
    select r.id from resource r
    where r.org_id = ${tx.organizationId} and r.id in (
      select theirs.resource_id from resource_leaf own join resource_leaf theirs on theirs.leaf_id = own.leaf_id
      where own.org_id = ${tx.organizationId} and own.resource_id = ${resourceId})
    order by r.id
    for no key update`;
  return rows.map((it) => it.id);
}

export interface NewAssignment {
  readonly resourceId: string;
  readonly personId: string;
  readonly start: Date;
  readonly end: Date | null;
  readonly now: Date;
}

/** Writes whose a resource is; days that were shared stay so only where it stays the same person's. */
export async function writeAssignment(tx: Tx, by: string, it: NewAssignment): Promise<void> {
  await tx.sql`
    delete from resource_assignment
    where org_id = ${tx.organizationId} and resource_id = ${it.resourceId} and account_id <> ${it.personId}`;
  await tx.sql`
    insert into resource_assignment (org_id, resource_id, account_id, starts_at, ends_at, assigned_by, created_at)
    values (${tx.organizationId}, ${it.resourceId}, ${it.personId}, ${it.start}, ${it.end}, ${by}, ${it.now})
    on conflict (org_id, resource_id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at, assigned_by = excluded.assigned_by`;
}

export async function deleteAssignment(tx: Tx, resourceId: string): Promise<void> {
  await tx.sql`delete from resource_assignment where org_id = ${tx.organizationId} and resource_id = ${resourceId}`;
}

/** Whose a resource is, whoever asks; undefined for nobody's. */
export async function personOf(tx: Tx, resourceId: string): Promise<string | undefined> {
  const [row] = await tx.sql<{ account_id: string }>`
    select account_id from resource_assignment where org_id = ${tx.organizationId} and resource_id = ${resourceId}`;
  return row?.account_id;
}

/** @param days `YYYY-MM-DD` */
export async function writeSharedDays(tx: Tx, resourceId: string, days: readonly string[]): Promise<void> {
  await tx.sql`
    insert into shared_day (org_id, resource_id, day)
    select ${tx.organizationId}, ${resourceId}, day from unnest(${[...days]}::date[]) as day
    on conflict do nothing`;
}

export async function deleteSharedDays(tx: Tx, resourceId: string, days: readonly string[]): Promise<void> {
  await tx.sql`
    delete from shared_day
    where org_id = ${tx.organizationId} and resource_id = ${resourceId} and day = any(${[...days]}::date[])`;
}

/** A whole and a part of it are one person's, or nobody could book either. @throws Problem `invalid-state` */
export async function demandNobodyElse(tx: Tx, it: NewAssignment, sharing: readonly string[]): Promise<void> {
  const [other] = await tx.sql<{ name: string }>`
    select r.name
    from resource_assignment a
    join resource r on r.org_id = a.org_id and r.id = a.resource_id
    where a.org_id = ${tx.organizationId} and a.resource_id = any(${sharing.filter((id) => id !== it.resourceId)}::uuid[])
      and a.account_id <> ${it.personId}
      and (a.ends_at is null or a.ends_at > ${it.start}) and (${it.end}::timestamptz is null or a.starts_at < ${it.end}::timestamptz)
    limit 1`;
  if (other) throw new Problem('invalid-state', { detail: `${other.name} shares its time and is assigned to somebody else.` });
}
