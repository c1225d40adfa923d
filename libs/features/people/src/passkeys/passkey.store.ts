import { Problem } from '@berth/contracts';
import { brokenConstraint, type Sql, type Tx } from '@berth/platform/database';
import type { AccountId } from '../second-factor/one-time-codes';
import type { KeyOwner, KnownKey, NewKey, ShownKey } from './ceremonies';

/** A key as it is kept, with whose it is. */
export interface StoredKey extends KnownKey {
  readonly id: string;
  readonly name: string;
  readonly accountId: string;
  readonly organizationId: string;
  readonly publicKey: Buffer;
}

interface KeyRow {
  id: string;
  name: string;
  account_id: string;
  org_id: string;
  credential_id: Buffer;
  public_key: Buffer;
  transports: string[];
}

/** Whom a key is made for, as the authenticator shows it. */
export async function keyOwner(db: Sql, { id: accountId, organizationId }: AccountId): Promise<KeyOwner> {
  const [row] = await db.sql<{ username: string; display_name: string; name: string }>`
    select a.username, a.display_name, o.name from account a join organization o on o.id = a.org_id
    where a.org_id = ${organizationId} and a.id = ${accountId}`;
  return { accountId, username: row!.username, displayName: row!.display_name, organization: row!.name };
}

/** The key a browser names; undefined for one that is not known. */
export async function findKey(db: Sql, credentialId: string): Promise<StoredKey | undefined> {
  const [row] = await db.sql<KeyRow>`select * from passkey where credential_id = ${Buffer.from(credentialId, 'base64url')}`;
  return row && toKey(row);
}

/** Those of an account that a host may ask for, oldest first. */
export async function keysOf(db: Sql, account: AccountId, rpId: string | undefined): Promise<StoredKey[]> {
  const rows = await db.sql<KeyRow>`
    select * from passkey
    where org_id = ${account.organizationId} and account_id = ${account.id} and rp_id = ${rpId ?? ''}
    order by created_at, id`;
  return rows.map(toKey);
}

/** @throws Problem `already-exists` when the key is known already */
export async function insertKey(
  tx: Tx,
  account: AccountId,
  { id, name }: { id: string; name: string },
  key: NewKey,
  now: Date,
): Promise<void> {
  try {
    await tx.sql`
      insert into passkey (id, org_id, account_id, name, credential_id, public_key, rp_id, counter, transports, backed_up, created_at)
      values (${id}, ${account.organizationId}, ${account.id}, ${name}, ${key.credentialId}, ${key.publicKey}, ${key.rpId}, ${key.counter},
              ${[...key.transports]}::text[], ${key.backedUp}, ${now})`;
  } catch (error) {
    if (brokenConstraint(error) !== 'passkey_credential_unique') throw error;
    throw new Problem('already-exists');
  }
}

/**
 * Writes down that a key was used. An authenticator that counts never shows a number twice: of two that do, one is a copy
 * (WebAuthn §6.1.1). Those that do not count always say 0.
 * @returns false where the counter did not go on; nothing is changed then
 */
export async function countUse(tx: Tx, key: StoredKey, { counter, backedUp }: ShownKey, now: Date): Promise<boolean> {
  const used = await tx.sql`
    update passkey set counter = ${counter}, backed_up = ${backedUp}, last_used_at = ${now}
    where org_id = ${key.organizationId} and id = ${key.id} and (counter < ${counter} or (counter = 0 and ${counter} = 0))
    returning id`;
  return used.length > 0;
}

const toKey = (row: KeyRow): StoredKey => ({
  id: row.id,
  name: row.name,
  accountId: row.account_id,
  organizationId: row.org_id,
  credentialId: row.credential_id,
  publicKey: row.public_key,
  transports: row.transports,
});
