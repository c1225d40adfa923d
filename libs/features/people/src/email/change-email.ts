import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Mail, PublicLinks } from '@berth/platform/mail';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { writeEmail } from '../account.store';
import type { AccountAddress } from '../links/account-letter.store';
import { insertLink, linkExpiry } from '../links/account-link.store';
import { letterOf, linkOf } from '../links/letters';
import { OwnPassword } from '../password/own-password';

/** What became of a wish for another address. */
export type EmailChange = { readonly state: 'mailed' | 'changed' };

/**
 * Asks for another e-mail address. Where mail leaves it is taken when somebody who reads it says so; where none does it is
 * taken as it is, and counts as not proved.
 */
@Injectable()
export class ChangeEmail {
  constructor(
    private readonly database: Database,
    private readonly ownPassword: OwnPassword,
    private readonly mail: Mail,
    private readonly links: PublicLinks,
    private readonly secrets: Secrets,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `password-wrong`; `already-exists` only where no mail could tell it to the owner */
  async execute(actor: Actor, { email, password }: { email: string; password: string }): Promise<EmailChange> {
    const account = await this.ownPassword.demand(actor, password);
    return this.database.transaction(actor, async (tx) => {
      if (this.mail.canSend) {
        await this.write(tx, account, email);
        return { state: 'mailed' as const };
      }
      await writeEmail(tx, account.id, email, null);
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('user.email_changed', { id: account.id, before: { email: account.email }, after: { email } }),
      );
      return { state: 'changed' as const };
    });
  }

  /** To the new address, whoever's it is: names are unique in the installation, and that one is taken must not be learned here. */
  private async write(tx: Tx, account: AccountAddress, email: string): Promise<void> {
    const now = this.clock.now();
    const { organization, username, language } = account;
    const link = { organizationId: account.org_id, purpose: 'email-change' as const, accountId: account.id, details: { email } };
    const { token } = await insertLink(tx, this.secrets, link, now);
    await this.mail.post(tx, {
      ...{ organizationId: account.org_id, accountId: account.id, kind: 'emailChange', usefulUntil: linkExpiry('email-change', now) },
      to: { name: account.display_name, address: email },
      letter: letterOf('emailChange', language, { organization, username }, linkOf(this.links, 'emailChange', token)),
    });
  }
}
