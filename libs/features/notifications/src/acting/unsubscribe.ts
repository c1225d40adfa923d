import { catalogueEvent } from '@berth/contracts';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { type PreferencesRow, toPreferences } from '../preferences/preferences.queries';
import type { SealedUnsubscription } from './action-links';

/** Sends somebody no more letters of a kind; the rest stays as they chose. May be repeated. */
@Injectable()
export class Unsubscribe {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute({ organizationId, accountId, kind }: SealedUnsubscription): Promise<void> {
    const context = { organizationId, accountId, requestId: 'unsubscribe' };
    await this.database.transaction(context, async (tx) => {
      const people =
        await tx.sql`select from account where org_id = ${organizationId} and id = ${accountId} and status = 'active' for no key update`;
      if (people.length === 0) return;
      const [row] =
        await tx.sql<PreferencesRow>`select * from notification_preference where org_id = ${organizationId} and account_id = ${accountId}`;
      const { matrix, digest, digestAt, reminderLeadMinutes } = toPreferences(row);
      if (!matrix[kind].email) return;
      const without = JSON.stringify({ ...matrix, [kind]: { ...matrix[kind], email: false } });
      await tx.sql`
        insert into notification_preference (account_id, org_id, preset, matrix, digest, digest_at, reminder_lead_minutes, updated_at)
        values (${accountId}, ${organizationId}, 'own', ${without}, ${digest}, ${digestAt}, ${[...reminderLeadMinutes]}::integer[], ${this.clock.now()})
        on conflict (account_id) do update
        set preset = 'own', matrix = excluded.matrix, version = notification_preference.version + 1, updated_at = excluded.updated_at`;
      await this.outbox.append(tx, context, catalogueEvent('user.updated', { id: accountId, after: { noMailAbout: kind } }));
    });
  }
}
