import { catalogueEvent } from '@berth/contracts';
import { type Actor, ApiTokens } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { ClientQueries } from './client.queries';
import { clientForUpdate } from './client.store';

/** Revokes a client for good: it, and every token it was given, is refused everywhere within 5 s. */
@Injectable()
export class RevokeClient {
  constructor(
    private readonly database: Database,
    private readonly queries: ClientQueries,
    private readonly tokens: ApiTokens,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found` when there is none, or it was revoked before; `precondition-failed` with what it is now */
  execute(actor: Actor, id: string, version: number): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const row = await clientForUpdate(tx, id);
      demandVersion(version, row.version, await this.queries.one(actor, id, tx));
      await tx.sql`update oauth_client set revoked_at = ${this.clock.now()}, version = version + 1 where org_id = ${actor.organizationId} and id = ${id}`;
      await tx.sql`delete from oauth_client_secret where org_id = ${actor.organizationId} and client_id = ${id}`;
      await this.outbox.append(tx, actor, catalogueEvent('oauth_client.revoked', { id, name: row.name }));
      tx.afterCommit(() => this.tokens.forget({ clientId: id }));
    });
  }
}
