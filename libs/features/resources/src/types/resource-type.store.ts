import { Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { brokenConstraint, type Tx } from '@berth/platform/database';
import type { CustomField, PolicyDocument } from '@berth/scheduling';
import type { CalendarUserType } from './resource-type';

/** What a type can be changed in. */
export interface ResourceTypeValues {
  readonly name: string;
  readonly icon: string;
  readonly cutype: CalendarUserType;
  readonly policy: PolicyDocument;
  readonly fields: readonly CustomField[];
}

/** @throws Problem `already-exists` when the organization has a type of that key */
export async function insertType(tx: Tx, organizationId: string, key: string, type: ResourceTypeValues, now: Date): Promise<string> {
  const id = newId();
  try {
    await tx.sql`
      insert into resource_type (id, org_id, key, name, icon, cutype, policy, fields, created_at)
      values (${id}, ${organizationId}, ${key}, ${type.name}, ${type.icon}, ${type.cutype}, ${JSON.stringify(type.policy)}, ${JSON.stringify(type.fields)}, ${now})`;
  } catch (error) {
    if (brokenConstraint(error) !== 'resource_type_key_unique') throw error;
    throw new Problem('already-exists', { errors: [{ pointer: '/key', code: 'taken', detail: 'is in use already' }] });
  }
  return id;
}

export async function updateType(tx: Tx, organizationId: string, id: string, type: ResourceTypeValues): Promise<void> {
  await tx.sql`
    update resource_type
    set name = ${type.name}, icon = ${type.icon}, cutype = ${type.cutype}, policy = ${JSON.stringify(type.policy)}, fields = ${JSON.stringify(type.fields)}, version = version + 1
    where org_id = ${organizationId} and id = ${id}`;
}

/** The type of resources that name none; the first who needs one makes it. */
export async function defaultTypeId(tx: Tx, organizationId: string, now: Date): Promise<string> {
  const [known] = await findDefault(tx, organizationId);
  if (known) return known.id;
  // Whoever asks at the same time waits here for the first, and then finds what that has made.
  await tx.sql`
    insert into resource_type (id, org_id, key, name, cutype, is_default, created_at)
    values (${newId()}, ${organizationId}, 'resource', 'Resource', 'RESOURCE', true, ${now})
    on conflict do nothing`;
  const [made] = await findDefault(tx, organizationId);
  return made?.id ?? adoptDefault(tx, organizationId);
}

/** There is a type of that key already, which nobody made the default: it is the one meant. */
async function adoptDefault(tx: Tx, organizationId: string): Promise<string> {
  const [adopted] = await tx.sql<{ id: string }>`
    update resource_type
    set is_default = true, version = version + 1
    where org_id = ${organizationId} and key = 'resource'
    returning id`;
  return adopted!.id;
}

const findDefault = (tx: Tx, organizationId: string): Promise<{ id: string }[]> =>
  tx.sql`select id from resource_type where org_id = ${organizationId} and is_default`;
