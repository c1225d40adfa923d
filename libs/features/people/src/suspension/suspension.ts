import { catalogueEvent, Problem } from '@berth/contracts';
import { type Actor, demandNotAbove, rightsUnderLock, Sessions } from '@berth/platform/auth';
import type { Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { withdrawLinksOf } from '../links/account-link.store';

/** Keeps people out and lets them in again, in the transaction of whoever decides what becomes of their reservations. */
@Injectable()
export class Suspension {
  constructor(
    private readonly sessions: Sessions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Suspends somebody: no sign-in, no session, no link of theirs goes on. Twice is not an error.
   * @throws Problem `not-found`, `permission-denied` for oneself and for somebody who may do more, `last-owner`
   */
  async begin(tx: Tx, actor: Actor, id: string): Promise<void> {
    await this.demandMay(tx, actor, id);
    const changed = await tx.sql`
      update account set status = 'suspended', version = version + 1
      where org_id = ${actor.organizationId} and id = ${id} and status = 'active' returning id`;
    await this.sessions.endOwn(tx, { id, organizationId: actor.organizationId }, { allBut: null }, 'suspended');
    await withdrawLinksOf(tx, id, ['password-reset', 'email-change'], this.clock.now());
    if (changed.length > 0)
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('user.suspended', { id, before: { status: 'active' }, after: { status: 'suspended' } }),
      );
  }

  /** Lets somebody in again; they sign in anew. @throws Problem `not-found`, `permission-denied` */
  async end(tx: Tx, actor: Actor, id: string): Promise<void> {
    await this.demandMay(tx, actor, id);
    const changed = await tx.sql`
      update account set status = 'active', version = version + 1
      where org_id = ${actor.organizationId} and id = ${id} and status = 'suspended' returning id`;
    if (changed.length > 0)
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('user.reactivated', { id, before: { status: 'suspended' }, after: { status: 'active' } }),
      );
  }

  private async demandMay(tx: Tx, actor: Actor, id: string): Promise<void> {
    const [person] = await tx.sql`select from account where org_id = ${actor.organizationId} and id = ${id} and erased_at is null`;
    if (!person) throw new Problem('not-found');
    const rights = await rightsUnderLock(tx, actor, this.clock.now());
    await demandNotAbove(tx, rights, actor.organizationId, id);
    if (id === actor.accountId)
      throw new Problem('permission-denied', { detail: 'Nobody suspends themselves.', permission: 'user:manage' });
  }
}
