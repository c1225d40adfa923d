import type { Actor } from '@berth/platform/auth';
import { Database, type Sql } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { type Digest, type Matrix, matrixFor, type NotificationPreferences, type Preset, usualPreferences } from './preferences';

/** Preferences with the version `If-Match` names; 0 for who has not chosen. */
export interface VersionedPreferences extends NotificationPreferences {
  readonly version: number;
}

export interface PreferencesRow {
  account_id: string;
  preset: Preset;
  matrix: Partial<Matrix> | null;
  quiet_from: string | null;
  quiet_to: string | null;
  quiet_time_zone: string | null;
  digest: Digest;
  digest_at: string;
  reminder_lead_minutes: number[];
  version: number;
}

export function toPreferences(row: PreferencesRow | undefined): VersionedPreferences {
  if (!row) return { ...usualPreferences, version: 0 };
  const { quiet_from: from, quiet_to: to, quiet_time_zone: timeZone } = row;
  return {
    preset: row.preset,
    matrix: matrixFor(row.preset, row.matrix),
    quietHours: from && to && timeZone ? { from, to, timeZone } : null,
    digest: row.digest,
    digestAt: row.digest_at,
    reminderLeadMinutes: row.reminder_lead_minutes,
    version: row.version,
  };
}

/** Reads how people want to be told. */
@Injectable()
export class PreferencesQueries {
  constructor(private readonly database: Database) {}

  async own(actor: Actor, db: Sql = this.database.of(actor.organizationId)): Promise<VersionedPreferences> {
    const [row] = await db.sql<PreferencesRow>`
      select * from notification_preference where org_id = ${actor.organizationId} and account_id = ${actor.accountId}`;
    return toPreferences(row);
  }
}
