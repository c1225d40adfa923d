import { catalogueEvent, Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { insertAccount } from '@berth/people';
import { Passwords, Sessions, type TokenAnswer } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { insertStartingTypes } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { type Kind, typeOfKind } from './kinds';

/** What the first person says about the organization and themselves. */
export interface InitialiseCommand {
  readonly organization: {
    readonly name: string;
    readonly timeZone: string;
    readonly language: string;
    readonly weekStart: number;
    readonly hours: object | null;
    readonly registrationOpen: boolean;
    readonly demo: boolean;
  };
  readonly admin: { readonly username: string; readonly email: string; readonly displayName: string; readonly password: string };
  readonly kinds: readonly Kind[];
}

/** Where it came from. */
export interface InitialiseOrigin {
  readonly requestId: string;
  readonly userAgent?: string;
  readonly address?: string | null;
}

/** Creates the organization and its first administrator. Of parallel set-ups exactly one wins. */
@Injectable()
export class Initialise {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `setup-done` */
  async execute(command: InitialiseCommand, origin: InitialiseOrigin): Promise<TokenAnswer> {
    const passwordHash = await this.passwords.hash(command.admin.password);
    return this.database.systemTransaction(async (tx) => {
      const organizationId = newId();
      const now = this.clock.now();
      await this.win(tx, organizationId, command, now);
      const admin = await insertAccount(tx, { ...command.admin, organizationId, passwordHash, role: 'admin' }, now);
      await insertStartingTypes(
        tx,
        organizationId,
        command.kinds.map((it) => typeOfKind[it]),
        now,
      );

      const doer = { organizationId, accountId: admin.id, requestId: origin.requestId };
      const { name, timeZone } = command.organization;
      await this.outbox.append(
        tx,
        doer,
        catalogueEvent('organization.created', { id: organizationId, name, after: { name, timeZone } }),
        catalogueEvent('user.created', { id: admin.id, name: admin.display_name, after: { role: 'admin' } }),
      );
      return this.sessions.open(tx, { id: admin.id, organizationId }, origin);
    });
  }

  /** The one row of `installation` decides: a rival waits for it and then finds it filled. */
  private async win(tx: Tx, organizationId: string, { organization }: InitialiseCommand, now: Date): Promise<void> {
    const open = await tx.sql`select from installation where organization_id is null for update`;
    if (open.length === 0) throw new Problem('setup-done');
    await tx.sql`
      insert into organization (id, name, time_zone, language, week_start, registration_open, demo, hours, created_at)
      values (${organizationId}, ${organization.name}, ${organization.timeZone}, ${organization.language}, ${organization.weekStart},
              ${organization.registrationOpen}, ${organization.demo}, ${organization.hours && JSON.stringify(organization.hours)}, ${now})`;
    await tx.sql`update installation set organization_id = ${organizationId}, set_up_at = ${now}, setup_token_hash = null`;
  }
}

/** The same hours on some weekdays. */
export const hoursOn = (weekdays: readonly number[], opens: string, closes: string): object => ({
  days: weekdays.map((weekday) => ({ weekday, intervals: [{ opens, closes }] })),
});
