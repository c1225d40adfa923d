import { catalogueEvent } from '@berth/contracts';
import { type Actor, demand, demandGrantable, rightsUnderLock } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { deleteRole } from './role.store';
import { roleForUpdate } from './roles.queries';

/** Deletes a role that nobody has. */
@Injectable()
export class DeleteRole {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `precondition-failed` with what it is now, `still-in-use`, `permission-denied` */
  execute(actor: Actor, id: string, version: number): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const rights = await rightsUnderLock(tx, actor, now);
      demand(rights, 'role:manage');
      const current = await roleForUpdate(tx, actor.organizationId, id, now);
      demandVersion(version, current.version, current);
      const { name, permissions } = current;
      demandGrantable(rights, permissions, undefined, null);
      await deleteRole(tx, id);
      await this.outbox.append(tx, actor, catalogueEvent('role.deleted', { id, name: name ?? '', before: { permissions } }));
    });
  }
}
