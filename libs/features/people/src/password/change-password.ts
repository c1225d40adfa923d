import { Problem } from '@berth/contracts';
import { type Actor, Passwords } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { accountAddress } from '../links/account-letter.store';
import { AccountPassword } from './account-password';
import { demandPassword } from './password-policy';
import { OwnPassword } from './own-password';

/** Changes one's own password; who does it shows that they know the present one, and stays signed in here only. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly ownPassword: OwnPassword,
    private readonly accountPassword: AccountPassword,
  ) {}

  /** @throws Problem `password-wrong`, `password-refused`, `precondition-failed` when it was changed meanwhile */
  async execute(actor: Actor, { current, password }: { current: string; password: string }): Promise<void> {
    const db = this.database.of(actor.organizationId);
    const account = await this.ownPassword.demand(actor, current, '/current');
    const { username, email, display_name: displayName } = account;
    await demandPassword(db, actor.organizationId, password, { username, email, displayName });
    const passwordHash = await this.passwords.hash(password);
    await this.database.transaction(actor, async (tx) => {
      await tx.sql`select from account where id = ${actor.accountId} for no key update`;
      const now = await accountAddress(tx, actor.accountId);
      // Of two changes at once the second would undo the first without knowing it.
      if (now?.password_hash !== account.password_hash) throw new Problem('precondition-failed');
      await this.accountPassword.write(tx, account, passwordHash, { requestId: actor.requestId, keepsSession: actor.sessionId });
    });
  }
}
