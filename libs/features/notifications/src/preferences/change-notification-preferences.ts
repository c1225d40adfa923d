import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { rewriteNoticesOf } from '../notices/due-notice.store';
import type { Matrix, NotificationPreferences } from './preferences';
import { PreferencesQueries, type VersionedPreferences } from './preferences.queries';

export interface WantedPreferences extends Omit<NotificationPreferences, 'matrix'> {
  /** Taken with the preset `own` only; what it leaves out is as usual. */
  readonly matrix?: Partial<Matrix>;
}

/** Chooses how one wants to be told; reminders of what is booked already follow at once. */
@Injectable()
export class ChangeNotificationPreferences {
  constructor(
    private readonly database: Database,
    private readonly queries: PreferencesQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `precondition-failed` */
  execute(actor: Actor, wanted: WantedPreferences, ifMatch: number | undefined): Promise<VersionedPreferences> {
    return this.database.transaction(actor, async (tx) => {
      await tx.sql`select from account where org_id = ${actor.organizationId} and id = ${actor.accountId} for no key update`;
      const before = await this.queries.own(actor, tx);
      if (ifMatch !== undefined && ifMatch !== before.version) throw new Problem('precondition-failed', { current: before });
      await this.write(tx, actor, wanted);
      const after = await this.queries.own(actor, tx);
      await rewriteNoticesOf(tx, actor, after.reminderLeadMinutes, this.clock.now());
      const changed = { id: actor.accountId, before: { notifications: chosen(before) }, after: { notifications: chosen(after) } };
      await this.outbox.append(tx, actor, catalogueEvent('user.updated', changed));
      return after;
    });
  }

  private async write(tx: Tx, actor: Actor, wanted: WantedPreferences): Promise<void> {
    const { quietHours: quiet } = wanted;
    const matrix = wanted.preset === 'own' ? JSON.stringify(wanted.matrix ?? {}) : null;
    const leads = [...new Set(wanted.reminderLeadMinutes)].sort((a, b) => a - b);
    await tx.sql`
      insert into notification_preference (account_id, org_id, preset, matrix, quiet_from, quiet_to, quiet_time_zone, digest, digest_at, reminder_lead_minutes, updated_at)
      values (${actor.accountId}, ${actor.organizationId}, ${wanted.preset}, ${matrix}, ${quiet?.from ?? null}, ${quiet?.to ?? null}, ${quiet?.timeZone ?? null},
              ${wanted.digest}, ${wanted.digestAt}, ${leads}::integer[], ${this.clock.now()})
      on conflict (account_id) do update
      set preset = excluded.preset, matrix = excluded.matrix, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
          quiet_time_zone = excluded.quiet_time_zone, digest = excluded.digest, digest_at = excluded.digest_at,
          reminder_lead_minutes = excluded.reminder_lead_minutes, version = notification_preference.version + 1, updated_at = excluded.updated_at`;
  }
}

const chosen = ({ preset, quietHours, digest, reminderLeadMinutes }: NotificationPreferences) => ({
  ...{ preset, quietHours, digest },
  reminderLeadMinutes: [...reminderLeadMinutes],
});
