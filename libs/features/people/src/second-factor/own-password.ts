import { Problem } from '@berth/contracts';
import { type Actor, Lockout, Passwords } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { accountAddress } from '../links/account-letter.store';
import { demandOwnPassword } from '../password/own-password';

/** Asks for the password once more before what a borrowed screen must not do. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly lockout: Lockout,
  ) {}

  /**
   * Passes for an account without a password, whose sign-in is elsewhere.
   * @throws Problem `password-wrong`; `too-many-attempts` after five
   */
  async demand(actor: Actor, password: string): Promise<void> {
    const db = this.database.of(actor.organizationId);
    if ((await accountAddress(db, actor.accountId))?.password_hash === null) return;
    const attempt = await this.lockout.begin(actor.accountId, `session ${actor.sessionId}`);
    try {
      await demandOwnPassword(db, this.passwords, actor, password, '/password');
    } catch (error) {
      if (error instanceof Problem) await this.lockout.failed(attempt);
      throw error;
    }
    await this.database.systemTransaction((tx) => this.lockout.succeeded(tx, attempt));
  }
}
