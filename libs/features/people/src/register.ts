import { catalogueEvent, Problem } from '@berth/contracts';
import { Passwords } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { insertAccount } from './account.store';
import type { AddPersonCommand } from './add-person';
import { type Person, toPerson } from './person';

/** Lets a person join by themselves, where the organization that was set up here takes registrations. */
@Injectable()
export class Register {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `registration-closed`, `already-exists` */
  async execute(command: Omit<AddPersonCommand, 'role'>, requestId: string): Promise<Person> {
    const [organization] = await this.database.system.sql<{ id: string }>`
      select o.id from installation i join organization o on o.id = i.organization_id where o.registration_open`;
    if (!organization) throw new Problem('registration-closed');
    const passwordHash = await this.passwords.hash(command.password);
    return this.database.systemTransaction(async (tx) => {
      const account = {
        ...command,
        organizationId: organization.id,
        displayName: command.displayName ?? command.username,
        passwordHash,
        role: 'user' as const,
      };
      const row = await insertAccount(tx, account, this.clock.now());
      const doer = { organizationId: organization.id, accountId: row.id, requestId };
      await this.outbox.append(tx, doer, catalogueEvent('user.created', { id: row.id, name: row.display_name, after: { role: row.role } }));
      return toPerson(row);
    });
  }
}
