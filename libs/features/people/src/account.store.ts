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
  readonly passwordHash: string;
  readonly role: Role;
}

/** @throws Problem `already-exists` when the username or e-mail is taken, with the field */
export async function insertAccount(tx: Tx, account: NewAccount, now: Date): Promise<PersonRow> {
  try {
    const [row] = await tx.sql<PersonRow>`
      insert into account (id, org_id, username, email, display_name, password_hash, role, created_at)
      values (${newId()}, ${account.organizationId}, ${account.username}, ${account.email}, ${account.displayName},
              ${account.passwordHash}, ${account.role}, ${now})
      returning id, username, display_name, email, role, created_at, version`;
    return row!;
  } catch (error) {
    const field = { account_username_unique: '/username', account_email_unique: '/email' }[brokenConstraint(error) ?? ''];
    if (!field) throw error;
    throw new Problem('already-exists', { errors: [{ pointer: field, code: 'taken', detail: 'is in use already' }] });
  }
}
