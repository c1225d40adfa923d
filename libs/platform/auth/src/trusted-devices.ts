import { Database, type Sql, type Tx } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';

const TRUST_DAYS = 180;
const MAX_PER_ACCOUNT = 20;

/** What a browser that shows its token is to one account. */
export interface TrustedDevice {
  /** The second factor is not asked for here. */
  readonly skipsSecondStep: boolean;
}

/**
 * Browsers people have signed in with. The token in the cookie is of the browser and good for every account used in it; it
 * is replaced at each sign-in, so that one planted by somebody else is worth nothing afterwards.
 */
@Injectable()
export class TrustedDevices {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Undefined for a stranger. The same work is done whether there is such an account or not. */
  async find(accountId: string | undefined, token: string | undefined, db: Sql = this.database.system): Promise<TrustedDevice | undefined> {
    const now = this.clock.now();
    const [row] = await db.sql<{ skips: boolean }>`
      select coalesce(skips_second_step_until > ${now}, false) as skips
      from trusted_device
      where token_hash = ${hashOf(token ?? '')} and account_id = ${accountId ?? null} and expires_at > ${now}`;
    return row && { skipsSecondStep: row.skips };
  }

  /**
   * Trusts the browser that has just signed in.
   * @param options.skipsSecondStepDays asks for no second factor here for so long; left out, what was chosen before goes on
   * @returns the token its cookie has from now on
   */
  async trust(
    tx: Tx,
    account: { readonly id: string; readonly organizationId: string },
    known: string | undefined,
    options: { readonly skipsSecondStepDays?: number } = {},
  ): Promise<string> {
    const now = this.clock.now();
    const token = randomBytes(32).toString('base64url');
    const inDays = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
    if (known) await tx.sql`update trusted_device set token_hash = ${hashOf(token)} where token_hash = ${hashOf(known)}`;
    await tx.sql`
      insert into trusted_device (token_hash, org_id, account_id, created_at, expires_at, skips_second_step_until)
      values (${hashOf(token)}, ${account.organizationId}, ${account.id}, ${now}, ${inDays(TRUST_DAYS)},
              ${options.skipsSecondStepDays === undefined ? null : inDays(options.skipsSecondStepDays)})
      on conflict (token_hash, account_id) do update
      set created_at = excluded.created_at, expires_at = excluded.expires_at,
          skips_second_step_until = coalesce(excluded.skips_second_step_until, trusted_device.skips_second_step_until)`;
    await tx.sql`
      delete from trusted_device
      where org_id = ${account.organizationId} and account_id = ${account.id}
        and token_hash in (
          select token_hash from trusted_device
          where org_id = ${account.organizationId} and account_id = ${account.id}
          order by created_at desc, token_hash
          offset ${MAX_PER_ACCOUNT})`;
    return token;
  }

  /** Asks for the second factor everywhere again. */
  async askAgain(tx: Tx, account: { readonly id: string; readonly organizationId: string }): Promise<void> {
    await tx.sql`
      update trusted_device set skips_second_step_until = null where org_id = ${account.organizationId} and account_id = ${account.id}`;
  }
}

/** Forgets browsers that are trusted no more. */
export async function sweepTrustedDevices(database: Sql, now: Date): Promise<void> {
  await database.sql`delete from trusted_device where expires_at < ${now}`;
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
