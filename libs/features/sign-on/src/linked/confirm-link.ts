import { catalogueEvent, Problem } from '@berth/contracts';
import { demandRecentSignIn } from '@berth/people';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { ProvidersQueries } from '../providers/providers.queries';
import { useIdentity } from '../signing-in/proved-identity.store';
import { insertLinked } from './linked-identity.store';
import { type LinkedAccount, readLinked } from './linked.queries';

/**
 * Links what somebody proved at a provider to the account they have just signed in to in the way they had: they have shown
 * that both are theirs. It is how an account with the same address is found again, never by the address alone.
 */
@Injectable()
export class ConfirmLink {
  constructor(
    private readonly database: Database,
    private readonly providers: ProvidersQueries,
    private readonly secrets: Secrets,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `sign-in-expired`, `recent-sign-in-required`, `already-exists` */
  execute(actor: Actor, token: string | undefined): Promise<LinkedAccount> {
    const now = this.clock.now();
    return this.database.transaction(actor, async (tx) => {
      await demandRecentSignIn(tx, actor, now);
      const { identity, providerId } = await useIdentity(tx, this.secrets, token, now);
      const provider = await this.providers.byId(tx, providerId);
      if (!provider?.enabled) throw new Problem('sign-in-expired');
      const id = await insertLinked(tx, provider, actor.accountId, identity, now);
      if (!id) throw new Problem('already-exists', { detail: 'One of the two accounts is linked already.' });
      const facts = { id, name: provider.name, after: { accountId: actor.accountId } };
      await this.outbox.append(tx, actor, catalogueEvent('linked_identity.added', facts));
      return readLinked(tx, actor, id);
    });
  }
}
