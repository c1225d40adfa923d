import { Problem } from '@berth/contracts';
import { pageOf, type Page } from '@berth/kernel';
import { type Actor, may } from '@berth/platform/auth';
import { Database, nothing, type Sql, sql, type Statement, type Tx } from '@berth/platform/database';
import { cursorOf, type ListQuery } from '@berth/platform/http';
import { Injectable } from '@nestjs/common';
import { type Group, type GroupRow, type GroupRule, type Member, toGroup } from './group';

const groups = (reader: Actor): Statement => sql`
  select g.id, g.name, g.description, g.kind, g.roles, g.domains, g.version, g.created_at,
         (select count(*) from group_membership m join account a on a.org_id = m.org_id and a.id = m.account_id
          where m.org_id = g.org_id and m.group_id = g.id and a.status = 'active')::integer as member_count,
         g.kind = 'static' and (${may(reader, 'group:manage')} or exists (
           select from group_member own
           where own.org_id = g.org_id and own.group_id = g.id and own.account_id = ${reader.accountId} and own.may_add_members)) as may_add_members
  from people_group g`;

/** Reads groups and who is in them. */
@Injectable()
export class GroupsQueries {
  constructor(private readonly database: Database) {}

  /** Groups by name. */
  async page(actor: Actor, query: ListQuery & { readonly q?: string }): Promise<Page<Group>> {
    const from = cursorOf(query, 2);
    const rows = await this.database.of(actor.organizationId).sql<GroupRow>`
      ${groups(actor)}
      where g.org_id = ${actor.organizationId}
        ${query.q ? sql`and position(lower(${query.q}) in lower(g.name)) > 0` : nothing}
        ${from ? sql`and (lower(g.name), g.id) > (${String(from[0])}, ${String(from[1])}::text::uuid)` : nothing}
      order by lower(g.name), g.id
      limit ${query.limit + 1}`;
    return pageOf(rows.map(toGroup), query.limit, (it) => [it.name.toLowerCase(), it.id]);
  }

  /** @throws Problem `not-found` */
  one(actor: Actor, id: string): Promise<Group> {
    return readGroup(this.database.of(actor.organizationId), actor, id);
  }

  /** Members by name, or those whose name or address has a text in it. @throws Problem `not-found` */
  async members(actor: Actor, id: string, query: ListQuery & { readonly q?: string }): Promise<Page<Member>> {
    await this.one(actor, id);
    const from = cursorOf(query, 2);
    const rows = await this.database.of(actor.organizationId).sql<Member>`
      select a.id, a.display_name as "displayName", a.email, coalesce(own.may_add_members, false) as "mayAddMembers",
             (select p.name from identity_provider p where p.org_id = own.org_id and p.id = own.provider_id) as "managedBy"
      from group_membership m
      join account a on a.org_id = m.org_id and a.id = m.account_id and a.status = 'active'
      left join group_member own on own.org_id = m.org_id and own.group_id = m.group_id and own.account_id = m.account_id
      where m.org_id = ${actor.organizationId} and m.group_id = ${id}
        ${query.q ? sql`and position(lower(${query.q}) in lower(a.display_name || ' ' || a.email)) > 0` : nothing}
        ${from ? sql`and (lower(a.display_name), a.id) > (${String(from[0])}, ${String(from[1])}::text::uuid)` : nothing}
      order by lower(a.display_name), a.id
      limit ${query.limit + 1}`;
    return pageOf(rows, query.limit, (it) => [it.displayName.toLowerCase(), it.id]);
  }

  /** How many would fit a rule now. */
  async fitting(actor: Actor, { roles, domains }: GroupRule): Promise<{ count: number }> {
    const [row] = await this.database.of(actor.organizationId).sql<{ count: number }>`
      select count(*)::integer as count
      from account a
      where a.org_id = ${actor.organizationId} and a.status = 'active'
        ${roles ? sql`and a.role = any(${roles}::text[])` : nothing}
        ${domains ? sql`and a.email_verified_at is not null and lower(split_part(a.email, '@', 2)) = any(${domains}::text[])` : nothing}`;
    return { count: row?.count ?? 0 };
  }
}

/** @throws Problem `not-found` */
export async function readGroup(db: Sql, reader: Actor, id: string): Promise<Group> {
  const [row] = await db.sql<GroupRow>`${groups(reader)} where g.org_id = ${reader.organizationId} and g.id = ${id}`;
  if (!row) throw new Problem('not-found');
  return toGroup(row);
}

/** The group, kept as it is until the transaction ends. @throws Problem `not-found` */
export async function groupForUpdate(tx: Tx, reader: Actor, id: string): Promise<Group> {
  const [row] = await tx.sql<GroupRow>`${groups(reader)} where g.org_id = ${reader.organizationId} and g.id = ${id} for no key update of g`;
  if (!row) throw new Problem('not-found');
  return toGroup(row);
}
