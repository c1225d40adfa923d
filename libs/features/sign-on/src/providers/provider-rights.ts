import { type BuiltInRole, type Permission, permissionsOf, Problem } from '@berth/contracts';
import { demandGroupGrantable } from '@berth/people';
import { demandGrantable, permissionsIn, type Rights } from '@berth/platform/auth';
import type { Tx } from '@berth/platform/database';
import { isBuiltIn } from '@berth/access';
import type { Mapping, ProviderSettings } from './provider';

/**
 * Whoever sets a provider up hands on all it gives: the role of new accounts, and every group and role of its mapping.
 * @throws Problem `permission-denied` naming what is missing, `invalid-reference` for a group or role that is not there
 */
export async function demandMayGive(tx: Tx, organizationId: string, rights: Rights, settings: ProviderSettings): Promise<void> {
  if (settings.admits === 'anyone') demandGrantable(rights, permissionsOf[settings.newRole], undefined, null);
  for (const [index, mapping] of settings.mapping.entries()) await demandMayMap(tx, organizationId, rights, mapping, `/mapping/${index}`);
}

/** The same for one line of the mapping. */
export async function demandMayMap(tx: Tx, organizationId: string, rights: Rights, mapping: Mapping, pointer = ''): Promise<void> {
  if ((mapping.roleId === null) === (mapping.groupId === null))
    throw new Problem('validation-failed', { errors: [{ pointer, code: 'one-of', detail: 'takes a group or a role' }] });
  if (mapping.roleId !== null) {
    demandGrantable(rights, await permissionsOfRole(tx, organizationId, mapping.roleId, pointer), undefined, null);
    return;
  }
  const [group] = await tx.sql<{
    kind: string;
  }>`select kind from people_group where org_id = ${organizationId} and id = ${mapping.groupId}`;
  if (!group) throw unknown(`${pointer}/groupId`);
  if (group.kind !== 'static')
    throw new Problem('validation-failed', {
      errors: [{ pointer: `${pointer}/groupId`, code: 'not-allowed', detail: 'its rule says who is in this group' }],
    });
  await demandGroupGrantable(tx, { organizationId }, rights, mapping.groupId ?? '');
}

async function permissionsOfRole(tx: Tx, organizationId: string, id: string, pointer: string): Promise<Set<Permission>> {
  if (isBuiltIn(id)) return permissionsIn({ builtIn: id satisfies BuiltInRole }, false);
  const [role] = await tx.sql<{ permissions: Permission[] }>`
    select permissions from role where org_id = ${organizationId} and id::text = ${id}`;
  if (!role) throw unknown(`${pointer}/roleId`);
  return permissionsIn(role, false);
}

const unknown = (pointer: string): Problem =>
  new Problem('invalid-reference', { errors: [{ pointer, code: 'unknown-id', detail: 'is none of yours' }] });
