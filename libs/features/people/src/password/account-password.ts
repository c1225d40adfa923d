import { catalogueEvent } from '@berth/contracts';
import { Sessions, TrustedDevices } from '@berth/platform/auth';
import type { Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { AccountAddress } from '../links/account-letter.store';
import { AccountNews } from '../links/account-news';
import { withdrawLinksOf } from '../links/account-link.store';

/** Who changed it, and what of theirs goes on. */
export interface PasswordChangeBy {
  readonly requestId: string;
  /** The session it was changed in; undefined ends all of them. */
  readonly keepsSession?: string;
  /** Somebody who reads the address proved so by this. */
  readonly provesEmail?: boolean;
}

/** Writes a new password and everything that follows from one: other sessions end, browsers are asked for the second factor again, links stop, the person is told. */
@Injectable()
export class AccountPassword {
  constructor(
    private readonly sessions: Sessions,
    private readonly devices: TrustedDevices,
    private readonly news: AccountNews,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async write(tx: Tx, account: AccountAddress, passwordHash: string, by: PasswordChangeBy): Promise<void> {
    const now = this.clock.now();
    await tx.sql`
      update account
      set password_hash = ${passwordHash}, version = version + 1,
          email_verified_at = case when ${by.provesEmail ?? false} then coalesce(email_verified_at, ${now}) else email_verified_at end
      where id = ${account.id}`;
    await withdrawLinksOf(tx, account.id, ['password-reset', 'email-change'], now);
    const owner = { id: account.id, organizationId: account.org_id };
    await this.sessions.endOwn(tx, owner, { allBut: by.keepsSession ?? null }, 'password-changed');
    await this.devices.askAgain(tx, owner);
    const doer = { organizationId: account.org_id, accountId: account.id, requestId: by.requestId };
    await this.outbox.append(tx, doer, catalogueEvent('user.password_changed', { id: account.id }));
    await this.news.tell(tx, account.id, 'passwordChanged');
  }
}
