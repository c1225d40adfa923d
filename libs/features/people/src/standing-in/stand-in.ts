import { Problem } from '@berth/contracts';
import { type Actor, type BegunStandIn, demand, demandNotAbove, rightsUnderLock, StandIns } from '@berth/platform/auth';
import { Database, keepingNoAnswer, type Tx } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { AccountNews } from '../links/account-news';
import { isAskedOfRoles } from '../second-factor/asked-of-roles';
import { hasSecondFactor } from '../second-factor/factors';

/** Lets somebody act as a person who may do no more than they do, for a while and a reason the person is told. */
@Injectable()
export class StandIn {
  constructor(
    private readonly database: Database,
    private readonly standIns: StandIns,
    private readonly news: AccountNews,
    private readonly clock: Clock,
  ) {}

  /**
   * @param reason goes to the person and into the log
   * @throws Problem `not-found` also for who is not active; `permission-denied` for oneself, for somebody who may do more, without
   *   a session of one's own, and for who has no second factor where one is asked of them
   */
  async execute(actor: Actor, id: string, reason: string): Promise<BegunStandIn & { readonly token: string }> {
    if (actor.via && actor.via.kind !== 'session') throw refused('Only with a session of one’s own.');
    if (id === actor.accountId) throw refused('Nobody stands in for themselves.');
    const begun = await this.database.transaction(keepingNoAnswer(actor), async (tx) => {
      const rights = await rightsUnderLock(tx, actor, this.clock.now());
      demand(rights, 'account:stand-in');
      await demandNotAbove(tx, rights, actor.organizationId, id);
      await this.demandActive(tx, actor, id);
      if (await lacksSecondFactor(tx, actor)) throw refused('Set up your second factor first.');
      const opened = await this.standIns.begin(tx, actor, id, reason);
      await this.news.tell(tx, id, 'stoodInFor', { admin: actor.displayName, reason });
      return opened;
    });
    return { ...begun, token: await this.standIns.tokenOf(actor, begun) };
  }

  private async demandActive(tx: Tx, actor: Actor, id: string): Promise<void> {
    const rows = await tx.sql`
      select from account where org_id = ${actor.organizationId} and id = ${id} and status = 'active' for share`;
    if (rows.length === 0) throw new Problem('not-found', { detail: 'They are not active.' });
  }
}

const refused = (detail: string): Problem => new Problem('permission-denied', { detail, permission: 'account:stand-in' });

/** Whether one of their roles asks for a second factor that they have not; whoever signed in before it was asked may. */
async function lacksSecondFactor(tx: Tx, actor: Actor): Promise<boolean> {
  const rows = await tx.sql`
    select from account a join organization o on o.id = a.org_id
    where a.org_id = ${actor.organizationId} and a.id = ${actor.accountId} and ${isAskedOfRoles} and not ${hasSecondFactor}`;
  return rows.length > 0;
}
