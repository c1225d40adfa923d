import { Problem, type Role } from '@berth/contracts';
import { isId, newId } from '@berth/kernel';
import type { Tx } from '@berth/platform/database';
import type { Secrets } from '@berth/platform/runtime';
import { createHash, randomBytes } from 'node:crypto';

export type LinkPurpose = 'invitation' | 'registration' | 'password-reset' | 'email-change';

/** How long a link is good, in minutes. */
export const LINK_MINUTES: Readonly<Record<LinkPurpose, number>> = {
  invitation: 7 * 24 * 60,
  registration: 24 * 60,
  'password-reset': 30,
  'email-change': 24 * 60,
};

/** A link to be made. */
export interface NewLink {
  readonly organizationId: string;
  readonly purpose: LinkPurpose;
  readonly accountId?: string;
  /** Whom an invitation is for, and as what. */
  readonly invited?: { readonly email: string; readonly role: Role; readonly by: string };
  /** What only the link's use may bring to light. */
  readonly details?: object;
}

export interface LinkRow {
  id: string;
  org_id: string;
  account_id: string | null;
  email: string | null;
  role: Role | null;
  details_sealed: Buffer | null;
  created_by: string | null;
}

/** A link as it is handed over: `id . secret`, of which only a hash stays. */
export interface MadeLink {
  readonly id: string;
  readonly token: string;
  readonly expiresAt: Date;
}

const detailsPlace = (id: string): string => `account_link/${id}/details`;
const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

export const linkExpiry = (purpose: LinkPurpose, now: Date): Date => new Date(now.getTime() + LINK_MINUTES[purpose] * 60_000);

/** Makes a link; earlier ones of the same account and purpose stop. */
export async function insertLink(tx: Tx, secrets: Secrets, link: NewLink, now: Date): Promise<MadeLink> {
  const id = newId();
  const secret = randomBytes(32);
  const expiresAt = linkExpiry(link.purpose, now);
  if (link.accountId !== undefined) await withdrawLinksOf(tx, link.accountId, [link.purpose], now);
  await tx.sql`
    insert into account_link (id, org_id, purpose, account_id, email, role, details_sealed, token_hash, created_by, created_at, expires_at)
    values (${id}, ${link.organizationId}, ${link.purpose}, ${link.accountId ?? null}, ${link.invited?.email ?? null}, ${link.invited?.role ?? null},
            ${link.details ? secrets.seal(JSON.stringify(link.details), detailsPlace(id)) : null}, ${sha256(secret)}, ${link.invited?.by ?? null}, ${now}, ${expiresAt})`;
  return { id, token: tokenOf(id, secret), expiresAt };
}

/** Gives a link a new secret and all its time again; the old one stops. @returns undefined when it is over */
export async function renewLink(tx: Tx, id: string, purpose: LinkPurpose, now: Date): Promise<(MadeLink & { row: LinkRow }) | undefined> {
  const secret = randomBytes(32);
  const expiresAt = linkExpiry(purpose, now);
  const [row] = await tx.sql<LinkRow>`
    update account_link set token_hash = ${sha256(secret)}, expires_at = ${expiresAt}
    where id = ${id} and purpose = ${purpose} and used_at is null and withdrawn_at is null
    returning *`;
  return row && { id, token: tokenOf(id, secret), expiresAt, row };
}

/** The living link a token belongs to, unused. @throws Problem `link-invalid` */
export async function findLink(tx: Pick<Tx, 'sql'>, purpose: LinkPurpose, token: string, now: Date): Promise<LinkRow> {
  const { id, hash } = parse(token);
  const [row] = await tx.sql<LinkRow>`
    select * from account_link
    where id = ${id} and token_hash = ${hash} and purpose = ${purpose} and used_at is null and withdrawn_at is null and expires_at > ${now}`;
  if (!row) throw new Problem('link-invalid');
  return row;
}

/** Uses a link up: of many who try at once one gets it. @returns it as it was. @throws Problem `link-invalid` */
export async function useLink(tx: Tx, purpose: LinkPurpose, token: string, now: Date): Promise<LinkRow> {
  const row = await findLink(tx, purpose, token, now);
  const used = await tx.sql`
    update account_link set used_at = ${now}, email = null, details_sealed = null
    where id = ${row.id} and used_at is null and withdrawn_at is null
    returning id`;
  if (used.length === 0) throw new Problem('link-invalid');
  return row;
}

/** Uses up the invitation of somebody who has shown otherwise that the address is theirs. @returns undefined when there is none */
export async function useInvitationOf(
  tx: Tx,
  organizationId: string,
  email: string,
  now: Date,
): Promise<{ readonly id: string; readonly role: Role } | undefined> {
  const [row] = await tx.sql<{ id: string; role: Role }>`
    update account_link set used_at = ${now}, email = null, details_sealed = null
    where org_id = ${organizationId} and purpose = 'invitation' and lower(email) = lower(${email})
      and used_at is null and withdrawn_at is null and expires_at > ${now}
    returning id, role`;
  return row;
}

export async function withdrawLinksOf(tx: Tx, accountId: string, purposes: readonly LinkPurpose[], now: Date): Promise<void> {
  await tx.sql`
    update account_link set withdrawn_at = ${now}, email = null, details_sealed = null
    where account_id = ${accountId} and purpose = any(${[...purposes]}) and used_at is null and withdrawn_at is null`;
}

/** What a link keeps for its use. */
export function detailsOf<T>(secrets: Secrets, row: LinkRow): T {
  if (!row.details_sealed) throw new Error(`link ${row.id} keeps nothing`);
  return JSON.parse(secrets.open(row.details_sealed, detailsPlace(row.id)).toString()) as T;
}

const tokenOf = (id: string, secret: Buffer): string => `${id}.${secret.toString('base64url')}`;

function parse(token: string): { id: string; hash: Buffer } {
  const [id = '', secret = ''] = token.split('.');
  const bytes = Buffer.from(secret, 'base64url');
  if (!isId(id) || bytes.length !== 32) throw new Problem('link-invalid');
  return { id, hash: sha256(bytes) };
}
