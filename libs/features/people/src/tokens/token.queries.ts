import { formatInstant, type Page, pageOf } from '@berth/kernel';
import { type Actor, type Places, placesOfRow, type PlacesRow, type TokenUsage, usageOf, usesOfToken } from '@berth/platform/auth';
import { Database, nothing, sql, type Statement } from '@berth/platform/database';
import { cursorOf, ListQuery } from '@berth/platform/http';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';

/** A token as its owner sees it: never its text. */
export interface OwnToken {
  readonly id: string;
  readonly name: string;
  /** Permissions. */
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  /** To the minute; null while it was never used. */
  readonly lastUsedAt: string | null;
  /** Requests a minute through it; null where only those of its owner are limited. */
  readonly perMinute: number | null;
  /** Where alone it is good; null where that is wherever its owner may do something. */
  readonly places: Places | null;
  readonly usage: TokenUsage;
}

/** A token as administrators see it. */
export interface TokenOfSomebody extends OwnToken {
  readonly owner: { readonly id: string; readonly displayName: string };
}

interface TokenRow extends PlacesRow {
  id: string;
  name: string;
  scopes: string[];
  created_at: Date;
  expires_at: Date;
  last_used_at: Date | null;
  per_minute: number | null;
  uses: Record<string, number> | null;
  owner_id: string;
  owner_name: string;
}

const MAX_SHOWN = 200;

const tokens = (now: Date): Statement => sql`
  select t.id, t.name, t.scopes, t.created_at, t.expires_at, t.last_used_at, t.per_minute,
         t.site_ids, t.resource_ids, ${usesOfToken(now)} as uses, a.id as owner_id, a.display_name as owner_name
  from api_token t join account a on a.org_id = t.org_id and a.id = t.account_id`;

const toToken = (row: TokenRow, now: Date): OwnToken => ({
  id: row.id,
  name: row.name,
  scopes: row.scopes,
  createdAt: formatInstant(row.created_at),
  expiresAt: formatInstant(row.expires_at),
  lastUsedAt: row.last_used_at && formatInstant(row.last_used_at),
  perMinute: row.per_minute,
  places: placesOfRow(row),
  usage: usageOf(row.uses, now),
});

/** Reads tokens. */
@Injectable()
export class TokenQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Tokens of the actor that were not revoked, newest first, also those that have run out; 200 at most. */
  async own(actor: Actor): Promise<OwnToken[]> {
    const now = this.clock.now();
    const rows = await this.database.of(actor.organizationId).sql<TokenRow>`
      ${tokens(now)}
      where t.org_id = ${actor.organizationId} and t.account_id = ${actor.accountId} and t.client_id is null and t.revoked_at is null
      order by t.created_at desc, t.id desc
      limit ${MAX_SHOWN}`;
    return rows.map((row) => toToken(row, now));
  }

  /** Tokens people of the organization made that are good now, newest first; a page of them. */
  async all(actor: Actor, query: ListQuery): Promise<Page<TokenOfSomebody>> {
    const from = cursorOf(query, 1);
    const now = this.clock.now();
    const rows = await this.database.of(actor.organizationId).sql<TokenRow>`
      ${tokens(now)}
      where t.org_id = ${actor.organizationId} and t.client_id is null and t.revoked_at is null and t.expires_at > ${now}
        ${from ? sql`and t.id < ${String(from[0])}::text::uuid` : nothing}
      order by t.id desc
      limit ${query.limit + 1}`;
    const found = rows.map((row) => ({ ...toToken(row, now), owner: { id: row.owner_id, displayName: row.owner_name } }));
    return pageOf(found, query.limit, (it) => [it.id]);
  }
}
