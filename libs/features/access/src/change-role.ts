import { catalogueEvent, type Permission } from '@berth/contracts';
import { type Actor, demand, demandGrantable, denied, type Rights, rightsUnderLock } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { Role } from './role';
import { updateRole } from './role.store';
import { readRole, roleForUpdate } from './roles.queries';

export interface ChangeRoleCommand {
  readonly id: string;
  /** Version the change was made on. */
  readonly version: number;
  /** Merge patch. */
  readonly patch: { readonly name?: string; readonly description?: string | null; readonly permissions?: readonly Permission[] };
}

/** Changes a role for everybody who has it. */
@Injectable()
export class ChangeRole {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem `not-found`, `precondition-failed`, `already-exists`; `permission-denied` for a role the actor has, and
   *   for one that allows, or would allow, more than the actor may in the whole organization
   */
  execute(actor: Actor, { id, version, patch }: ChangeRoleCommand): Promise<Role> {
    return this.database.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const rights = await rightsUnderLock(tx, actor, now);
      demand(rights, 'role:manage');
      const current = await roleForUpdate(tx, actor.organizationId, id, now);
      demandVersion(version, current.version, current);
      const { name = current.name ?? '', description = current.description, permissions = current.permissions } = patch;
      await demandNotOwn(tx, actor, rights, id);
      demandGrantable(rights, [...current.permissions, ...permissions], undefined, null);

      await updateRole(tx, id, { name, description, permissions });
      const before = { name: current.name, description: current.description, permissions: current.permissions };
      await this.outbox.append(tx, actor, catalogueEvent('role.changed', { id, name, before, after: { name, description, permissions } }));
      return readRole(tx, actor.organizationId, id, now);
    });
  }
}

/** Nobody changes a role they have, or will have. @throws Problem `permission-denied` */
export async function demandNotOwn(tx: Tx, actor: Actor, rights: Rights, roleId: string): Promise<void> {
  const [own] = await tx.sql`
    select from role_assignment
    where org_id = ${actor.organizationId} and role_id::text = ${roleId}
      and (account_id = ${actor.accountId} or group_id = any(${[...rights.groupIds]}::uuid[]))
    limit 1`;
  if (own) throw denied('role:manage', undefined, 'Nobody changes a role they have themselves.');
}
