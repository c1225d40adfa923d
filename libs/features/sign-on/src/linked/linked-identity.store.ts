import { Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { brokenConstraint, type Sql, type Tx } from '@berth/platform/database';
import type { KnownProvider } from '../providers/provider';
import type { Identity } from '../signing-in/identity';

/** Whose account an identity is. */
export interface LinkedIdentity {
  readonly id: string;
  readonly accountId: string;
}

export async function linkedTo(db: Sql, providerId: string, subject: string): Promise<LinkedIdentity | undefined> {
  const [row] = await db.sql<LinkedIdentity>`
    select id, account_id as "accountId" from linked_identity where provider_id = ${providerId} and subject = ${subject}`;
  return row;
}

/** @returns undefined when one of the two is linked already, to whomever */
export async function insertLinked(
  tx: Tx,
  provider: Pick<KnownProvider, 'id' | 'organizationId'>,
  accountId: string,
  identity: Identity,
  now: Date,
): Promise<string | undefined> {
  const [row] = await tx.sql<{ id: string }>`
    insert into linked_identity (id, org_id, account_id, provider_id, subject, label, created_at)
    values (${newId()}, ${provider.organizationId}, ${accountId}, ${provider.id}, ${identity.subject}, ${labelOf(identity)}, ${now})
    on conflict do nothing
    returning id`;
  return row?.id;
}

export async function usedLinked(tx: Tx, id: string, identity: Identity, now: Date): Promise<void> {
  await tx.sql`update linked_identity set last_used_at = ${now}, label = ${labelOf(identity)} where id = ${id}`;
}

/** @returns whether there was such a link. @throws Problem `last-way-in` */
export async function deleteLinked(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const rows = await tx.sql`
    delete from linked_identity where org_id = ${tx.organizationId} and account_id = ${accountId} and id = ${id} returning id`;
  await demandWaysIn(tx, 'Set a password first, or link another account.');
  return rows.length > 0;
}

/** Asks now what the database asks at the end: whether everybody has a way in. @throws Problem `last-way-in` with the advice */
export async function demandWaysIn(tx: Tx, advice: string): Promise<void> {
  try {
    await tx.sql`set constraints account_keeps_way_in immediate`;
  } catch (error) {
    if (brokenConstraint(error) === 'account_keeps_way_in') throw new Problem('last-way-in', { detail: advice });
    throw error;
  }
}

/** By what a person knows their account at the provider again. */
const labelOf = ({ email, username, displayName, subject }: Identity): string => email ?? username ?? displayName ?? subject.slice(0, 100);
