import type { Permission } from '@berth/contracts';
import { Database, type Sql, type Via } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { rightsColumns, type RightsRow, toRights } from './rights.store';
import type { Owner } from './actor';
import type { Principal } from './sessions';
import { placesOfRow, type PlacesRow } from './token-places';

/** What a token begins with, so that scanners of leaked secrets know it: one a person made, or one a client was given. */
const PREFIXES = { personal: 'berth_pat_', client: 'berth_oat_' } as const;
const SECRET_BYTES = 32;
/** How long a process may go on believing that a token lives. */
const BELIEF_MS = 4_000;
/** Whose a token was that lives no more does not change; unknown ones cost one look. */
const OWNER_MS = 60_000;
/** How exactly it is known when a token was used last. */
const USED_MS = 60_000;

/** A token that has just been made; the text is shown once and never again. */
export interface MadeToken {
  readonly text: string;
  readonly hash: Buffer;
}

interface TokenRow extends RightsRow, PlacesRow {
  id: string;
  account_id: string;
  org_id: string;
  scopes: Permission[];
  display_name: string;
  client_id: string | null;
  grant_id: string | null;
  per_minute: number | null;
}

/** API tokens: a prefix and 256 random bits. Those of people and those of OAuth2 clients are looked up alike, and mean the same. */
@Injectable()
export class ApiTokens {
  private readonly owners = new LRUCache<string, { owner: Owner | undefined }>({ max: 10_000, ttl: OWNER_MS });
  private readonly believed = new LRUCache<string, { principal: Principal | undefined; until: number }>({ max: 10_000 });

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  make(of: keyof typeof PREFIXES): MadeToken {
    const text = PREFIXES[of] + randomBytes(SECRET_BYTES).toString('base64url');
    return { text, hash: this.hashOf(text) };
  }

  isOne(text: string): boolean {
    return Object.values(PREFIXES).some((it) => text.startsWith(it));
  }

  hashOf(text: string): Buffer {
    return createHash('sha256').update(text).digest();
  }

  /** Who stands behind a token, with what it may do; undefined when it is unknown, revoked or has run out. At most 4 s old. */
  async principal(text: string): Promise<Principal | undefined> {
    const now = this.clock.now();
    const hash = this.hashOf(text);
    const key = hash.toString('base64');
    const known = this.believed.get(key);
    if (known && known.until > now.getTime()) return known.principal;
    const principal = await this.look(hash, now);
    this.believed.set(key, { principal, until: now.getTime() + BELIEF_MS });
    return principal;
  }

  /** Whose a token is, or was when it lived; undefined when it never did. */
  async owner(text: string): Promise<Owner | undefined> {
    const hash = this.hashOf(text);
    const key = hash.toString('base64');
    const known = this.owners.get(key);
    if (known) return known.owner;
    const [row] = await this.database.system.sql<Pick<TokenRow, 'id' | 'account_id' | 'org_id' | 'client_id'>>`
      select id, account_id, org_id, client_id from api_token where hash = ${hash}`;
    const owner = row && { accountId: row.account_id, organizationId: row.org_id, via: viaOf(row) };
    this.owners.set(key, { owner });
    return owner;
  }

  /** What was revoked in this process stops at once in it: one token, or all of a client or of a grant. */
  forget(what: { readonly hash: Buffer } | { readonly clientId: string } | { readonly grantId: string }): void {
    if ('hash' in what) {
      this.believed.delete(what.hash.toString('base64'));
      return;
    }
    for (const [key, { principal }] of this.believed.entries()) {
      const client = principal?.client;
      if ('clientId' in what ? client?.id === what.clientId : client?.grantId === what.grantId) this.believed.delete(key);
    }
  }

  private async look(hash: Buffer, now: Date): Promise<Principal | undefined> {
    const [row] = await this.database.system.sql<TokenRow>`
      with used as (
        update api_token set last_used_at = ${now}
        where hash = ${hash} and revoked_at is null and expires_at > ${now} and coalesce(last_used_at, '-infinity') < ${new Date(now.getTime() - USED_MS)}
      )
      select t.id, t.account_id, t.org_id, t.client_id, t.grant_id, t.per_minute, a.display_name, a.role, ${rightsColumns(now)},
        case when c.id is null then t.scopes else array(select unnest(t.scopes) intersect select unnest(c.scopes)) end as scopes,
        coalesce(c.site_ids, t.site_ids) as site_ids, coalesce(c.resource_ids, t.resource_ids) as resource_ids
      from api_token t
      join account a on a.org_id = t.org_id and a.id = t.account_id
      left join oauth_client c on c.org_id = t.org_id and c.id = t.client_id
      left join oauth_grant g on g.org_id = t.org_id and g.id = t.grant_id
      where t.hash = ${hash} and t.revoked_at is null and t.expires_at > ${now} and a.status = 'active'
        and c.revoked_at is null and g.revoked_at is null`;
    const within = row && placesOfRow(row);
    return (
      row && {
        ...toRights(row),
        sessionId: row.id,
        accountId: row.account_id,
        organizationId: row.org_id,
        displayName: row.display_name,
        via: viaOf(row),
        scopes: new Set(row.scopes),
        ...(within && { within }),
        ...(row.client_id !== null && { client: { id: row.client_id, grantId: row.grant_id } }),
        ...(row.per_minute !== null && { limitedToken: row.id }),
      }
    );
  }
}

const viaOf = ({ id, client_id: client }: Pick<TokenRow, 'id' | 'client_id'>): Via =>
  client === null ? { kind: 'token', id } : { kind: 'client', id: client };

const KEPT_MS = 90 * 86_400_000;
/** Clients get a new one every quarter of an hour, and the log says who used them for what. */
const OF_CLIENT_KEPT_MS = 86_400_000;

/** Forgets tokens that ran out or were revoked long ago. */
export async function sweepApiTokens(database: Sql, now: Date): Promise<void> {
  const since = new Date(now.getTime() - KEPT_MS);
  await database.sql`
    delete from api_token
    where expires_at < ${since} or revoked_at < ${since}
      or (client_id is not null and expires_at < ${new Date(now.getTime() - OF_CLIENT_KEPT_MS)})`;
}
