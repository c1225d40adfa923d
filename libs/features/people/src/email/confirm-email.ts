import { catalogueEvent, Problem } from '@berth/contracts';
import { Database } from '@berth/platform/database';
import { Mail } from '@berth/platform/mail';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { writeEmail } from '../account.store';
import { accountAddress } from '../links/account-letter.store';
import { detailsOf, findLink, useLink, withdrawLinksOf } from '../links/account-link.store';
import { letterOf } from '../links/letters';

const NEWS_MS = 7 * 24 * 3_600_000;

/** Puts a proved address in the place of the old one, and tells the old one. */
@Injectable()
export class ConfirmEmail {
  constructor(
    private readonly database: Database,
    private readonly mail: Mail,
    private readonly secrets: Secrets,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `link-invalid`, `already-exists` when somebody else has the address */
  async execute(token: string, requestId: string): Promise<void> {
    const now = this.clock.now();
    await this.database.systemTransaction(async (tx) => {
      const link = await findLink(tx, 'email-change', token, now);
      const { email } = detailsOf<{ email: string }>(this.secrets, link);
      await useLink(tx, 'email-change', token, now);
      const account = await accountAddress(tx, link.account_id ?? '');
      if (!account) throw new Problem('link-invalid');
      await writeEmail(tx, account.id, email, now);
      // A link to the old address must not give the account back to who reads that.
      await withdrawLinksOf(tx, account.id, ['password-reset'], now);
      const doer = { organizationId: account.org_id, accountId: account.id, requestId };
      await this.outbox.append(
        tx,
        doer,
        catalogueEvent('user.email_changed', { id: account.id, before: { email: account.email }, after: { email } }),
      );
      if (!this.mail.canSend) return;
      await this.mail.post(tx, {
        ...{ organizationId: account.org_id, accountId: account.id, kind: 'emailChanged', usefulUntil: new Date(now.getTime() + NEWS_MS) },
        to: { name: account.display_name, address: account.email },
        letter: letterOf('emailChanged', account.language, { organization: account.organization, username: account.username }),
      });
    });
  }
}
