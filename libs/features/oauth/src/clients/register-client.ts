import { catalogueEvent } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { type Actor, demandPlaces } from '@berth/platform/auth';
import { Database, keepingNoAnswer } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { ClientSettings, ClientType } from './client';
import { demandConsistent } from './client-rules';
import { renewSecret } from './client-secrets';
import { type Client, ClientQueries } from './client.queries';
import { demandMayHold, insertClient } from './client.store';

/** Registers a client; the actor owns it. The secret of one that keeps it is in the answer and nowhere else. */
@Injectable()
export class RegisterClient {
  constructor(
    private readonly database: Database,
    private readonly queries: ClientQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `validation-failed`, `invalid-reference`, `already-exists`, `permission-denied` naming a scope the actor does not hold */
  execute(actor: Actor, command: ClientSettings & { readonly type: ClientType }): Promise<Client & { secret: string | null }> {
    demandConsistent(command.type, command);
    return this.database.transaction(keepingNoAnswer(actor), async (tx) => {
      const now = this.clock.now();
      const id = newId();
      await demandPlaces(tx, actor.organizationId, command.places, command.scopes);
      await demandMayHold(tx, actor, actor.accountId, command.scopes, now);
      await insertClient(tx, actor, { ...command, id }, now);
      const owned = { id, organizationId: actor.organizationId };
      const secret = command.type === 'confidential' ? await renewSecret(tx, owned, now, now) : null;
      const { type, grantTypes, redirectUris, scopes, perMinute, places } = command;
      const after = { type, grantTypes, redirectUris, scopes, perMinute, places };
      await this.outbox.append(tx, actor, catalogueEvent('oauth_client.created', { id, name: command.name, after }));
      return { ...(await this.queries.one(actor, id, tx)), secret };
    });
  }
}
