import { catalogueEvent } from '@berth/contracts';
import { type Actor, ApiTokens } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { clientForUpdate } from './client.store';

/** Revokes a client for good: it, and every token it was given, is refused everywhere within 5 s. */
@Injectable()
export class RevokeClient {
  constructor(
    private readonly database: Database,
    private readonly tokens: ApiTokens,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found` when there is none, or it was revoked before */
  execute(actor: Actor, id: string): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const { name } = await clientForUpdate(tx, id);
      await tx.sql`update oauth_client set revoked_at = ${this.clock.now()}, version = version + 1 where org_id = ${actor.organizationId} and id = ${id}`;
      await tx.sql`delete from oauth_client_secret where org_id = ${actor.organizationId} and client_id = ${id}`;
      await this.outbox.append(tx, actor, catalogueEvent('oauth_client.revoked', { id, name }));
      tx.afterCommit(() => this.tokens.forget({ clientId: id }));
    });
  }
}
