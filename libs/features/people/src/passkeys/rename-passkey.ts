import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';

/** Gives a passkey of the actor's own another name. */
@Injectable()
export class RenamePasskey {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found` when there is none or it is somebody else's */
  execute(actor: Actor, id: string, name: string): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const [renamed] = await tx.sql<{ before: string }>`
        update passkey p set name = ${name}
        from passkey was
        where p.org_id = ${actor.organizationId} and p.account_id = ${actor.accountId} and p.id = ${id} and was.id = p.id
        returning was.name as before`;
      if (!renamed) throw new Problem('not-found');
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('passkey.renamed', { id, name, before: { name: renamed.before }, after: { name } }),
      );
    });
  }
}
