import { Problem } from '@berth/contracts';
import { formatInstant, pageOf, type Page, parseInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, nothing, type Sql, sql, type Statement } from '@berth/platform/database';
import { cursorOf, type ListQuery } from '@berth/platform/http';
import { Clock } from '@berth/platform/runtime';
import { type ApprovalRequestRow, type Reservation, ReservationQueries, reservationsInReach, reservationsWith } from '@berth/reservations';
import { Injectable } from '@nestjs/common';
import type { Approval, AskedPerson, Question } from './approval';

interface Row extends ApprovalRequestRow {
  requested_at: Date;
  requester: string;
  ended_at: Date | null;
  decided_by: string | null;
  decider: string | null;
  message: string | null;
  suggested_start: Date | null;
  suggested_end: Date | null;
  is_asked: boolean;
  /** Whether the reader may answer for everything it is of, asked or not. */
  manages: boolean;
  asked: AskedPerson[];
  questions: Question[];
}

/** Reads requests for approval for those who decide and those who wait. */
@Injectable()
export class ApprovalQueries {
  constructor(
    private readonly database: Database,
    private readonly reservations: ReservationQueries,
    private readonly clock: Clock,
  ) {}

  /** What waits for the actor, the most urgent first; those who manage a place see everything that waits there. */
  async pending(actor: Actor, list: ListQuery): Promise<Page<Approval> & { readonly total: number }> {
    const now = this.clock.now();
    const mine = sql`(${isAskedNow(actor)} or ${managed(actor)})`;
    const waiting = sql`a.status = 'waiting' and a.due_at > ${now} and v.status = 'pending' and ${mine} and ${reservationsInReach(actor, sql`v.id`)}`;
    const from = dueCursor(list);
    const after = from ? sql`and (a.due_at, a.id) > (${from.due}, ${from.id}::uuid)` : nothing;
    const db = this.database.of(actor.organizationId);
    const rows = await this.rows(db, actor, sql`${waiting} ${after}`, sql`order by a.due_at, a.id limit ${list.limit + 1}`);
    const [count] = await db.sql<{ total: number }>`
      select count(*)::integer as total
      from approval_request a join reservation v on v.org_id = a.org_id and v.id = a.reservation_id
      where a.org_id = ${actor.organizationId} and ${waiting}`;
    const reservations = await this.reservations.some(
      actor,
      rows.map((it) => it.reservation_id),
    );
    const page = pageOf(rows, list.limit, (it) => [formatInstant(it.due_at), it.id]);
    const data = page.data.flatMap((it) => {
      const reservation = reservations.get(it.reservation_id);
      return reservation ? [toApproval(it, reservation, actor, now)] : [];
    });
    return { ...page, data, total: count?.total ?? 0 };
  }

  /**
   * One request for who decides, is asked or waits.
   * @param id of the request, or of a reservation, whose newest request it then is
   * @throws Problem `not-found`
   */
  async one(actor: Actor, id: string, db: Sql = this.database.of(actor.organizationId)): Promise<Approval> {
    const follows = sql`(a.requested_by = ${actor.accountId} or v.organizer_id = ${actor.accountId}
      or exists (select from approval_approver p where p.request_id = a.id and p.account_id = ${actor.accountId}) or ${managed(actor)}) and ${reservationsInReach(actor, sql`v.id`)}`;
    const [row] = await this.rows(
      db,
      actor,
      sql`(a.id = ${id} or a.reservation_id = ${id}) and ${follows}`,
      sql`order by a.requested_at desc, a.id desc limit 1`,
    );
    if (!row) throw new Problem('not-found');
    return toApproval(row, await this.reservations.one(actor, row.reservation_id, db), actor, this.clock.now());
  }

  private rows(db: Sql, actor: Actor, condition: Statement, end: Statement): Promise<Row[]> {
    return db.sql<Row>`
      select a.id, a.reservation_id, a.requested_by, q.display_name as requester, a.status, a.step, a.steps, a.due_at, a.requested_at, a.ended_at,
             a.decided_by, d.display_name as decider, a.message, a.suggested_start, a.suggested_end, a.version,
             ${isAskedNow(actor)} as is_asked, ${managed(actor)} as manages,
             (select coalesce(jsonb_agg(jsonb_build_object(
                       'id', p.account_id, 'displayName', who.display_name, 'step', p.step,
                       'delegatedBy', case when b.id is not null then jsonb_build_object('id', b.id, 'displayName', b.display_name) end,
                       'answer', p.answer, 'answeredAt', to_char(p.answered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'message', p.message)
                       order by p.step, p.answered_at nulls last, who.display_name, p.account_id), '[]')
              from approval_approver p
              join account who on who.org_id = p.org_id and who.id = p.account_id
              left join account b on b.org_id = p.org_id and b.id = p.delegated_by
              where p.request_id = a.id) as asked,
             (select coalesce(jsonb_agg(jsonb_build_object(
                       'id', q.id, 'question', q.question, 'answer', q.answer,
                       'askedBy', jsonb_build_object('id', asker.id, 'displayName', asker.display_name),
                       'askedAt', to_char(q.asked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                       'answeredBy', case when speaker.id is not null then jsonb_build_object('id', speaker.id, 'displayName', speaker.display_name) end,
                       'answeredAt', to_char(q.answered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
                       order by q.asked_at, q.id), '[]')
              from approval_question q
              join account asker on asker.org_id = q.org_id and asker.id = q.asked_by
              left join account speaker on speaker.org_id = q.org_id and speaker.id = q.answered_by
              where q.request_id = a.id) as questions
      from approval_request a
      join reservation v on v.org_id = a.org_id and v.id = a.reservation_id
      join account q on q.org_id = a.org_id and q.id = a.requested_by
      left join account d on d.org_id = a.org_id and d.id = a.decided_by
      where a.org_id = ${actor.organizationId} and ${condition}
      ${end}`;
  }
}

/** Whether the actor is asked at the step a request is at; the table is called `a` there. */
const isAskedNow = (actor: Actor): Statement => sql`exists (
  select from approval_approver p
  where p.request_id = a.id and p.step = a.step and p.account_id = ${actor.accountId} and p.answer is null)`;

/** Whether the actor may answer every request about all that the reservation `v` is of. */
const managed = (actor: Actor): Statement => reservationsWith(actor, 'approval:manage', sql`v.id`);

function dueCursor(list: ListQuery): { due: Date; id: string } | undefined {
  const key = cursorOf(list, 2);
  if (!key) return undefined;
  const due = parseInstant(String(key[0]));
  if (!due || typeof key[1] !== 'string' || !/^[0-9a-f-]{36}$/.test(key[1])) throw new Problem('invalid-cursor');
  return { due, id: key[1] };
}

function toApproval(row: Row, reservation: Reservation, actor: Actor, now: Date): Approval {
  const isOpen = row.status === 'waiting' && row.due_at > now && reservation.status === 'pending';
  return {
    id: row.id,
    reservationId: row.reservation_id,
    status: row.status,
    step: row.step,
    steps: row.steps,
    requestedAt: formatInstant(row.requested_at),
    requestedBy: { id: row.requested_by, displayName: row.requester },
    dueAt: formatInstant(row.due_at),
    asked: row.asked,
    questions: row.questions,
    mayRespond: isOpen && (row.is_asked || row.manages),
    decidedBy: row.decided_by && row.decider ? { id: row.decided_by, displayName: row.decider } : null,
    endedAt: row.ended_at && formatInstant(row.ended_at),
    message: row.message,
    suggestion:
      row.suggested_start && row.suggested_end
        ? { start: formatInstant(row.suggested_start), end: formatInstant(row.suggested_end) }
        : null,
    reservation,
    version: row.version,
  };
}
