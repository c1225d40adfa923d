import type { Tx } from '@berth/platform/database';
import { insertType, type ResourceTypeValues } from './resource-type.store';

/** A type an organization starts with. */
export interface StartingType extends Omit<ResourceTypeValues, 'fields'> {
  readonly key: string;
}

/** Gives a new organization its types; resources that name none get the first. The set-up tells. */
export async function insertStartingTypes(tx: Tx, organizationId: string, types: readonly StartingType[], now: Date): Promise<void> {
  const ids: string[] = [];
  for (const type of types) ids.push(await insertType(tx, organizationId, type.key, { ...type, fields: [] }, now));
  await tx.sql`update resource_type set is_default = true where org_id = ${organizationId} and id = ${ids[0]}`;
}
