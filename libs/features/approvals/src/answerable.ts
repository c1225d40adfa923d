import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { type Sql, sql, type Tx } from '@berth/platform/database';
import { demandInReach, findRequest, lockRequest, lockReservation, reservationsWith, type ApprovalRequestRow } from '@berth/reservations';
import type { ApprovalQueries } from './approvals.queries';

/**
 * A request the actor may answer now, locked behind its reservation.
 * @throws Problem `not-found` for who has nothing to do with it, `invalid-state` when it is decided, withdrawn or has run
 *   out, `permission-denied` for who is not asked at this step, `precondition-failed` when it is not as they saw it
 */
export async function requestToAnswer(
  tx: Tx,
  actor: Actor,
  id: string,
  ifMatch: number | undefined,
  now: Date,
  queries: ApprovalQueries,
): Promise<ApprovalRequestRow> {
  const found = await findRequest(tx, actor.organizationId, id);
  if (!found || !(await mayFollow(tx, actor, found))) throw new Problem('not-found');
  const reservation = await lockReservation(tx, found.reservation_id);
  const request = await lockRequest(tx, found.id);
  if (!request || !reservation) throw new Problem('not-found');
  if (request.status !== 'waiting') throw new Problem('invalid-state', { detail: words[request.status], state: request.status });
  if (reservation.status !== 'pending') throw new Problem('invalid-state', { detail: words.withdrawn, state: reservation.status });
  if (request.due_at <= now) throw new Problem('invalid-state', { detail: words.expired, state: 'expired' });
  if (ifMatch !== undefined && ifMatch !== request.version)
    throw new Problem('precondition-failed', { current: await queries.one(actor, request.id, tx) });
  if (!(await isAsked(tx, actor, request)) && !(await manages(tx, actor, request)))
    throw new Problem('permission-denied', { permission: 'approval:manage' });
  return request;
}

const words = {
  approved: 'It is approved already.',
  rejected: 'It is declined already.',
  expired: 'The time to decide has passed.',
  withdrawn: 'It was withdrawn.',
} as const;

/** Who asked, whose reservation it is, who is or was asked, and who manages what it is of. */
async function mayFollow(db: Sql, actor: Actor, request: ApprovalRequestRow): Promise<boolean> {
  await demandInReach(db, actor, request.reservation_id);
  if (request.requested_by === actor.accountId || (await manages(db, actor, request))) return true;
  const [row] = await db.sql`
    select from approval_approver where request_id = ${request.id} and account_id = ${actor.accountId}
    union all
    select from reservation where id = ${request.reservation_id} and organizer_id = ${actor.accountId}
    limit 1`;
  return row !== undefined;
}

async function manages(db: Sql, actor: Actor, request: ApprovalRequestRow): Promise<boolean> {
  const rows = await db.sql`select where ${reservationsWith(actor, 'approval:manage', sql`${request.reservation_id}`)}`;
  return rows.length > 0;
}

async function isAsked(db: Sql, actor: Actor, request: ApprovalRequestRow): Promise<boolean> {
  const [row] = await db.sql`
    select from approval_approver
    where request_id = ${request.id} and step = ${request.step} and account_id = ${actor.accountId} and answer is null`;
  return row !== undefined;
}
