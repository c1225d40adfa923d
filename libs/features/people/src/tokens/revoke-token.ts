import { catalogueEvent, Problem } from '@berth/contracts';
import { type Actor, ApiTokens } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';

/** Revokes a token somebody made; it is refused everywhere within 5 s. */
@Injectable()
export class RevokeToken {
  constructor(
    private readonly database: Database,
    private readonly tokens: ApiTokens,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @param whose `own` finds no token of anybody else
   * @throws Problem `not-found` when there is none, or it was revoked before
   */
  execute(actor: Actor, id: string, whose: 'own' | 'anybody'): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const [revoked] = await tx.sql<{ name: string; hash: Buffer }>`
        update api_token set revoked_at = ${this.clock.now()}
        where org_id = ${actor.organizationId} and id = ${id} and (account_id = ${actor.accountId} or ${whose === 'anybody'}) and client_id is null and revoked_at is null
        returning name, hash`;
      if (!revoked) throw new Problem('not-found');
      await this.outbox.append(tx, actor, catalogueEvent('api_token.revoked', { id, name: revoked.name }));
      tx.afterCommit(() => this.tokens.forget({ hash: revoked.hash }));
    });
  }
}
