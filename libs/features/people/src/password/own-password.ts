import { Problem } from '@berth/contracts';
import { type Actor, Lockout, Passwords } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { accountAddress, type AccountAddress } from '../links/account-letter.store';

/** Asks for the password once more before what a borrowed screen must not do. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly lockout: Lockout,
  ) {}

  /**
   * @param pointer where it stands in the request
   * @throws Problem `password-wrong`; `too-many-attempts` after five
   */
  async demand(actor: Actor, password: string, pointer = '/password'): Promise<AccountAddress> {
    const attempt = await this.lockout.begin(actor.accountId, `session ${actor.sessionId}`);
    const account = await accountAddress(this.database.of(actor.organizationId), actor.accountId);
    const isRight = await this.passwords.matches(password, account?.password_hash);
    if (!account || !isRight) {
      await this.lockout.failed(attempt);
      throw new Problem('password-wrong', { errors: [{ pointer, code: 'password-wrong', detail: 'is not the present password' }] });
    }
    await this.database.systemTransaction((tx) => this.lockout.succeeded(tx, attempt));
    return account;
  }

  /** The same, and passes for an account without a password, whose sign-in is elsewhere. */
  async demandWhereSet(actor: Actor, password: string): Promise<void> {
    const account = await accountAddress(this.database.of(actor.organizationId), actor.accountId);
    if (account?.password_hash !== null) await this.demand(actor, password);
  }
}
