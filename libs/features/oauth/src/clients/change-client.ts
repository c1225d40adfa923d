import { catalogueEvent } from '@berth/contracts';
import { type Actor, ApiTokens, demandPlaces } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { type ClientSettings, settingsOf } from './client';
import { demandConsistent } from './client-rules';
import { type Client, ClientQueries } from './client.queries';
import { clientForUpdate, demandMayHold, updateClient } from './client.store';

export interface ChangeClientCommand {
  readonly id: string;
  /** Version the change was made on. */
  readonly version: number;
  readonly patch: Partial<ClientSettings>;
}

/** Changes what a client is registered for. Its tokens lose within 5 s what it loses. */
@Injectable()
export class ChangeClient {
  constructor(
    private readonly database: Database,
    private readonly queries: ClientQueries,
    private readonly tokens: ApiTokens,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `already-exists`, `validation-failed`, `invalid-reference`, `permission-denied`, `precondition-failed` with what it is now */
  execute(actor: Actor, { id, version, patch }: ChangeClientCommand): Promise<Client> {
    return this.database.transaction(actor, async (tx) => {
      const row = await clientForUpdate(tx, id);
      demandVersion(version, row.version, await this.queries.one(actor, id, tx));
      const before = settingsOf(row);
      const after: ClientSettings = { ...before, ...patch };
      demandConsistent(row.type, after);
      await demandPlaces(tx, actor.organizationId, after.places, after.scopes);
      const added = after.scopes.filter((it) => !before.scopes.includes(it));
      await demandMayHold(tx, actor, row.owner_id, added, this.clock.now());
      await updateClient(tx, id, after);
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('oauth_client.updated', { id, name: after.name, before: { ...before }, after: { ...after } }),
      );
      tx.afterCommit(() => this.tokens.forget({ clientId: id }));
      return this.queries.one(actor, id, tx);
    });
  }
}
