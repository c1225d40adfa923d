import { catalogueEvent } from '@berth/contracts';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { insertAccount } from '../account.store';
import { detailsOf, findLink, useLink } from '../links/account-link.store';
import type { RegistrationDetails } from './register';

/** Makes the account somebody asked for, now that they proved the address to be theirs. */
@Injectable()
export class ConfirmRegistration {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `link-invalid`, `already-exists` when somebody else took the name meanwhile */
  async execute(token: string, requestId: string): Promise<void> {
    const now = this.clock.now();
    await this.database.systemTransaction(async (tx) => {
      const link = await findLink(tx, 'registration', token, now);
      const details = detailsOf<RegistrationDetails>(this.secrets, link);
      await useLink(tx, 'registration', token, now);
      const row = await insertAccount(tx, { ...details, organizationId: link.org_id, role: 'user', emailVerified: true }, now);
      const doer = { organizationId: link.org_id, accountId: row.id, requestId };
      await this.outbox.append(tx, doer, catalogueEvent('user.created', { id: row.id, name: row.display_name, after: { role: row.role } }));
    });
  }
}
