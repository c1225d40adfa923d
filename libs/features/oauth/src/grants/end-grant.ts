import { catalogueEvent } from '@berth/contracts';
import { ApiTokens } from '@berth/platform/auth';
import type { Tx } from '@berth/platform/database';
import { type Doer, Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { RevokedReason } from './grant';

/** Ends a grant and every token it gave, in the transaction of whoever has the reason. */
@Injectable()
export class EndGrant {
  constructor(
    private readonly tokens: ApiTokens,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Twice is not an error. @returns whether it still lived */
  async execute(tx: Tx, doer: Doer, grantId: string, reason: RevokedReason): Promise<boolean> {
    const [ended] = await tx.sql<{ name: string }>`
      update oauth_grant g set revoked_at = ${this.clock.now()}, revoked_reason = ${reason}
      from oauth_client c
      where g.org_id = ${tx.organizationId} and g.id = ${grantId} and g.revoked_at is null and c.org_id = g.org_id and c.id = g.client_id
      returning c.name`;
    if (!ended) return false;
    const type = reason === 'code-reuse' || reason === 'token-reuse' ? 'oauth_grant.reuse_detected' : 'oauth_grant.revoked';
    await this.outbox.append(tx, doer, catalogueEvent(type, { id: grantId, name: ended.name, after: { reason } }));
    tx.afterCommit(() => this.tokens.forget({ grantId }));
    return true;
  }
}
