import { catalogueEvent } from '@berth/contracts';
import { Passwords } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Mail } from '@berth/platform/mail';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { insertAccount } from '../account.store';
import { findLink, useLink } from '../links/account-link.store';
import { demandPassword } from '../password/password-policy';
import { type Person, toPerson } from '../person';

export interface AcceptCommand {
  readonly token: string;
  readonly username: string;
  readonly displayName?: string;
  readonly password: string;
}

/** Makes an invited person a member: with the address and the role the invitation has, and what they choose themselves. */
@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly mail: Mail,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `link-invalid`, `password-refused`, `already-exists`; the link is used up only when all is well */
  async execute(command: AcceptCommand, requestId: string): Promise<Person> {
    const now = this.clock.now();
    const db = this.database.system;
    const { org_id: organizationId, email, role } = await findLink(db, 'invitation', command.token, now);
    const chosen = { username: command.username, displayName: command.displayName ?? command.username, email: email ?? '' };
    await demandPassword(db, organizationId, command.password, chosen);
    const passwordHash = await this.passwords.hash(command.password);
    return this.database.systemTransaction(async (tx) => {
      const link = await useLink(tx, 'invitation', command.token, now);
      // A link that was handed over proves nothing about the address.
      const account = { ...chosen, organizationId, passwordHash, role: role ?? 'user', emailVerified: this.mail.canSend };
      const row = await insertAccount(tx, account, now);
      const doer = { organizationId, accountId: row.id, requestId };
      await this.outbox.append(
        tx,
        doer,
        catalogueEvent('invitation.accepted', { id: link.id }),
        catalogueEvent('user.created', { id: row.id, name: row.display_name, after: { role: row.role } }),
      );
      return toPerson(row);
    });
  }
}
