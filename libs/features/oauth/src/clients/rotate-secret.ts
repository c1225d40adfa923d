import { catalogueEvent, Problem } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, keepingNoAnswer } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { renewSecret } from './client-secrets';
import { clientForUpdate, demandMayHold } from './client.store';

/** Gives a client a new secret; the one before it is good for a while, so that nothing stands still while it is replaced. */
@Injectable()
export class RotateSecret {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `invalid-state` for one without a secret, `permission-denied` where its owner may do more */
  execute(actor: Actor, id: string, overlapHours: number): Promise<{ secret: string; previousUntil: string }> {
    return this.database.transaction(keepingNoAnswer(actor), async (tx) => {
      const client = await clientForUpdate(tx, id);
      if (client.type === 'public') throw new Problem('invalid-state', { detail: 'A public client has no secret.' });
      const now = this.clock.now();
      await demandMayHold(tx, actor, client.owner_id, [], now);
      const ends = new Date(now.getTime() + overlapHours * 3_600_000);
      const secret = await renewSecret(tx, { id, organizationId: actor.organizationId }, now, ends);
      const previousUntil = formatInstant(ends);
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('oauth_client.secret_rotated', { id, name: client.name, after: { previousUntil } }),
      );
      return { secret, previousUntil };
    });
  }
}
