import { type Permission, Problem } from '@berth/contracts';
import { brokenConstraint, type Tx } from '@berth/platform/database';

/** What of a role can be written. */
export interface RoleValues {
  readonly name: string;
  readonly description: string | null;
  readonly permissions: readonly Permission[];
}

/** @throws Problem `already-exists` */
export async function insertRole(tx: Tx, id: string, values: RoleValues, now: Date): Promise<void> {
  await asProblem(
    tx.sql`
      insert into role (id, org_id, name, description, permissions, created_at)
      values (${id}, ${tx.organizationId}, ${values.name}, ${values.description}, ${values.permissions}, ${now})`,
  );
}

/** @throws Problem `already-exists` */
export async function updateRole(tx: Tx, id: string, values: RoleValues): Promise<void> {
  await asProblem(
    tx.sql`
      update role
      set name = ${values.name}, description = ${values.description}, permissions = ${values.permissions}, version = version + 1
      where org_id = ${tx.organizationId} and id = ${id}`,
  );
}

/** @throws Problem `still-in-use` while somebody has it */
export async function deleteRole(tx: Tx, id: string): Promise<void> {
  await asProblem(tx.sql`delete from role where org_id = ${tx.organizationId} and id = ${id}`);
}

async function asProblem<T>(written: Promise<T>): Promise<T> {
  try {
    return await written;
  } catch (error) {
    const constraint = brokenConstraint(error);
    if (constraint === 'role_name_unique')
      throw new Problem('already-exists', { errors: [{ pointer: '/name', code: 'taken', detail: 'is in use already' }] });
    if (constraint === 'identity_mapping_role') throw new Problem('still-in-use', { detail: 'A provider gives it.' });
    if (constraint === 'role_assignment_role') throw new Problem('still-in-use', { detail: 'Somebody has this role.' });
    throw error;
  }
}
