import { catalogueEvent } from '@berth/contracts';
import { type Actor, demand, rightsUnderLock } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
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

  /** @throws Problem `not-found`, `precondition-failed` with what it is now, `last-way-in`; `permission-denied` for taking away more than the actor has */
  execute(actor: Actor, id: string, version: number): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const rights = await rightsUnderLock(tx, actor, this.clock.now());
      demand(rights, 'organization:manage');
      await tx.sql`select from identity_provider where org_id = ${actor.organizationId} and id = ${id} for update`;
      const current = await this.queries.one(tx, actor.organizationId, id);
      demandVersion(version, current.version, current);
      await demandMayGive(tx, actor.organizationId, rights, current);
      await deleteProvider(tx, actor.organizationId, id);
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('identity_provider.deleted', { id, name: current.name, before: { key: current.key, issuer: current.issuer } }),
      );
    });
  }
}
