import { Problem } from '@berth/contracts';
import { type Actor, Passwords } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { accountAddress } from '../links/account-letter.store';
import { demandRecentSignIn } from '../recent-sign-in';
import { AccountPassword } from './account-password';
import { demandPassword } from './password-policy';

/** Gives who has signed in another way so far a password of their own as well. */
@Injectable()
export class SetPassword {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly accountPassword: AccountPassword,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `already-exists` where there is one, `recent-sign-in-required`, `password-refused` */
  async execute(actor: Actor, password: string): Promise<void> {
    const db = this.database.of(actor.organizationId);
    await demandRecentSignIn(db, actor, this.clock.now());
    const account = await accountAddress(db, actor.accountId);
    if (account?.password_hash !== null) throw thereIsOne();
    const { username, email, display_name: displayName } = account;
    await demandPassword(db, actor.organizationId, password, { username, email, displayName });
    const passwordHash = await this.passwords.hash(password);
    await this.database.transaction(actor, async (tx) => {
      const [row] = await tx.sql<{ password_hash: string | null }>`
        select password_hash from account where id = ${actor.accountId} for no key update`;
      if (row?.password_hash !== null) throw thereIsOne();
      await this.accountPassword.write(tx, account, passwordHash, { requestId: actor.requestId, keepsSession: actor.sessionId });
    });
  }
}

const thereIsOne = (): Problem => new Problem('already-exists', { detail: 'There is a password already; it can be changed.' });
