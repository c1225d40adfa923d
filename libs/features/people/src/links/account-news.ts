import type { Tx } from '@berth/platform/database';
import { Mail, PublicLinks } from '@berth/platform/mail';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { accountAddress } from './account-letter.store';
import { letterOf, linkOf } from './letters';

/** How long the news of a change is worth telling. */
const NEWS_MS = 24 * 3_600_000;

/** What somebody is told about their account after it happened, so that they can say it was not them. */
export type News =
  | 'passwordChanged'
  | 'passkeyAdded'
  | 'passkeyCopied'
  | 'recoveryCodeUsed'
  | 'secondFactorReset'
  | 'setupReopened'
  | 'stoodInFor'
  | 'accountMerged'
  | 'accountMergedAway';

/** Tells people what became of their account, in the transaction in which it does. Where no mail leaves, nobody is told. */
@Injectable()
export class AccountNews {
  constructor(
    private readonly mail: Mail,
    private readonly links: PublicLinks,
    private readonly clock: Clock,
  ) {}

  async tell(tx: Tx, accountId: string, news: News, more: Readonly<Record<string, string>> = {}): Promise<void> {
    if (!this.mail.canSend) return;
    const account = await accountAddress(tx, accountId);
    if (!account) return;
    const now = this.clock.now();
    const format = new Intl.DateTimeFormat(account.language, { dateStyle: 'long', timeStyle: 'short', timeZone: account.time_zone });
    const values = { ...more, organization: account.organization, username: account.username, at: format.format(now) };
    await this.mail.post(tx, {
      ...{ organizationId: account.org_id, accountId: account.id, kind: news },
      usefulUntil: new Date(now.getTime() + NEWS_MS),
      to: { name: account.display_name, address: account.email },
      letter: letterOf(news, account.language, values, linkOf(this.links, news)),
    });
  }
}
