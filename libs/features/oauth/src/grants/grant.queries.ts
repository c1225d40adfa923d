import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';

/** A program somebody let act in their name. */
export interface OwnGrant {
  readonly id: string;
  readonly client: { readonly name: string };
  /** Permissions. */
  readonly scopes: readonly string[];
  readonly createdAt: string;
  /** When it last had a token of it used, to the minute; null while it never did. */
  readonly lastUsedAt: string | null;
}

interface ShownRow {
  id: string;
  name: string;
  scopes: string[];
  created_at: Date;
  last_used_at: Date | null;
}

const MAX_SHOWN = 200;

/** Reads grants. */
@Injectable()
export class GrantQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Grants of the actor a token can still come from, newest first; 200 at most. */
  async own(actor: Actor): Promise<OwnGrant[]> {
    const now = this.clock.now();
    const rows = await this.database.of(actor.organizationId).sql<ShownRow>`
      select g.id, c.name, g.scopes, g.created_at, max(t.last_used_at) as last_used_at
      from oauth_grant g
      join oauth_client c on c.org_id = g.org_id and c.id = g.client_id and c.revoked_at is null
      left join api_token t on t.org_id = g.org_id and t.grant_id = g.id
      where g.org_id = ${actor.organizationId} and g.account_id = ${actor.accountId} and g.revoked_at is null
      group by g.id, c.name
      having g.refresh_expires_at > ${now} or max(t.expires_at) > ${now}
      order by g.created_at desc, g.id desc
      limit ${MAX_SHOWN}`;
    return rows.map((row) => ({
      id: row.id,
      client: { name: row.name },
      scopes: row.scopes,
      createdAt: formatInstant(row.created_at),
      lastUsedAt: row.last_used_at && formatInstant(row.last_used_at),
    }));
  }
}
