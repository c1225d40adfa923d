import { catalogueEvent, Problem } from '@berth/contracts';
import { type Actor, demandNotAbove, rightsUnderLock } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { accountAddress } from '../links/account-letter.store';
import { ResetLetter } from './reset-letter';

/** Where the link went. */
export interface GivenLink {
  readonly state: 'mailed' | 'hand-over';
  /** Only where no mail leaves: an administrator who has it could set the password themselves. */
  readonly link: string | null;
}

/** Lets an administrator help somebody who forgot their password. */
@Injectable()
export class GivePasswordLink {
  constructor(
    private readonly database: Database,
    private readonly letter: ResetLetter,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found` for somebody who is not here or suspended, `permission-denied` for somebody who may do more than the actor */
  execute(actor: Actor, id: string): Promise<GivenLink> {
    return this.database.transaction(actor, async (tx) => {
      const account = await accountAddress(tx, id);
      if (!account) throw new Problem('not-found');
      // The link would lend whoever hands it over all the other may.
      await demandNotAbove(tx, await rightsUnderLock(tx, actor, this.clock.now()), actor.organizationId, id);
      const link = await this.letter.write(tx, account);
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('user.updated', { id, after: { passwordLink: link === null ? 'mailed' : 'handed-over' } }),
      );
      return { state: link === null ? 'mailed' : 'hand-over', link };
    });
  }
}
