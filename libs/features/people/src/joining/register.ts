import { catalogueEvent, Problem } from '@berth/contracts';
import { Passwords } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Mail, PublicLinks } from '@berth/platform/mail';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { insertAccount } from '../account.store';
import { insertLink, linkExpiry } from '../links/account-link.store';
import { type LetterKind, letterOf, linkOf } from '../links/letters';
import { demandPassword } from '../password/password-policy';
import { type Person, toPerson } from '../person';

export interface RegisterCommand {
  readonly username: string;
  readonly email: string;
  readonly displayName?: string;
  readonly password: string;
  /** In which the letter is written. */
  readonly language: string;
}

/** What a confirmed registration becomes. */
export interface RegistrationDetails {
  readonly username: string;
  readonly email: string;
  readonly displayName: string;
  readonly passwordHash: string;
}

interface OpenOrganization {
  readonly id: string;
  readonly name: string;
}

/**
 * Lets a person join by themselves, where the organization that was set up here takes registrations. Where mail leaves,
 * the account is made when its address is confirmed, and the answer is the same whether name and address are free; where
 * none does, nobody can be told anything but by the answer.
 */
@Injectable()
export class Register {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly mail: Mail,
    private readonly links: PublicLinks,
    private readonly secrets: Secrets,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the person, or undefined when the rest is in a letter
   * @throws Problem `registration-closed`, `password-refused`, `already-exists`
   */
  async execute(command: RegisterCommand, requestId: string): Promise<Person | undefined> {
    const [organization] = await this.database.system.sql<OpenOrganization>`
      select o.id, o.name from installation i join organization o on o.id = i.organization_id where o.registration_open`;
    if (!organization) throw new Problem('registration-closed');
    await demandPassword(this.database.system, organization.id, command.password, command);
    const details = {
      username: command.username,
      email: command.email,
      displayName: command.displayName ?? command.username,
      passwordHash: await this.passwords.hash(command.password),
    };
    return this.database.systemTransaction(async (tx) => {
      if (!this.mail.canSend) return this.join(tx, organization, details, requestId);
      await this.write(tx, organization, details, command.language);
      return undefined;
    });
  }

  private async join(tx: Tx, organization: OpenOrganization, details: RegistrationDetails, requestId: string): Promise<Person> {
    const row = await insertAccount(tx, { ...details, organizationId: organization.id, role: 'user' }, this.clock.now());
    const doer = { organizationId: organization.id, accountId: row.id, requestId };
    await this.outbox.append(tx, doer, catalogueEvent('user.created', { id: row.id, name: row.display_name, after: { role: row.role } }));
    return toPerson(row);
  }

  /** One letter in every case, about what is the case. */
  private async write(tx: Tx, organization: OpenOrganization, details: RegistrationDetails, language: string): Promise<void> {
    const now = this.clock.now();
    const [taken] = await tx.sql<{ email: boolean }>`
      select bool_or(lower(email) = lower(${details.email})) as email from account
      where lower(email) = lower(${details.email}) or lower(username) = lower(${details.username})
      having count(*) > 0`;
    const kind: LetterKind = taken ? (taken.email ? 'alreadyRegistered' : 'usernameTaken') : 'registration';
    const token = taken
      ? undefined
      : (await insertLink(tx, this.secrets, { organizationId: organization.id, purpose: 'registration', details }, now)).token;
    const values = { organization: organization.name, username: details.username };
    await this.mail.post(tx, {
      ...{ organizationId: organization.id, accountId: null, kind, usefulUntil: linkExpiry('registration', now) },
      to: { name: details.displayName, address: details.email },
      letter: letterOf(kind, language, values, linkOf(this.links, kind, token)),
    });
  }
}
