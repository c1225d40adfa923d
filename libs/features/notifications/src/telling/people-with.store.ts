import { builtInRoleKeys, builtInRoles, type Permission } from '@berth/contracts';
import { may, type RightsRow, rightsColumns, type Scope, toRights } from '@berth/platform/auth';
import type { Sql } from '@berth/platform/database';

/** More are not told at once: beyond that it is nobody’s business in particular. */
const MOST = 50;

/**
 * Active people who have a right in all of these places, those who have been here longest first.
 * @param scopes none for the whole organization
 */
export async function peopleWith(
  db: Sql,
  organizationId: string,
  permission: Permission,
  scopes: readonly (Scope | undefined)[],
  now: Date,
): Promise<string[]> {
  const roles = builtInRoleKeys.filter((it) => builtInRoles[it].has(permission));
  const rows = await db.sql<RightsRow & { id: string }>`
    select a.id, a.role, ${rightsColumns(now)}
    from account a
    where a.org_id = ${organizationId} and a.status = 'active'
      and (a.role = any(${roles})
        or exists (select from role_assignment g where g.org_id = a.org_id and g.account_id = a.id)
        or exists (select from group_membership m join role_assignment g on g.org_id = m.org_id and g.group_id = m.group_id
                   where m.org_id = a.org_id and m.account_id = a.id))
    order by a.created_at, a.id`;
  const places = scopes.length === 0 ? [undefined] : scopes;
  return rows
    .filter((it) => places.every((scope) => may(toRights(it), permission, scope)))
    .slice(0, MOST)
    .map((it) => it.id);
}
