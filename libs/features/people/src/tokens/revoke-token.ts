import { catalogueEvent, Problem } from '@berth/contracts';
import { type Actor, ApiTokens } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';

/** Revokes a token of the actor's own; it is refused everywhere within 5 s. */
@Injectable()
export class RevokeToken {
  constructor(
    private readonly database: Database,
    private readonly tokens: ApiTokens,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found` when there is none, it is somebody else's or was revoked before */
  execute(actor: Actor, id: string): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const [revoked] = await tx.sql<{ name: string; hash: Buffer }>`
        update api_token set revoked_at = ${this.clock.now()}
        where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and id = ${id} and revoked_at is null
        returning name, hash`;
      if (!revoked) throw new Problem('not-found');
      await this.outbox.append(tx, actor, catalogueEvent('api_token.revoked', { id, name: revoked.name }));
      tx.afterCommit(() => this.tokens.forget(revoked.hash));
    });
  }
}
