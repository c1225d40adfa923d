import { catalogueEvent } from '@berth/contracts';
import { type Actor, demandNotAbove, rightsUnderLock, Sessions } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';

/** Ends every session of somebody, who may sign in again. */
@Injectable()
export class SignOutPerson {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `permission-denied` for somebody who may do more than the actor */
  execute(actor: Actor, id: string): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      await demandNotAbove(tx, await rightsUnderLock(tx, actor, this.clock.now()), actor.organizationId, id);
      await this.sessions.endOwn(tx, { id, organizationId: actor.organizationId }, { allBut: actor.sessionId }, 'ended-by-admin');
      await this.outbox.append(tx, actor, catalogueEvent('session.revoked', { id }));
    });
  }
}
