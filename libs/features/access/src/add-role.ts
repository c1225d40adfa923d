import { catalogueEvent } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { type Actor, demand, demandGrantable, rightsUnderLock } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { Role } from './role';
import { insertRole, type RoleValues } from './role.store';
import { readRole } from './roles.queries';

/** Makes a role of what its maker may do in the whole organization, or less. */
@Injectable()
export class AddRole {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `already-exists`, `permission-denied` naming the first right the actor has not */
  execute(actor: Actor, values: RoleValues): Promise<Role> {
    return this.database.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const rights = await rightsUnderLock(tx, actor, now);
      demand(rights, 'role:manage');
      demandGrantable(rights, values.permissions, undefined, null);
      const id = newId();
      await insertRole(tx, id, values, now);
      await this.outbox.append(tx, actor, catalogueEvent('role.created', { id, name: values.name, after: { ...values } }));
      return readRole(tx, actor.organizationId, id, now);
    });
  }
}
