import { newId } from '@berth/kernel';
import type { Tx } from '@berth/platform/database';
import type { PolicyDocument } from '@berth/scheduling';

/** A resource type to be added. */
export interface NewResourceType {
  readonly key: string;
  readonly name: string;
  readonly icon: string;
  readonly cutype: 'ROOM' | 'RESOURCE';
  readonly policy: PolicyDocument;
  readonly isDefault: boolean;
}

/** Adds a resource type to an organization, for the set-up; the caller tells. @returns its id */
export async function insertType(tx: Tx, organizationId: string, type: NewResourceType, now: Date): Promise<string> {
  const id = newId();
  await tx.sql`
    insert into resource_type (id, org_id, key, name, icon, cutype, is_default, policy, created_at)
    values (${id}, ${organizationId}, ${type.key}, ${type.name}, ${type.icon}, ${type.cutype}, ${type.isDefault}, ${JSON.stringify(type.policy)}, ${now})`;
  return id;
}
