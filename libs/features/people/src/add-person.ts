import { catalogueEvent, type Role } from '@berth/contracts';
import { type Actor, demandNotAbove, Passwords, rightsUnderLock } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { insertAccount } from './account.store';
import { demandPassword } from './password/password-policy';
import { type Person, toPerson } from './person';

export interface AddPersonCommand {
  readonly username: string;
  readonly email: string;
  readonly displayName?: string;
  readonly password: string;
  readonly role: Role;
}

/** Adds a person to the actor's organization. */
@Injectable()
export class AddPerson {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `already-exists` with the field that is taken, `permission-denied` for a role that allows more than the actor may, `password-refused` */
  async execute(actor: Actor, command: AddPersonCommand): Promise<Person> {
    await demandPassword(this.database.of(actor.organizationId), actor.organizationId, command.password, command);
    const passwordHash = await this.passwords.hash(command.password);
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      const rights = await rightsUnderLock(tx, actor, this.clock.now());
      const row = await insertAccount(
        tx,
        { ...command, organizationId, displayName: command.displayName ?? command.username, passwordHash },
        this.clock.now(),
      );
      // Whoever joins a group by its rule has what the group gives.
      await demandNotAbove(tx, rights, organizationId, row.id);
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('user.created', { id: row.id, name: row.display_name, after: { role: row.role } }),
      );
      return toPerson(row);
    });
  }
}
