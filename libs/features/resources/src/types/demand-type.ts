import { Problem } from '@berth/contracts';
import type { Sql } from '@berth/platform/database';

/** @throws Problem `invalid-reference` when the organization has no such type */
export async function demandType(db: Sql, organizationId: string, typeId: string): Promise<void> {
  const rows = await db.sql`select from resource_type where org_id = ${organizationId} and id = ${typeId}`;
  if (rows.length > 0) return;
  const detail = 'There is no such resource type.';
  throw new Problem('invalid-reference', { detail, errors: [{ pointer: '/typeId', code: 'invalid-reference', detail }] });
}
