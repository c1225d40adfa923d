import { catalogueEvent, Problem } from '@berth/contracts';
import { type Actor, demandNotAbove, rightsUnderLock, Sessions } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { AccountNews } from '../links/account-news';
import { OneTimeCodes } from './one-time-codes';
import { SecondFactorSwitch } from './second-factor-switch';

/** Lets an administrator help somebody who lost phone, key and codes: all of it goes, and the password lets them in to set it up anew. */
@Injectable()
export class ResetSecondFactor {
  constructor(
    private readonly database: Database,
    private readonly codes: OneTimeCodes,
    private readonly secondFactor: SecondFactorSwitch,
    private readonly sessions: Sessions,
    private readonly news: AccountNews,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @param reason goes to the person and into the log
   * @throws Problem `not-found` also for who has none; `permission-denied` for somebody who may do more than the actor, and for
   *   oneself, whose password is asked for elsewhere; `last-way-in` where a passkey is all they have
   */
  async execute(actor: Actor, id: string, reason: string): Promise<void> {
    if (id === actor.accountId)
      throw new Problem('permission-denied', { detail: 'One’s own is under Security.', permission: 'user:manage' });
    await this.database.transaction(actor, async (tx) => {
      await demandNotAbove(tx, await rightsUnderLock(tx, actor, this.clock.now()), actor.organizationId, id);
      const account = { id, organizationId: actor.organizationId };
      await this.secondFactor.hold(tx, account);
      if (!(await this.secondFactor.isOn(tx, account))) throw new Problem('not-found', { detail: 'They have no second factor.' });
      await this.codes.remove(tx, account);
      await tx.sql`delete from passkey where org_id = ${actor.organizationId} and account_id = ${id}`;
      await this.secondFactor.offWhereNoneIsLeft(tx, account);
      await this.sessions.endOwn(tx, account, { allBut: null }, 'second-factor-changed');
      await this.outbox.append(tx, actor, catalogueEvent('second_factor.reset', { id, after: { reason } }));
      await this.news.tell(tx, id, 'secondFactorReset', { admin: actor.displayName, reason });
    });
  }
}
