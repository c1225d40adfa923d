import type { Actor } from '@berth/platform/auth';
import type { Tx } from '@berth/platform/database';
import { usualPreferences } from '../preferences/preferences';

/** How long before its end somebody is told that their time is running out. */
export const ENDING_LEAD_MINUTES = 15;
/** Who has less than this needs no telling. */
const ENDING_WORTH_MINUTES = 30;

/** A reservation something happened to, and when. */
export interface Happened {
  readonly reservationId: string;
  readonly at: Date;
}

/**
 * Makes what is due before reservations begin and end follow what they have become. What is due already when it happens is not
 * told: who books for in five minutes knows. What was due before and still is stays, however late anybody comes to tell it.
 */
export async function scheduleNotices(tx: Tx, happened: readonly Happened[]): Promise<void> {
  if (happened.length === 0) return;
  const last = new Map(happened.map((it) => [it.reservationId, it.at]));
  const ids = [...last.keys()];
  const times = [...last.values()];
  const usual = [...usualPreferences.reminderLeadMinutes];
  await tx.sql`
    delete from due_notice d using reservation r
    where r.id = any(${ids}::uuid[]) and d.reservation_id = r.id
      and (r.status not in ('confirmed', 'checked_in') or d.account_id <> r.organizer_id
        or d.due_at <> case d.kind when 'reminder' then r.starts_at else r.ends_at end - make_interval(mins => d.lead_minutes))`;
  await tx.sql`
    insert into due_notice (reservation_id, account_id, kind, lead_minutes, org_id, due_at)
    select r.id, r.organizer_id, wanted.kind, wanted.lead, r.org_id, wanted.due_at
    from unnest(${ids}::uuid[], ${times}::timestamptz[]) as it(id, at)
    join reservation r on r.id = it.id and r.status in ('confirmed', 'checked_in')
    left join notification_preference p on p.org_id = r.org_id and p.account_id = r.organizer_id
    cross join lateral (
      select 'reminder' as kind, lead, r.starts_at - make_interval(mins => lead) as due_at
      from unnest(coalesce(p.reminder_lead_minutes, ${usual}::integer[])) as lead
      union all
      select 'ending-soon', ${ENDING_LEAD_MINUTES}::integer, r.ends_at - make_interval(mins => ${ENDING_LEAD_MINUTES}::integer)
      where r.ends_at - r.starts_at > make_interval(mins => ${ENDING_WORTH_MINUTES}::integer)
    ) as wanted
    where wanted.due_at > it.at
    on conflict do nothing`;
}

/** Lets the reminders of what somebody has before them follow what they chose. */
export async function rewriteNoticesOf(tx: Tx, { organizationId, accountId }: Actor, leads: readonly number[], now: Date): Promise<void> {
  await tx.sql`
    delete from due_notice
    where org_id = ${organizationId} and account_id = ${accountId} and kind = 'reminder' and lead_minutes <> all(${[...leads]}::integer[])`;
  await tx.sql`
    insert into due_notice (reservation_id, account_id, kind, lead_minutes, org_id, due_at)
    select r.id, r.organizer_id, 'reminder', lead, r.org_id, r.starts_at - make_interval(mins => lead)
    from reservation r cross join unnest(${[...leads]}::integer[]) as lead
    where r.org_id = ${organizationId} and r.organizer_id = ${accountId} and r.status in ('confirmed', 'checked_in')
      and r.starts_at > ${now} and r.starts_at - make_interval(mins => lead) > ${now}
    on conflict do nothing`;
}
