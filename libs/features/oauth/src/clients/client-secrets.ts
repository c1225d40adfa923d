import type { Tx } from '@berth/platform/database';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const PREFIX = 'berth_cs_';

/** What is kept of a secret. */
export interface KeptSecret {
  readonly hash: Buffer;
}

export const hashOfSecret = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Gives a client a new secret: 256 random bits, so that a plain hash is enough. The one before it is good until `overlapEnds`; one that
 * was ending already ends now.
 * @returns the text, which is nowhere else
 */
export async function renewSecret(
  tx: Tx,
  client: { readonly id: string; readonly organizationId: string },
  now: Date,
  overlapEnds: Date,
): Promise<string> {
  const text = PREFIX + randomBytes(32).toString('base64url');
  await tx.sql`delete from oauth_client_secret where client_id = ${client.id} and not is_current`;
  await tx.sql`
    update oauth_client_secret set is_current = false, expires_at = ${overlapEnds} where client_id = ${client.id} and is_current`;
  await tx.sql`
    insert into oauth_client_secret (org_id, client_id, is_current, hash, created_at)
    values (${client.organizationId}, ${client.id}, true, ${hashOfSecret(text)}, ${now})`;
  return text;
}

const nothing = Buffer.alloc(32);

/** Whether one of the secrets is meant. As much is compared for none, one or two of them. */
export function fits(presented: string, kept: readonly KeptSecret[]): boolean {
  const hash = hashOfSecret(presented);
  const [one, other] = [kept[0]?.hash ?? nothing, kept[1]?.hash ?? nothing].map((it) => timingSafeEqual(it, hash));
  return (one ?? false) || (other ?? false);
}
