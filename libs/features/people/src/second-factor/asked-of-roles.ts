import { sql } from '@berth/platform/database';

/**
 * Whether the account `a` of the organization `o` has a role, its own or one it was given, whose people must have a second
 * factor. One that only begins later counts already.
 */
export const isAskedOfRoles = sql`(
  a.role = any (o.second_factor_roles)
  or exists (
    select from role_assignment g
    where g.org_id = a.org_id and (g.built_in = any (o.second_factor_roles) or g.role_id::text = any (o.second_factor_roles))
      and (g.account_id = a.id or g.group_id in (select m.group_id from group_membership m where m.org_id = a.org_id and m.account_id = a.id))
  ))`;
