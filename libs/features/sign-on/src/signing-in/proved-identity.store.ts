import { Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Sql, Tx } from '@berth/platform/database';
import type { Secrets } from '@berth/platform/runtime';
import { createHash, randomBytes } from 'node:crypto';
import type { KnownProvider } from '../providers/provider';
import type { Identity } from './identity';

/** How long somebody may take between coming back and being signed in, or linking. */
export const PROOF_SECONDS = 600;
/** What a browser has proved and is not signed in by yet. */
export const IDENTITY_COOKIE = 'identity';
const placeOf = (id: string): string => `proved_identity/${id}`;
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** What a provider said, as it is kept. */
export interface KeptIdentity {
  readonly identity: Identity;
  /** For signing out there. */
  readonly idToken: string;
}

export interface ProvedIdentity extends KeptIdentity {
  readonly id: string;
  readonly providerId: string;
}

interface Row {
  id: string;
  provider_id: string;
  identity_sealed: Buffer;
}

/** Keeps what a provider said of whoever holds the token. @returns the token, of which only a hash stays */
export async function keepIdentity(
  db: Sql,
  secrets: Secrets,
  provider: Pick<KnownProvider, 'id' | 'organizationId'>,
  kept: KeptIdentity,
  now: Date,
): Promise<{ readonly id: string; readonly token: string }> {
  const id = newId();
  const token = randomBytes(32).toString('base64url');
  await db.sql`
    insert into proved_identity (id, org_id, provider_id, token_hash, identity_sealed, expires_at)
    values (${id}, ${provider.organizationId}, ${provider.id}, ${hashOf(token)}, ${secrets.seal(JSON.stringify(kept), placeOf(id))},
            ${new Date(now.getTime() + PROOF_SECONDS * 1000)})`;
  // Those that led nowhere go with the next that come; what a session needs stays as long as it.
  await db.sql`
    delete from proved_identity
    where id in (
      select i.id from proved_identity i
      where i.expires_at < ${now} and not exists (select from session s where s.proved_by = i.id and s.revoked_at is null and s.expires_at > ${now})
      limit 100)`;
  return { id, token };
}

/**
 * Uses up what was proved: of many who come with one token one goes on.
 * @throws Problem `sign-in-expired`
 */
export async function useIdentity(tx: Tx, secrets: Secrets, token: string | undefined, now: Date): Promise<ProvedIdentity> {
  const [row] = await tx.sql<Row>`
    update proved_identity set used_at = ${now}
    where token_hash = ${hashOf(token ?? '')} and used_at is null and expires_at > ${now}
    returning id, provider_id, identity_sealed`;
  if (!row) throw new Problem('sign-in-expired');
  return opened(secrets, row);
}

/** What a session was opened by; undefined when that was no provider. */
export async function identityOfSession(db: Sql, secrets: Secrets, sessionId: string): Promise<ProvedIdentity | undefined> {
  const [row] = await db.sql<Row>`
    select i.id, i.provider_id, i.identity_sealed from session s join proved_identity i on i.id = s.proved_by where s.id = ${sessionId}`;
  return row && opened(secrets, row);
}

const opened = (secrets: Secrets, row: Row): ProvedIdentity => ({
  ...(JSON.parse(secrets.open(row.identity_sealed, placeOf(row.id)).toString()) as KeptIdentity),
  id: row.id,
  providerId: row.provider_id,
});
