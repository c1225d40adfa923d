import { builtInRoleKeys, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, type Sql, sql, type Statement, type Tx } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { builtInRole, isBuiltIn, type Role, type RoleRow, toRole } from './role';

/** People with an assignment `g` of a role that is in force. */
const holders = (now: Date, role: Statement): Statement => sql`
  (select count(distinct a.id)
   from role_assignment g
   join account a on a.org_id = g.org_id and a.status = 'active'
     and (a.id = g.account_id or g.group_id in (
       select m.group_id from group_membership m where m.org_id = g.org_id and m.account_id = a.id))
   where ${role} and (g.starts_at is null or g.starts_at <= ${now}) and (g.ends_at is null or g.ends_at > ${now}))::integer`;

const roles = (now: Date): Statement => sql`
  select r.id, r.name, r.description, r.permissions, r.version, r.created_at,
         ${holders(now, sql`g.org_id = r.org_id and g.role_id = r.id`)} as holder_count
  from role r`;

/** Reads roles. */
@Injectable()
export class RolesQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Every role: the built-in ones in their order, then the organization's own by name. */
  async all(actor: Actor): Promise<{ data: Role[] }> {
    const db = this.database.of(actor.organizationId);
    const now = this.clock.now();
    const counts = await db.sql<{ key: string; count: number }>`
      select k.key,
             (select count(*) from account a where a.org_id = ${actor.organizationId} and a.role = k.key and a.status = 'active')::integer
             + ${holders(now, sql`g.org_id = ${actor.organizationId} and g.built_in = k.key and a.role <> k.key`)} as count
      from unnest(${[...builtInRoleKeys]}::text[]) as k(key)`;
    const own = await db.sql<RoleRow>`${roles(now)} where r.org_id = ${actor.organizationId} order by lower(r.name), r.id`;
    const countOf = new Map(counts.map((it) => [it.key, it.count]));
    return { data: [...builtInRoleKeys.map((it) => builtInRole(it, countOf.get(it) ?? 0)), ...own.map(toRole)] };
  }

  /** @throws Problem `not-found` */
  async one(actor: Actor, id: string): Promise<Role> {
    if (!isBuiltIn(id)) return readRole(this.database.of(actor.organizationId), actor.organizationId, id, this.clock.now());
    const { data } = await this.all(actor);
    return data.find((it) => it.id === id)!;
  }
}

/** @throws Problem `not-found` */
export async function readRole(db: Sql, organizationId: string, id: string, now: Date): Promise<Role> {
  const [row] = await db.sql<RoleRow>`${roles(now)} where r.org_id = ${organizationId} and r.id::text = ${id}`;
  if (!row) throw new Problem('not-found');
  return toRole(row);
}

/** The role, kept as it is until the transaction ends. @throws Problem `not-found` */
export async function roleForUpdate(tx: Tx, organizationId: string, id: string, now: Date): Promise<Role> {
  const [row] = await tx.sql<RoleRow>`${roles(now)} where r.org_id = ${organizationId} and r.id::text = ${id} for no key update of r`;
  if (!row) throw new Problem('not-found');
  return toRole(row);
}
