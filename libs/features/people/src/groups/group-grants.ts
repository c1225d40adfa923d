import { type Actor, demandGrantable, grantsOfGroup, type Rights } from '@berth/platform/auth';
import type { Tx } from '@berth/platform/database';

/**
 * Who decides who is in a group hands on what the group gives, and takes it away.
 * @throws Problem `permission-denied` naming the first right of the group that the actor has not where the group has it
 */
export async function demandGroupGrantable(tx: Tx, actor: Pick<Actor, 'organizationId'>, rights: Rights, groupId: string): Promise<void> {
  for (const { grant, scope } of await grantsOfGroup(tx, actor.organizationId, groupId))
    demandGrantable(rights, grant.permissions, scope, grant.until);
}
