import { Problem } from '@berth/contracts';
import type { Context } from './database';
import type { Sql, Tx } from './sql';

/** A request that may be sent again: same key and fingerprint get the same answer. */
export interface IdempotentRequest {
  readonly key: string;
  /** SHA-256 of method, address and body. */
  readonly fingerprint: Buffer;
  /** Set when the answer is one given before. */
  replayed: boolean;
  /** Set once a transaction of this request has claimed the key. */
  claimed: boolean;
}

/** The context of an answer that holds a secret: it is not kept, so a repeated request is a new one. */
export const keepingNoAnswer = <C extends Context>(context: C): C => ({ ...context, idempotency: undefined });

/**
 * Claims the key for this transaction. A rival with the same key waits here until the first has decided.
 * @returns what the first request made, when there was one
 */
export async function claimKey<T>(tx: Tx, context: Context): Promise<{ result: T } | undefined> {
  const request = context.idempotency;
  if (!request || request.claimed) return undefined;
  let claimed: object[];
  try {
    claimed = await tx.sql`
      insert into idempotency (org_id, account_id, key, fingerprint, created_at)
      values (${context.organizationId}, ${context.accountId}, ${request.key}, ${request.fingerprint}, now())
      on conflict do nothing
      returning key`;
  } catch (error) {
    if ((error as { code?: string }).code === '55P03') throw new Problem('idempotency-in-progress', { retryAfter: 1 });
    throw error;
  }
  if (claimed.length === 0) return recall<T>(tx, context);
  request.claimed = true;
  return undefined;
}

/**
 * What an earlier request with this key made.
 * @throws Problem `idempotency-key-reused` when that was another request
 */
export async function recall<T>(db: Sql, context: Context): Promise<{ result: T } | undefined> {
  const request = context.idempotency;
  if (!request) return undefined;
  const [earlier] = await db.sql<{ fingerprint: Buffer; result: T }>`
    select fingerprint, result
    from idempotency
    where org_id = ${context.organizationId} and account_id = ${context.accountId} and key = ${request.key}`;
  if (!earlier) return undefined;
  if (!earlier.fingerprint.equals(request.fingerprint)) throw new Problem('idempotency-key-reused');
  request.replayed = true;
  return { result: earlier.result };
}

/** Keeps the result beside its effect, in the transaction that made both. */
export async function keepResult(tx: Tx, context: Context, result: unknown): Promise<void> {
  const request = context.idempotency;
  if (!request || request.replayed) return;
  await tx.sql`
    update idempotency
    set result = ${JSON.stringify(result ?? null)}
    where org_id = ${context.organizationId} and account_id = ${context.accountId} and key = ${request.key}`;
}
