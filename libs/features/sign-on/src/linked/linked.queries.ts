import { Problem } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, type Sql, sql } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';

/** One's own account at a provider. */
export interface LinkedAccount {
  readonly id: string;
  readonly provider: { readonly id: string; readonly key: string; readonly name: string };
  /** By what one knows it again: the address there, or a name. */
  readonly label: string;
  readonly linkedAt: string;
  readonly lastUsedAt: string | null;
}

/** Every way one signs in by. */
export interface WaysIn {
  readonly data: readonly LinkedAccount[];
  readonly hasPassword: boolean;
}

interface LinkedRow {
  id: string;
  provider: LinkedAccount['provider'];
  label: string;
  created_at: Date;
  last_used_at: Date | null;
}

const linked = sql`
  select l.id, jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) as provider, l.label, l.created_at, l.last_used_at
  from linked_identity l join identity_provider p on p.org_id = l.org_id and p.id = l.provider_id`;

/** Reads linked accounts. */
@Injectable()
export class LinkedQueries {
  constructor(private readonly database: Database) {}

  async own({ organizationId, accountId }: Actor): Promise<WaysIn> {
    const db = this.database.of(organizationId);
    const rows =
      await db.sql<LinkedRow>`${linked} where l.org_id = ${organizationId} and l.account_id = ${accountId} order by p.position, l.id`;
    const password = await db.sql`select from account where org_id = ${organizationId} and id = ${accountId} and password_hash is not null`;
    return { data: rows.map(toLinked), hasPassword: password.length > 0 };
  }
}

/** One of the actor's own. @throws Problem `not-found` */
export async function readLinked(
  db: Sql,
  { organizationId, accountId }: Pick<Actor, 'organizationId' | 'accountId'>,
  id: string,
): Promise<LinkedAccount> {
  const [row] = await db.sql<LinkedRow>`${linked} where l.org_id = ${organizationId} and l.account_id = ${accountId} and l.id = ${id}`;
  if (!row) throw new Problem('not-found');
  return toLinked(row);
}

const toLinked = (row: LinkedRow): LinkedAccount => ({
  id: row.id,
  provider: row.provider,
  label: row.label,
  linkedAt: formatInstant(row.created_at),
  lastUsedAt: row.last_used_at && formatInstant(row.last_used_at),
});
