import { catalogueEvent } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import type { Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { AccountNews } from '../links/account-news';
import { ownerOf } from '../second-factor/enrol';
import type { NewKey } from './ceremonies';
import { insertKey } from './passkey.store';

/** Keeps a new key and tells its owner, whichever way it was made. */
@Injectable()
export class KeepPasskey {
  constructor(
    private readonly news: AccountNews,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @returns the id of the passkey. @throws Problem `already-exists` when the key is known already */
  async execute(tx: Tx, owner: Pick<Actor, 'organizationId' | 'accountId' | 'requestId'>, name: string, key: NewKey): Promise<string> {
    const id = newId();
    await insertKey(tx, ownerOf(owner), { id, name }, key, this.clock.now());
    await this.outbox.append(tx, owner, catalogueEvent('passkey.added', { id, name }));
    await this.news.tell(tx, owner.accountId, 'passkeyAdded', { name });
    return id;
  }
}
