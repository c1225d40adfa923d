import { Problem } from '@berth/contracts';
import type { Actor, Passwords } from '@berth/platform/auth';
import type { Sql } from '@berth/platform/database';
import { accountAddress, type AccountAddress } from '../links/account-letter.store';

/**
 * Asks for the password of whoever is signed in, before something that would lock them out.
 * @param pointer where it stands in the request
 * @throws Problem `password-wrong`
 */
export async function demandOwnPassword(
  db: Sql,
  passwords: Passwords,
  actor: Actor,
  password: string,
  pointer: string,
): Promise<AccountAddress> {
  const account = await accountAddress(db, actor.accountId);
  const isRight = await passwords.matches(password, account?.password_hash);
  if (account && isRight) return account;
  throw new Problem('password-wrong', { errors: [{ pointer, code: 'password-wrong', detail: 'is not the present password' }] });
}
