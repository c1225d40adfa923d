import type { Tx } from '@berth/platform/database';
import { newId } from '@berth/kernel';
import { isBuiltIn } from './role';

/** Whose roles a provider gives, and takes away again. */
export interface ManagedRoles {
  readonly organizationId: string;
  readonly providerId: string;
  readonly accountId: string;
  /** In whose name. */
  readonly grantedBy: string;
}

/** Roles in the organization a provider has given a person: keys of built-in ones, ids of its own. */
export async function managedRoles(tx: Tx, providerId: string, accountId: string): Promise<string[]> {
  const rows = await tx.sql<{ role: string }>`
    select coalesce(built_in, role_id::text) as role from role_assignment where provider_id = ${providerId} and account_id = ${accountId}`;
  return rows.map((it) => it.role);
}

/** Gives a role in the organization; where somebody has given it already, it stays theirs. @returns the assignment, if it is new */
export async function giveManagedRole(tx: Tx, whose: ManagedRoles, role: string, now: Date): Promise<string | undefined> {
  const [row] = await tx.sql<{ id: string }>`
    insert into role_assignment (id, org_id, account_id, built_in, role_id, provider_id, granted_by, created_at)
    values (${newId()}, ${whose.organizationId}, ${whose.accountId}, ${isBuiltIn(role) ? role : null}, ${isBuiltIn(role) ? null : role},
            ${whose.providerId}, ${whose.grantedBy}, ${now})
    on conflict on constraint role_assignment_once do nothing
    returning id`;
  return row?.id;
}

/** Takes away a role the provider gave. @returns the assignment that was */
export async function takeManagedRole(
  tx: Tx,
  whose: Pick<ManagedRoles, 'providerId' | 'accountId'>,
  role: string,
): Promise<string | undefined> {
  const [row] = await tx.sql<{ id: string }>`
    delete from role_assignment
    where provider_id = ${whose.providerId} and account_id = ${whose.accountId} and coalesce(built_in, role_id::text) = ${role}
    returning id`;
  return row?.id;
}
