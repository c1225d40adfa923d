import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
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
}

interface TokenRow {
  id: string;
  name: string;
  scopes: string[];
  created_at: Date;
  expires_at: Date;
  last_used_at: Date | null;
}

const MAX_SHOWN = 200;

/** Reads tokens. */
@Injectable()
export class TokenQueries {
  constructor(private readonly database: Database) {}

  /** Tokens of the actor that were not revoked, newest first, also those that have run out; 200 at most. */
  async own(actor: Actor): Promise<OwnToken[]> {
    const rows = await this.database.of(actor.organizationId).sql<TokenRow>`
      select id, name, scopes, created_at, expires_at, last_used_at from api_token
      where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and revoked_at is null
      order by created_at desc, id desc
      limit ${MAX_SHOWN}`;
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      scopes: row.scopes,
      createdAt: formatInstant(row.created_at),
      expiresAt: formatInstant(row.expires_at),
      lastUsedAt: row.last_used_at && formatInstant(row.last_used_at),
    }));
  }
}
