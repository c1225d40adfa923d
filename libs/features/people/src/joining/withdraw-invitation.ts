import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';

/** Takes an invitation back: its link stops at once. */
@Injectable()
export class WithdrawInvitation {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found` for one that is not open */
  execute(actor: Actor, id: string): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const rows = await tx.sql`
        update account_link set withdrawn_at = ${this.clock.now()}, email = null
        where org_id = ${actor.organizationId} and id = ${id} and purpose = 'invitation' and used_at is null and withdrawn_at is null
        returning id`;
      if (rows.length === 0) throw new Problem('not-found');
      await this.outbox.append(tx, actor, catalogueEvent('invitation.withdrawn', { id }));
    });
  }
}
