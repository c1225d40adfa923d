import type { Actor } from '@berth/platform/auth';
import type { Tx } from '@berth/platform/database';
import { usualPreferences } from '../preferences/preferences';

/** How long before its end somebody is told that their time is running out. */
export const ENDING_LEAD_MINUTES = 15;
/** Who has less than this needs no telling. */
const ENDING_WORTH_MINUTES = 30;
/** Reservations in one statement: a longer one keeps those who book meanwhile waiting for a processor. */
const AT_ONCE = 20;

/** A reservation something happened to, and when. */
export interface Happened {
  readonly reservationId: string;
  readonly at: Date;
  /** It has just come into being: nothing is due for it yet. */
  readonly isNew: boolean;
}

/**
 * Makes what is due before reservations begin and end follow what they have become. What is due already when it happens is not
 * told: who books for in five minutes knows. What was due before and still is stays, however late anybody comes to tell it.
 */
export async function scheduleNotices(tx: Tx, happened: readonly Happened[]): Promise<void> {
  await dropStale(tx, [...new Set(happened.filter((it) => !it.isNew).map((it) => it.reservationId))]);
  const last = [...new Map(happened.map((it) => [it.reservationId, it])).values()];
  for (let from = 0; from < last.length; from += AT_ONCE) await addMissing(tx, last.slice(from, from + AT_ONCE));
}

async function dropStale(tx: Tx, reservationIds: readonly string[]): Promise<void> {
  if (reservationIds.length === 0) return;
  await tx.sql`
    delete from due_notice d using reservation r
    where r.id = any(${[...reservationIds]}::uuid[]) and d.reservation_id = r.id
      and (r.status not in ('confirmed', 'checked_in') or d.account_id <> r.organizer_id
        or d.due_at <> case d.kind when 'reminder' then r.starts_at else r.ends_at end - make_interval(mins => d.lead_minutes))`;
}

/** One look by key after another (`offset 0`): joined freely, all reservations are read for a few. */
async function addMissing(tx: Tx, happened: readonly Happened[]): Promise<void> {
  await tx.sql`
    insert into due_notice (reservation_id, account_id, kind, lead_minutes, org_id, due_at)
    select r.id, r.organizer_id, wanted.kind, wanted.lead, r.org_id, wanted.due_at
    from unnest(${happened.map((it) => it.reservationId)}::uuid[], ${happened.map((it) => it.at)}::timestamptz[]) as it(id, at)
    cross join lateral (select * from reservation where id = it.id and status in ('confirmed', 'checked_in') offset 0) r
    left join lateral (
      select reminder_lead_minutes from notification_preference where org_id = r.org_id and account_id = r.organizer_id offset 0) p on true
    cross join lateral (
      select 'reminder' as kind, lead, r.starts_at - make_interval(mins => lead) as due_at
      from unnest(coalesce(p.reminder_lead_minutes, ${[...usualPreferences.reminderLeadMinutes]}::integer[])) as lead
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
