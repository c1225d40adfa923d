import type { Sql } from '@berth/platform/database';

/** Whom a letter about an account is for, and in which words. */
export interface AccountAddress {
  readonly id: string;
  readonly org_id: string;
  readonly username: string;
  readonly email: string;
  readonly display_name: string;
  readonly password_hash: string | null;
  readonly language: string;
  readonly time_zone: string;
  readonly organization: string;
}

/** An active account with what a letter to it needs; undefined for any other. */
export async function accountAddress(db: Sql, accountId: string): Promise<AccountAddress | undefined> {
  const [row] = await db.sql<AccountAddress>`
    select a.id, a.org_id, a.username, a.email, a.display_name, a.password_hash, o.name as organization,
           coalesce(a.preferences ->> 'language', o.language) as language, coalesce(a.preferences ->> 'timeZone', o.time_zone) as time_zone
    from account a join organization o on o.id = a.org_id
    where a.id = ${accountId} and a.status = 'active'`;
  return row;
}
