import { Problem, type Role } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { brokenConstraint, type Tx } from '@berth/platform/database';
import type { PersonRow } from './person';

/** A person to be added. */
export interface NewAccount {
  readonly organizationId: string;
  readonly username: string;
  readonly email: string;
  readonly displayName: string;
  /** null for who signs in another way. */
  readonly passwordHash: string | null;
  readonly role: Role;
  /** The address was proved to be theirs. */
  readonly emailVerified?: boolean;
}

/** @throws Problem `already-exists` when the username or e-mail is taken, with the field */
export async function insertAccount(tx: Tx, account: NewAccount, now: Date): Promise<PersonRow> {
  try {
    const [row] = await tx.sql<PersonRow>`
      insert into account (id, org_id, username, email, display_name, password_hash, role, created_at, email_verified_at)
      values (${newId()}, ${account.organizationId}, ${account.username}, ${account.email}, ${account.displayName},
              ${account.passwordHash}, ${account.role}, ${now}, ${account.emailVerified ? now : null})
      returning id, username, display_name, email, role, status, created_at, version`;
    return row!;
  } catch (error) {
    throw takenName(error);
  }
}

/** @param verifiedAt null when nobody has proved it. @throws Problem `already-exists` when it is taken */
export async function writeEmail(tx: Tx, accountId: string, email: string, verifiedAt: Date | null): Promise<void> {
  try {
    await tx.sql`
      update account set email = ${email}, email_verified_at = ${verifiedAt}, version = version + 1
      where id = ${accountId}`;
  } catch (error) {
    throw takenName(error);
  }
}

/** A name that is taken as a problem with its field; any other error as it is. */
function takenName(error: unknown): unknown {
  const field = { account_username_unique: '/username', account_email_unique: '/email' }[brokenConstraint(error) ?? ''];
  if (!field) return error;
  return new Problem('already-exists', { errors: [{ pointer: field, code: 'taken', detail: 'is in use already' }] });
}
