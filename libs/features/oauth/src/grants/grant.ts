import type { Permission } from '@berth/contracts';
import { isId } from '@berth/kernel';
import type { Tx } from '@berth/platform/database';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A row of `oauth_grant`. */
export interface GrantRow {
  id: string;
  org_id: string;
  client_id: string;
  account_id: string;
  scopes: Permission[];
  redirect_uri: string | null;
  code_challenge: string | null;
  code_expires_at: Date | null;
  code_used_at: Date | null;
  refresh_hash: Buffer | null;
  previous_hash: Buffer | null;
  successor_sealed: Buffer | null;
  rotated_at: Date | null;
  refresh_expires_at: Date | null;
  revoked_at: Date | null;
}

export type RevokedReason = 'by-person' | 'by-client' | 'code-reuse' | 'token-reuse';

const REFRESH_PREFIX = 'berth_ort_';
/** How long a refresh token is good unless it is used, which gives it as long again. */
const REFRESH_MS = 30 * 86_400_000;

export const sha256 = (bytes: string | Buffer): Buffer => createHash('sha256').update(bytes).digest();
export const randomText = (): string => randomBytes(32).toString('base64url');
export const same = (kept: Buffer | null, given: Buffer): boolean => kept?.length === given.length && timingSafeEqual(kept, given);

export const refreshExpiry = (now: Date): Date => new Date(now.getTime() + REFRESH_MS);
export const refreshText = (grantId: string, secret: string): string => `${REFRESH_PREFIX}${grantId}.${secret}`;

/** The grant a refresh token belongs to and its secret; undefined when it is no such token. */
export function readRefreshToken(text: string): { readonly grantId: string; readonly secret: string } | undefined {
  const [grantId = '', secret = ''] = text.startsWith(REFRESH_PREFIX) ? text.slice(REFRESH_PREFIX.length).split('.') : [];
  return isId(grantId) && secret.length === 43 ? { grantId, secret } : undefined;
}

/** Gives a grant its first refresh token. @returns the text */
export async function beginRefreshing(tx: Tx, grantId: string, now: Date): Promise<string> {
  const secret = randomText();
  await tx.sql`
    update oauth_grant set refresh_hash = ${sha256(secret)}, refresh_expires_at = ${refreshExpiry(now)}
    where org_id = ${tx.organizationId} and id = ${grantId}`;
  return refreshText(grantId, secret);
}
