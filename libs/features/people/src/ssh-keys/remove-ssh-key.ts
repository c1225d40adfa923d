import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';

/** Removes a public key of the actor's own. */
@Injectable()
export class RemoveSshKey {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found` when there is none or it is somebody else's */
  execute(actor: Actor, id: string): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const [removed] = await tx.sql<{ comment: string; fingerprint: string }>`
        delete from ssh_key where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and id = ${id}
        returning comment, fingerprint`;
      if (!removed) throw new Problem('not-found');
      const facts = { id, name: removed.comment, before: { fingerprint: removed.fingerprint } };
      await this.outbox.append(tx, actor, catalogueEvent('ssh_key.removed', facts));
    });
  }
}
