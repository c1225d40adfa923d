import { Problem } from '@berth/contracts';
import { Passwords } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Mail } from '@berth/platform/mail';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { accountAddress } from '../links/account-letter.store';
import { findLink, useLink } from '../links/account-link.store';
import { AccountPassword } from './account-password';
import { demandPassword } from './password-policy';

/** Sets the password of who has the link for it. Ends every session; does not sign in, so a second factor is asked for as ever. */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly accountPassword: AccountPassword,
    private readonly mail: Mail,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `link-invalid`, `password-refused`; the link is used up only when all is well */
  async execute(token: string, password: string, requestId: string): Promise<void> {
    const now = this.clock.now();
    const db = this.database.system;
    const link = await findLink(db, 'password-reset', token, now);
    const account = await accountAddress(db, link.account_id ?? '');
    if (!account) throw new Problem('link-invalid');
    const { username, email, display_name: displayName } = account;
    await demandPassword(db, account.org_id, password, { username, email, displayName });
    const passwordHash = await this.passwords.hash(password);
    await this.database.systemTransaction(async (tx) => {
      await useLink(tx, 'password-reset', token, now);
      // A link that was handed over proves nothing about the address.
      await this.accountPassword.write(tx, account, passwordHash, { requestId, provesEmail: this.mail.canSend });
    });
  }
}
