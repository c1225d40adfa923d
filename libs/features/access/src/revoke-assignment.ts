import { catalogueEvent } from '@berth/contracts';
import { type Actor, demand, demandGrantable, denied, grantOf, rightsUnderLock } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { readAssignment } from './assignments.queries';

/** Takes a role away; in force on every replica when what sessions believe of it has run out, within 4 s. */
@Injectable()
export class RevokeAssignment {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`; `permission-denied` for one's own, and for more than the actor has there */
  execute(actor: Actor, id: string): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const rights = await rightsUnderLock(tx, actor, this.clock.now());
      const { role, holder, place, from, until } = await readAssignment(tx, actor.organizationId, id);
      const { grant, scope } = await grantOf(tx, actor.organizationId, id);
      demand(rights, 'role:assign', scope);
      if (holder.id === actor.accountId || rights.groupIds.includes(holder.id))
        throw denied('role:assign', scope, 'Nobody changes their own roles.');
      demandGrantable(rights, grant.permissions, scope, grant.until);

      await tx.sql`delete from role_assignment where org_id = ${actor.organizationId} and id = ${id}`;
      await this.outbox.append(tx, actor, catalogueEvent('role.revoked', { id, before: { role, holder, place, from, until } }));
    });
  }
}
