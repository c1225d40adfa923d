import type { Tx } from '@berth/platform/database';
import { Mail, PublicLinks } from '@berth/platform/mail';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { AccountAddress } from '../links/account-letter.store';
import { insertLink } from '../links/account-link.store';
import { letterOf, linkOf } from '../links/letters';

/** Makes the link that sets a new password, and hands it on: by mail, or to who asked for somebody else. */
@Injectable()
export class ResetLetter {
  constructor(
    private readonly mail: Mail,
    private readonly links: PublicLinks,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** @returns the link where no mail carries it */
  async write(tx: Tx, account: AccountAddress): Promise<string | null> {
    const now = this.clock.now();
    const made = await insertLink(
      tx,
      this.secrets,
      { organizationId: account.org_id, purpose: 'password-reset', accountId: account.id },
      now,
    );
    const link = linkOf(this.links, 'passwordReset', made.token);
    if (!this.mail.canSend) return link;
    const { organization, username } = account;
    await this.mail.post(tx, {
      ...{ organizationId: account.org_id, accountId: account.id, kind: 'passwordReset', usefulUntil: made.expiresAt },
      to: { name: account.display_name, address: account.email },
      letter: letterOf('passwordReset', account.language, { organization, username }, link),
    });
    return null;
  }
}
