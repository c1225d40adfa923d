import { Problem } from '@berth/contracts';
import { brokenConstraint, type Tx } from '@berth/platform/database';
import type { GroupRule } from './group';

/** What of a group can be written. */
export interface GroupValues {
  readonly name: string;
  readonly description: string | null;
  readonly rule: GroupRule | null;
}

/** @throws Problem `already-exists` */
export async function insertGroup(tx: Tx, id: string, { name, description, rule }: GroupValues, now: Date): Promise<void> {
  await asProblem(
    tx.sql`
      insert into people_group (id, org_id, name, description, kind, roles, domains, created_at)
      values (${id}, ${tx.organizationId}, ${name}, ${description}, ${rule ? 'rule' : 'static'},
              ${rule?.roles ?? null}, ${rule?.domains ?? null}, ${now})`,
  );
}

/** @throws Problem `already-exists` */
export async function updateGroup(tx: Tx, id: string, { name, description, rule }: GroupValues): Promise<void> {
  await asProblem(
    tx.sql`
      update people_group
      set name = ${name}, description = ${description}, roles = ${rule?.roles ?? null}, domains = ${rule?.domains ?? null}, version = version + 1
      where org_id = ${tx.organizationId} and id = ${id}`,
  );
}

/** Deletes a group with its list of members. @throws Problem `still-in-use` while a role or a gate names it */
export async function deleteGroup(tx: Tx, id: string): Promise<void> {
  await asProblem(tx.sql`delete from people_group where org_id = ${tx.organizationId} and id = ${id}`);
}

/** Puts a person into a group, or changes what they may do there; from then on no provider takes them out. @throws Problem `invalid-reference` */
export async function writeMember(tx: Tx, groupId: string, accountId: string, mayAddMembers: boolean, now: Date): Promise<void> {
  await asProblem(
    tx.sql`
      insert into group_member (org_id, group_id, account_id, may_add_members, created_at)
      values (${tx.organizationId}, ${groupId}, ${accountId}, ${mayAddMembers}, ${now})
      on conflict (group_id, account_id) do update set may_add_members = excluded.may_add_members, provider_id = null`,
  );
}

/** @returns whether the person was a member */
export async function deleteMember(tx: Tx, groupId: string, accountId: string): Promise<boolean> {
  const rows = await tx.sql`
    delete from group_member where org_id = ${tx.organizationId} and group_id = ${groupId} and account_id = ${accountId} returning group_id`;
  return rows.length > 0;
}

/** Groups a provider has put a person into. */
export async function managedGroups(tx: Tx, providerId: string, accountId: string): Promise<string[]> {
  const rows = await tx.sql<{ id: string }>`
    select group_id as id from group_member where provider_id = ${providerId} and account_id = ${accountId}`;
  return rows.map((it) => it.id);
}

/** Whom a provider puts into groups, and takes out of them again. */
export interface Managed {
  readonly organizationId: string;
  readonly providerId: string;
  readonly accountId: string;
}

/** Puts a person into groups by name; where somebody did so already, it stays as it is. @returns those that are new */
export async function addManagedMember(tx: Tx, whose: Managed, groupIds: readonly string[], now: Date): Promise<string[]> {
  const rows = await tx.sql<{ id: string }>`
    insert into group_member (org_id, group_id, account_id, provider_id, created_at)
    select g.org_id, g.id, ${whose.accountId}, ${whose.providerId}, ${now}
    from people_group g
    where g.org_id = ${whose.organizationId} and g.id = any(${[...groupIds]}::uuid[]) and g.kind = 'static'
    on conflict (group_id, account_id) do nothing
    returning group_id as id`;
  return rows.map((it) => it.id);
}

/** Takes a person out of groups the provider put them into. */
export async function removeManagedMember(tx: Tx, whose: Managed, groupIds: readonly string[]): Promise<void> {
  await tx.sql`
    delete from group_member
    where provider_id = ${whose.providerId} and account_id = ${whose.accountId} and group_id = any(${[...groupIds]}::uuid[])`;
}

async function asProblem<T>(written: Promise<T>): Promise<T> {
  try {
    return await written;
  } catch (error) {
    const constraint = brokenConstraint(error);
    if (constraint === 'people_group_name_unique')
      throw new Problem('already-exists', { errors: [{ pointer: '/name', code: 'taken', detail: 'is in use already' }] });
    if (constraint === 'role_assignment_group') throw new Problem('still-in-use', { detail: 'The group has roles.' });
    if (constraint === 'gate_group_group') throw new Problem('still-in-use', { detail: 'The group opens a gate.' });
    if (constraint === 'group_member_account')
      throw new Problem('invalid-reference', { errors: [{ pointer: '/accountId', code: 'unknown-id', detail: 'is nobody of yours' }] });
    throw error;
  }
}
