import type { Permission } from '@berth/contracts';
import { Database, type Sql } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { rightsColumns, type RightsRow, toRights } from './rights.store';
import type { Principal } from './sessions';

const PREFIX = 'berth_pat_';
const SECRET_BYTES = 32;
/** How long a process may go on believing that a token lives. */
const BELIEF_MS = 4_000;
/** How exactly it is known when a token was used last. */
const USED_MS = 60_000;

/** A token that has just been made; the text is shown once and never again. */
export interface MadeToken {
  readonly text: string;
  readonly hash: Buffer;
}

interface TokenRow extends RightsRow {
  id: string;
  account_id: string;
  org_id: string;
  scopes: Permission[];
  display_name: string;
}

/** Personal API tokens: `berth_pat_` and 256 random bits, so that scanners of leaked secrets know them. */
@Injectable()
export class ApiTokens {
  private readonly believed = new LRUCache<string, { principal: Principal | undefined; until: number }>({ max: 10_000 });

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  make(): MadeToken {
    const text = PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
    return { text, hash: hashOf(text) };
  }

  isOne(text: string): boolean {
    return text.startsWith(PREFIX);
  }

  /** Who stands behind a token, with what it may do; undefined when it is unknown, revoked or has run out. At most 4 s old. */
  async principal(text: string): Promise<Principal | undefined> {
    const now = this.clock.now();
    const hash = hashOf(text);
    const key = hash.toString('base64');
    const known = this.believed.get(key);
    if (known && known.until > now.getTime()) return known.principal;
    const [row] = await this.database.system.sql<TokenRow>`
      with used as (
        update api_token set last_used_at = ${now}
        where hash = ${hash} and revoked_at is null and expires_at > ${now} and coalesce(last_used_at, '-infinity') < ${new Date(now.getTime() - USED_MS)}
      )
      select t.id, t.account_id, t.org_id, t.scopes, a.display_name, a.role, ${rightsColumns(now)}
      from api_token t join account a on a.org_id = t.org_id and a.id = t.account_id
      where t.hash = ${hash} and t.revoked_at is null and t.expires_at > ${now} and a.status = 'active'`;
    const principal = row && {
      ...toRights(row),
      sessionId: row.id,
      accountId: row.account_id,
      organizationId: row.org_id,
      displayName: row.display_name,
      scopes: new Set(row.scopes),
    };
    this.believed.set(key, { principal, until: now.getTime() + BELIEF_MS });
    return principal;
  }

  /** What was revoked in this process stops at once in it. */
  forget(hash: Buffer): void {
    this.believed.delete(hash.toString('base64'));
  }
}

const KEPT_MS = 90 * 86_400_000;

/** Forgets tokens that ran out or were revoked long ago. */
export async function sweepApiTokens(database: Sql, now: Date): Promise<void> {
  const since = new Date(now.getTime() - KEPT_MS);
  await database.sql`delete from api_token where expires_at < ${since} or revoked_at < ${since}`;
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
