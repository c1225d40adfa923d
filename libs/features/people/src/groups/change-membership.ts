import { catalogueEvent, Problem } from '@berth/contracts';
import { type Actor, denied, may, rightsUnderLock } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { Group } from './group';
import { demandGroupGrantable } from './group-grants';
import { deleteMember, writeMember } from './group.store';
import { groupForUpdate, readGroup } from './groups.queries';

export type MembershipCommand = { readonly groupId: string; readonly accountId: string } & (
  { readonly to: 'in'; readonly mayAddMembers: boolean } | { readonly to: 'out' }
);

/**
 * Puts a person into a group, or takes them out: for who manages groups, and for members who may add members. Either has
 * all that the group gives; only who manages groups says who else may add members.
 */
@Injectable()
export class ChangeMembership {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `invalid-state` for a group by rule, `invalid-reference` */
  execute(actor: Actor, command: MembershipCommand): Promise<Group> {
    const { groupId, accountId } = command;
    return this.database.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const rights = await rightsUnderLock(tx, actor, now);
      const group = await groupForUpdate(tx, actor, groupId);
      const manages = may(rights, 'group:manage');
      if (!manages && !(await mayAddMembers(tx, groupId, actor.accountId))) throw denied('group:manage');
      if (group.kind === 'rule') throw new Problem('invalid-state', { detail: 'Its rule says who is in this group.', state: 'rule' });
      const wasDelegate = await mayAddMembers(tx, groupId, accountId);
      const isDelegate = command.to === 'in' && command.mayAddMembers;
      if (!manages && wasDelegate !== isDelegate) throw denied('group:manage');
      await demandGroupGrantable(tx, actor, rights, groupId);

      if (command.to === 'in') await writeMember(tx, groupId, accountId, command.mayAddMembers, now);
      else if (!(await deleteMember(tx, groupId, accountId))) throw new Problem('not-found');
      const change =
        command.to === 'in' ? { after: { accountId, mayAddMembers: isDelegate } } : { before: { accountId, mayAddMembers: wasDelegate } };
      await this.outbox.append(tx, actor, catalogueEvent('group.membership_changed', { id: groupId, name: group.name, ...change }));
      return readGroup(tx, actor, groupId);
    });
  }
}

async function mayAddMembers(tx: Tx, groupId: string, accountId: string): Promise<boolean> {
  const rows = await tx.sql`
    select from group_member
    where org_id = ${tx.organizationId} and group_id = ${groupId} and account_id = ${accountId} and may_add_members`;
  return rows.length > 0;
}
