import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { ApplyMapping } from '../signing-in/apply-mapping';
import { deleteLinked } from './linked-identity.store';
import { readLinked } from './linked.queries';

/** Unlinks an account at a provider; what its groups and roles gave goes with it. */
@Injectable()
export class UnlinkAccount {
  constructor(
    private readonly database: Database,
    private readonly mapping: ApplyMapping,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found`; `last-way-in` when the person could not sign in any more */
  execute(actor: Actor, id: string): Promise<void> {
    const { organizationId, accountId } = actor;
    return this.database.transaction(actor, async (tx) => {
      const { provider } = await readLinked(tx, actor, id);
      if (!(await deleteLinked(tx, accountId, id))) throw new Problem('not-found');
      await this.mapping.withdraw(tx, { id: provider.id, organizationId, configuredBy: accountId }, accountId, actor.requestId);
      await this.outbox.append(tx, actor, catalogueEvent('linked_identity.removed', { id, name: provider.name, before: { accountId } }));
    });
  }
}
