import { catalogueEvent } from '@berth/contracts';
import { type Actor, demand, rightsUnderLock } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { demandMayGive } from './provider-rights';
import { deleteProvider } from './provider.store';
import { ProvidersQueries } from './providers.queries';

/** Removes a provider with its links and with the groups and roles it gave; nobody is left without a way in. */
@Injectable()
export class RemoveProvider {
  constructor(
    private readonly database: Database,
    private readonly queries: ProvidersQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `last-way-in`; `permission-denied` for taking away more than the actor has */
  execute(actor: Actor, id: string): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const rights = await rightsUnderLock(tx, actor, this.clock.now());
      demand(rights, 'organization:manage');
      const { name, key, issuer, ...provider } = await this.queries.one(tx, actor.organizationId, id);
      await demandMayGive(tx, actor.organizationId, rights, { ...provider, name });
      await deleteProvider(tx, actor.organizationId, id);
      await this.outbox.append(tx, actor, catalogueEvent('identity_provider.deleted', { id, name, before: { key, issuer } }));
    });
  }
}
