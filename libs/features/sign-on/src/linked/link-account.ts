import { catalogueEvent } from '@berth/contracts';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { KnownProvider } from '../providers/provider';
import type { Identity } from '../signing-in/identity';
import { SignOnFailed } from '../signing-in/sign-on-failed';
import { insertLinked, linkedTo } from './linked-identity.store';

/** The session somebody began to link in; they showed there who they are. */
export interface LinkingSession {
  readonly accountId: string;
  readonly sessionId: string;
  readonly requestId: string;
}

/** Links an account at a provider to the one somebody is signed in with. */
@Injectable()
export class LinkAccount {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws SignOnFailed `not-begun-here` when the session is over, `already-linked` to somebody, or another one of the person's */
  async execute(provider: KnownProvider, identity: Identity, { accountId, sessionId, requestId }: LinkingSession): Promise<void> {
    const { organizationId, name } = provider;
    const now = this.clock.now();
    const doer = { organizationId, accountId, requestId };
    await this.database.transaction(doer, async (tx) => {
      const living = await tx.sql`
        select from session s join account a on a.org_id = s.org_id and a.id = s.account_id and a.status = 'active'
        where s.org_id = ${organizationId} and s.id = ${sessionId} and s.account_id = ${accountId} and s.revoked_at is null and s.expires_at > ${now}`;
      if (living.length === 0) throw new SignOnFailed('not-begun-here');
      const id = await insertLinked(tx, provider, accountId, identity, now);
      if (id) return this.outbox.append(tx, doer, catalogueEvent('linked_identity.added', { id, name, after: { accountId } }));
      // Twice the same is not an error.
      if ((await linkedTo(tx, provider.id, identity.subject))?.accountId !== accountId) throw new SignOnFailed('already-linked');
    });
  }
}
