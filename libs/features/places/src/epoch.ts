import type { Tx } from '@berth/platform/database';

/** Says that something changed which the terms of several resources inherit: whoever remembers terms judges them again. */
export async function bumpEpoch(tx: Tx, organizationId: string): Promise<void> {
  await tx.sql`update organization set epoch = epoch + 1 where id = ${organizationId}`;
}
