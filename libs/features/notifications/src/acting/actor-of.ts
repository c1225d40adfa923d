import { type Actor, type RightsRow, rightsColumns, toRights } from '@berth/platform/auth';
import type { Sql } from '@berth/platform/database';

/**
 * A person with the rights they have at this moment, for what they asked for ahead or by a link.
 * @param by what acts in their name, for the log
 * @returns undefined for who is not active
 */
export async function actorOf(
  db: Sql,
  { organizationId, accountId }: { readonly organizationId: string; readonly accountId: string },
  by: string,
  now: Date,
): Promise<Actor | undefined> {
  const [row] = await db.sql<RightsRow & { display_name: string }>`
    select a.role, a.display_name, ${rightsColumns(now)}
    from account a
    where a.org_id = ${organizationId} and a.id = ${accountId} and a.status = 'active'`;
  return row && { organizationId, accountId, displayName: row.display_name, ...toRights(row), sessionId: accountId, requestId: by };
}
