import { formatInstant } from '@berth/kernel';
import { type Scope, scopeOf } from '@berth/platform/auth';
import type { Sql } from '@berth/platform/database';
import type { Draft } from './draft';
import { peopleWith } from './people-with.store';
import { draftOf, type ReservationNews } from './reservation-drafts';

interface AskedRow {
  readonly id: string;
  readonly step: number;
  readonly due_at: Date;
  readonly requested_by: string;
  /** Those of the step who have not answered. */
  readonly asked: string[];
  /** Nobody was named at this step: it is for those who manage. */
  readonly is_open: boolean;
}

/** Those who are asked to decide are told, each once for each step; of the dates of a series only the first by mail. */
export async function approvalDrafts(db: Sql, news: readonly ReservationNews[], now: Date): Promise<Draft[]> {
  const asking = news.filter((it) => it.event.type === 'reservation.approval_requested' && it.facts.approval);
  if (asking.length === 0) return [];
  const rows = await db.sql<AskedRow>`
    select q.id, q.step, q.due_at, q.requested_by,
           array(select p.account_id::text from approval_approver p where p.request_id = q.id and p.step = q.step and p.answer is null order by p.account_id) as asked,
           not exists (select from approval_approver p where p.request_id = q.id and p.step = q.step) as is_open
    from approval_request q
    where q.status = 'waiting' and q.id = any(${asking.map((it) => it.facts.approval?.id ?? '')}::uuid[])`;
  const requests = new Map(rows.map((it) => [it.id, it]));
  const mailed = new Set<string>();
  const drafts: Draft[] = [];
  for (const it of asking) {
    const request = requests.get(it.facts.approval?.id ?? '');
    if (!request) continue;
    const people = request.is_open ? await managersOf(db, it, now) : request.asked;
    for (const accountId of people.filter((id) => id !== it.facts.organizerId && id !== request.requested_by)) {
      const letter = `${accountId}/${it.booking.series_id ?? it.booking.id}`;
      drafts.push({ ...askOf(it, request, accountId), withoutLetter: mailed.has(letter) });
      mailed.add(letter);
    }
  }
  return drafts;
}

function askOf(news: ReservationNews, request: AskedRow, accountId: string): Draft {
  const { booking } = news;
  return draftOf(news, 'approval-asked', accountId, {
    cause: `approval/${request.id}/${request.step}`,
    facts: { personId: booking.organizer_id, personName: booking.organizer_name, expiresAt: formatInstant(request.due_at) },
    target: { reservationId: booking.id, approvalId: request.id, step: request.step },
    verbs: ['approve', 'reject'],
    usefulUntil: request.due_at,
    isOwnDoing: false,
  });
}

async function managersOf(db: Sql, { event, booking }: ReservationNews, now: Date): Promise<string[]> {
  const scopes: (Scope | undefined)[] = [];
  for (const resourceId of booking.resource_ids) scopes.push(await scopeOf(db, event.organizationId, { resourceId }));
  return peopleWith(db, event.organizationId, 'approval:manage', scopes, now);
}

/** Who asked is told what was answered. */
export async function answerDrafts(db: Sql, news: readonly ReservationNews[]): Promise<Draft[]> {
  const answered = news.filter((it) => it.event.type === 'reservation.question_answered' && it.facts.question);
  if (answered.length === 0) return [];
  const rows = await db.sql<{ id: string; asked_by: string }>`
    select id, asked_by from approval_question where id = any(${answered.map((it) => it.facts.question?.id ?? '')}::uuid[])`;
  const askers = new Map(rows.map((it) => [it.id, it.asked_by]));
  return answered.flatMap((it) => {
    const { question, approval } = it.facts;
    const asker = question && askers.get(question.id);
    if (!question || !asker) return [];
    const facts = { question: question.question, ...(question.answer && { answer: question.answer }) };
    const target = { reservationId: it.booking.id, approvalId: approval?.id, questionId: question.id };
    return [draftOf(it, 'question-answered', asker, { facts, target })];
  });
}
