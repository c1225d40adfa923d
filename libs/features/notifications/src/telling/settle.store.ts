import { type Statement, sql, type Tx } from '@berth/platform/database';
import type { LogEntry } from '@berth/platform/outbox';
import type { OwnNotification } from '../news-of-notifications';

/** Whether the notification `n` still waits for its person: read from what has become of the thing, so whatever came in between is right too. */
const stillWaits: Statement = sql`case n.kind
  when 'approval-asked' then exists (
    select from approval_request q
    where q.org_id = n.org_id and q.id = (n.target ->> 'approvalId')::uuid and q.status = 'waiting' and q.step = (n.target ->> 'step')::integer
      and (not exists (select from approval_approver p where p.request_id = q.id and p.step = q.step)
        or exists (select from approval_approver p where p.request_id = q.id and p.step = q.step and p.account_id = n.account_id and p.answer is null)))
  when 'question-asked' then exists (
    select from approval_question w join approval_request q on q.id = w.request_id
    where w.org_id = n.org_id and w.id = (n.target ->> 'questionId')::uuid and w.answer is null and q.status = 'waiting')
  when 'waitlist-offered' then exists (
    select from waitlist_entry e
    where e.org_id = n.org_id and e.id = n.subject_id and e.status = 'offered' and e.offer_until = (n.facts ->> 'expiresAt')::timestamptz)
  when 'check-in-due' then exists (
    select from reservation r where r.org_id = n.org_id and r.id = n.subject_id and r.status = 'confirmed')
  when 'ending-soon' then exists (
    select from reservation r
    where r.org_id = n.org_id and r.id = n.subject_id and r.status in ('confirmed', 'checked_in') and r.ends_at = (n.facts ->> 'end')::timestamptz)
  else false end`;

/** Ends what waits for people about these things where it is done: decided, answered, taken, passed, by whomever and wherever. */
export async function settleDone(tx: Tx, subjectIds: readonly string[], now: Date): Promise<OwnNotification[]> {
  if (subjectIds.length === 0) return [];
  return tx.sql<OwnNotification>`
    update notification n
    set needs_action = false, acted_at = ${now}
    where n.needs_action and n.subject_id = any(${[...new Set(subjectIds)]}::uuid[]) and not ${stillWaits}
    returning n.id, n.org_id as "organizationId", n.account_id as "accountId"`;
}

/** Lets what was ended by a cancellation wait again where that was taken back. */
export async function reopenRestored(tx: Tx, events: readonly LogEntry[]): Promise<OwnNotification[]> {
  const restored = events.filter((it) => it.type === 'reservation.restored');
  if (restored.length === 0) return [];
  const ids = restored.map((it) => it.subject.split('/')[1] ?? '');
  return tx.sql<OwnNotification>`
    update notification n
    set needs_action = true, acted_at = null
    where n.acted_at is not null and n.in_app and ${stillWaits}
      and (n.org_id, n.subject_id) in (select * from unnest(${restored.map((it) => it.organizationId)}::uuid[], ${ids}::uuid[]))
    returning n.id, n.org_id as "organizationId", n.account_id as "accountId"`;
}
