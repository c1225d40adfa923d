import type { Sql } from '@berth/platform/database';
import { type PreferencesRow, toPreferences } from '../preferences/preferences.queries';
import type { NotificationPreferences } from '../preferences/preferences';

/** Somebody who is told something, with the words and the clock they read. */
export interface Recipient {
  readonly id: string;
  readonly organizationId: string;
  readonly organization: string;
  readonly name: string;
  readonly email: string;
  readonly language: string;
  /** What they chose; null reads times in the zone of the thing. */
  readonly ownZone: string | null;
  readonly zone: string;
  readonly hourCycle: 'h23' | 'h12';
  readonly preferences: NotificationPreferences;
}

interface RecipientRow {
  id: string;
  org_id: string;
  organization: string;
  display_name: string;
  email: string;
  language: string;
  own_zone: string | null;
  org_zone: string;
  hour_cycle: 'h23' | 'h12';
  wants: PreferencesRow | null;
}

/** Those of these people who can be told anything: active accounts. */
export async function readRecipients(db: Sql, ids: readonly string[]): Promise<Map<string, Recipient>> {
  if (ids.length === 0) return new Map();
  const rows = await db.sql<RecipientRow>`
    select a.id, a.org_id, o.name as organization, a.display_name, a.email, coalesce(a.preferences ->> 'language', o.language) as language,
           a.preferences ->> 'timeZone' as own_zone, o.time_zone as org_zone, coalesce(a.preferences ->> 'hourCycle', 'h23') as hour_cycle,
           case when p.account_id is not null then to_jsonb(p) end as wants
    from account a
    join organization o on o.id = a.org_id
    left join notification_preference p on p.org_id = a.org_id and p.account_id = a.id
    where a.id = any(${[...new Set(ids)]}::uuid[]) and a.status = 'active'`;
  return new Map(rows.map((it) => [it.id, toRecipient(it)]));
}

const toRecipient = (row: RecipientRow): Recipient => ({
  id: row.id,
  organizationId: row.org_id,
  organization: row.organization,
  name: row.display_name,
  email: row.email,
  language: row.language,
  ownZone: row.own_zone,
  zone: row.own_zone ?? row.org_zone,
  hourCycle: row.hour_cycle,
  preferences: toPreferences(row.wants ?? undefined),
});
