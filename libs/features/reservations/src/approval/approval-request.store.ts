import { newId } from '@berth/kernel';
import type { Sql, Tx } from '@berth/platform/database';
import { approvalPlan, asksForApproval } from '@berth/scheduling';
import type { Claim } from '../reservation';

export type ApprovalRequestStatus = 'waiting' | 'approved' | 'rejected' | 'expired' | 'withdrawn';

/** A request for approval, as its row has it. */
export interface ApprovalRequestRow {
  readonly id: string;
  readonly reservation_id: string;
  readonly requested_by: string;
  readonly status: ApprovalRequestStatus;
  readonly step: number;
  readonly steps: number;
  readonly due_at: Date;
  readonly version: number;
}

/**
 * Asks for approval of pending claims, in the transaction that makes them pending and in two statements however many there
 * are; what was asked before for them is withdrawn. Whoever is not active any more is not asked.
 * @returns the requests by the id of their reservation
 */
export async function askForApproval(tx: Tx, requestedBy: string, claims: readonly Claim[]): Promise<Map<string, ApprovalRequestRow>> {
  const asked = claims.map((claim) => {
    const asking = claim.items.filter((it) => asksForApproval(it.resource, claim));
    const rules = (asking.length > 0 ? asking : claim.items).map((it) => it.resource.policy.approval.value);
    return { id: newId(), claim, ...approvalPlan(rules, claim, claim.now) };
  });
  const ids = claims.map((it) => it.id);
  await tx.sql`
    update approval_request set status = 'withdrawn', ended_at = ${claims[0]?.now ?? null}, version = version + 1
    where reservation_id = any(${ids}::uuid[]) and status = 'waiting'`;
  const requests = await tx.sql<ApprovalRequestRow>`
    insert into approval_request (id, org_id, reservation_id, requested_by, steps, due_at, requested_at)
    select id, ${tx.organizationId}, reservation_id, ${requestedBy}, steps, due_at, requested_at
    from unnest(${asked.map((it) => it.id)}::uuid[], ${ids}::uuid[], ${asked.map((it) => it.steps.length)}::smallint[],
                ${asked.map((it) => it.dueAt)}::timestamptz[], ${claims.map((it) => it.now)}::timestamptz[]) as r(id, reservation_id, steps, due_at, requested_at)
    returning id, reservation_id, requested_by, status, step, steps, due_at, version`;
  const approvers = asked.flatMap(({ id, steps }) =>
    steps.flatMap((step, i) => step.map((it) => ({ request: id, step: i + 1, kind: it.kind, id: it.id }))),
  );
  // Who is in a group is asked at this moment; a step in which nobody is left is for those who manage.
  if (approvers.length > 0) {
    await tx.sql`
      insert into approval_approver (org_id, request_id, step, account_id)
      select distinct ${tx.organizationId}::uuid, asked.request_id, asked.step, a.id
      from unnest(${approvers.map((it) => it.request)}::uuid[], ${approvers.map((it) => it.step)}::smallint[],
                  ${approvers.map((it) => it.kind)}::text[], ${approvers.map((it) => it.id)}::uuid[]) as asked(request_id, step, kind, id)
      left join group_membership m on m.org_id = ${tx.organizationId} and m.group_id = asked.id and asked.kind = 'group'
      join account a on a.org_id = ${tx.organizationId} and a.status = 'active'
        and a.id = case asked.kind when 'group' then m.account_id else asked.id end`;
  }
  return new Map(requests.map((it) => [it.reservation_id, it]));
}

/** Takes back what was asked, where something was: the reservation is cancelled, or asks for another time. */
export async function withdrawRequest(tx: Tx, reservationId: string, now: Date): Promise<void> {
  await tx.sql`
    update approval_request set status = 'withdrawn', ended_at = ${now}, version = version + 1
    where reservation_id = ${reservationId} and status = 'waiting'`;
}

/** Asks again what was withdrawn with a cancellation that is taken back. @returns undefined when nothing was asked */
export async function reopenRequest(tx: Tx, reservationId: string): Promise<ApprovalRequestRow | undefined> {
  const [request] = await tx.sql<ApprovalRequestRow>`
    update approval_request set status = 'waiting', ended_at = null, version = version + 1
    where id = (select id from approval_request where reservation_id = ${reservationId} order by requested_at desc, id desc limit 1) and status = 'withdrawn'
    returning id, reservation_id, requested_by, status, step, steps, due_at, version`;
  return request;
}

/** A request, by its own id or that of its reservation, whose newest it is then. */
export async function findRequest(db: Sql, organizationId: string, id: string): Promise<ApprovalRequestRow | undefined> {
  const [request] = await db.sql<ApprovalRequestRow>`
    select id, reservation_id, requested_by, status, step, steps, due_at, version
    from approval_request
    where org_id = ${organizationId} and (id = ${id} or reservation_id = ${id})
    order by requested_at desc, id desc
    limit 1`;
  return request;
}

/** Locks a request until the transaction ends; its reservation is locked before. */
export async function lockRequest(tx: Tx, id: string): Promise<ApprovalRequestRow | undefined> {
  const [request] = await tx.sql<ApprovalRequestRow>`
    select id, reservation_id, requested_by, status, step, steps, due_at, version
    from approval_request
    where id = ${id}
    for no key update`;
  return request;
}

/** Goes on to the next step. */
export async function passStep(tx: Tx, id: string): Promise<ApprovalRequestRow> {
  const [request] = await tx.sql<ApprovalRequestRow>`
    update approval_request set step = step + 1, version = version + 1
    where id = ${id}
    returning id, reservation_id, requested_by, status, step, steps, due_at, version`;
  return request!;
}

/** Keeps what a person answered at a step, asked or not: who manages may answer in place of others. */
export async function keepAnswer(
  tx: Tx,
  request: Pick<ApprovalRequestRow, 'id' | 'step'>,
  accountId: string,
  answer: 'approve' | 'reject' | 'delegate',
  message: string | null,
  now: Date,
): Promise<void> {
  await tx.sql`
    insert into approval_approver (org_id, request_id, step, account_id, answer, answered_at, message)
    values (${tx.organizationId}, ${request.id}, ${request.step}, ${accountId}, ${answer}, ${now}, ${message})
    on conflict (request_id, step, account_id) do update
      set answer = excluded.answer, answered_at = excluded.answered_at, message = excluded.message`;
}

/** Asks another person in place of one; who was asked already stays asked. */
export async function askInPlace(tx: Tx, request: ApprovalRequestRow, from: string, to: string): Promise<void> {
  await tx.sql`
    insert into approval_approver (org_id, request_id, step, account_id, delegated_by)
    values (${tx.organizationId}, ${request.id}, ${request.step}, ${to}, ${from})
    on conflict (request_id, step, account_id) do update set answer = null, answered_at = null, message = null, delegated_by = excluded.delegated_by`;
  await tx.sql`update approval_request set version = version + 1 where id = ${request.id}`;
}
