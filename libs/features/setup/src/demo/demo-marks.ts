import type { Context, Tx } from '@berth/platform/database';

/** The types an organization has before its start data comes: they are its own. */
export async function ownTypes(tx: Tx, { organizationId }: Context): Promise<string[]> {
  return (await tx.sql<{ id: string }>`select id from resource_type where org_id = ${organizationId}`).map((it) => it.id);
}

/** Marks everything that stands in the organization as demo, except whose set-up it is and its own types. */
export async function markDemo(tx: Tx, { organizationId, accountId }: Context, own: readonly string[]): Promise<void> {
  await tx.sql`select mark_demo(${organizationId}, ${accountId}, ${own}::uuid[])`;
}
