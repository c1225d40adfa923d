import { catalogueEvent, Problem } from '@berth/contracts';
import { type Actor, type OwnSessions, Sessions } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';

/** Ends sessions of the actor's own: one, or all but one. What they gave out stops within seconds everywhere. */
@Injectable()
export class EndSessions {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found` when the one that is meant is no living session of the actor's */
  execute(actor: Actor, which: OwnSessions): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const ended = await this.sessions.endOwn(tx, { id: actor.accountId, organizationId: actor.organizationId }, which, 'ended-by-owner');
      if ('only' in which && ended.length === 0) throw new Problem('not-found');
      await this.outbox.append(tx, actor, ...ended.map((id) => catalogueEvent('session.revoked', { id })));
    });
  }
}
