import { catalogueEvent, Problem } from '@berth/contracts';
import type { Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { AccountNews } from '../links/account-news';
import type { ShownKey } from './ceremonies';
import { countUse, type StoredKey } from './passkey.store';

/** Takes a key that signed, unless its counter says that there are two of it: then its owner is told, and it is not taken. */
@Injectable()
export class AcceptPasskey {
  constructor(
    private readonly news: AccountNews,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** A refusal is given back, not thrown: that its owner was told has to be committed. */
  async execute(tx: Tx, key: StoredKey, shown: ShownKey, requestId: string): Promise<Problem | undefined> {
    if (await countUse(tx, key, shown, this.clock.now())) return undefined;
    const { id, name, organizationId, accountId } = key;
    const facts = { id, name, after: { counter: shown.counter } };
    await this.outbox.append(tx, { organizationId, accountId, requestId }, catalogueEvent('passkey.counter_regressed', facts));
    await this.news.tell(tx, accountId, 'passkeyCopied', { name });
    return new Problem('passkey-copied');
  }
}
