import { Problem } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import { type Actor, type TokenUsage, usageOf, usesOfClient } from '@berth/platform/auth';
import { Database, type Sql, type Statement, sql } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { type ClientRow, type ClientSettings, type ClientType, settingsOf } from './client';

/** A client as administrators see it: never its secret. */
export interface Client extends ClientSettings {
  /** Also its `client_id`. */
  readonly id: string;
  readonly version: number;
  readonly type: ClientType;
  readonly owner: { readonly id: string; readonly displayName: string };
  /** Secrets that are good now, the newest first. */
  readonly secrets: readonly { readonly createdAt: string; readonly expiresAt: string | null }[];
  readonly createdAt: string;
  /** When it was last given a token; null while it never was. */
  readonly lastUsedAt: string | null;
  /** Of all its tokens. */
  readonly usage: TokenUsage;
}

interface ShownRow extends ClientRow {
  owner_name: string;
  uses: Record<string, number> | null;
  secrets: { created: number; expires: number | null }[];
}

const MAX_SHOWN = 200;

/** Reads clients. */
@Injectable()
export class ClientQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Clients of the organization that are not revoked, by name; 200 at most. */
  all(actor: Actor): Promise<Client[]> {
    return this.read(this.database.of(actor.organizationId), actor.organizationId, sql`true`);
  }

  /** @throws Problem `not-found` */
  async one(actor: Actor, id: string, db: Sql = this.database.of(actor.organizationId)): Promise<Client> {
    const [found] = await this.read(db, actor.organizationId, sql`c.id = ${id}`);
    if (!found) throw new Problem('not-found');
    return found;
  }

  private async read(db: Sql, organizationId: string, condition: Statement): Promise<Client[]> {
    const now = this.clock.now();
    const rows = await db.sql<ShownRow>`
      select c.*, a.display_name as owner_name, ${usesOfClient(now)} as uses,
        (select coalesce(jsonb_agg(jsonb_build_object(
            'created', (extract(epoch from s.created_at) * 1000)::bigint, 'expires', (extract(epoch from s.expires_at) * 1000)::bigint)
            order by s.is_current desc), '[]')
         from oauth_client_secret s
         where s.org_id = c.org_id and s.client_id = c.id and (s.expires_at is null or s.expires_at > ${now})) as secrets
      from oauth_client c join account a on a.org_id = c.org_id and a.id = c.owner_id
      where c.org_id = ${organizationId} and c.revoked_at is null and ${condition}
      order by lower(c.name), c.id
      limit ${MAX_SHOWN}`;
    return rows.map((row) => toClient(row, now));
  }
}

const toClient = (row: ShownRow, now: Date): Client => ({
  id: row.id,
  version: row.version,
  type: row.type,
  ...settingsOf(row),
  owner: { id: row.owner_id, displayName: row.owner_name },
  secrets: row.secrets.map((it) => ({
    createdAt: formatInstant(new Date(it.created)),
    expiresAt: it.expires === null ? null : formatInstant(new Date(it.expires)),
  })),
  createdAt: formatInstant(row.created_at),
  lastUsedAt: row.last_used_at && formatInstant(row.last_used_at),
  usage: usageOf(row.uses, now),
});
