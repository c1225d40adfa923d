import { Problem, reservationEvent } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Tx } from '@berth/platform/database';
import { type Doer, Outbox } from '@berth/platform/outbox';
import { mayBecome } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { free } from '../occupancy.store';
import { lockReservation, readFacts } from '../reservation.store';
import type { ApprovalRequestRow } from './approval-request.store';

/** How a request ends, and by whom. */
export interface Settlement {
  readonly outcome: 'approved' | 'rejected' | 'expired';
  /** null when nobody decided in time. */
  readonly decidedBy: string | null;
  readonly message: string | null;
  /** Another time the approver would agree to. */
  readonly suggestion: { readonly start: Date; readonly end: Date } | null;
}

/** Ends a request and makes its reservation confirmed or declined; a declined one gives its time back. */
@Injectable()
export class Settle {
  constructor(private readonly outbox: Outbox) {}

  /**
   * The request is locked, and before it the reservation.
   * @throws Problem `invalid-state` when the reservation waits for nothing, or is over
   */
  async execute(
    tx: Tx,
    doer: Doer,
    request: ApprovalRequestRow,
    { outcome, decidedBy, message, suggestion }: Settlement,
    now: Date,
  ): Promise<void> {
    const row = await lockReservation(tx, request.reservation_id);
    const status = outcome === 'approved' ? 'confirmed' : 'rejected';
    if (!row || !mayBecome(row.status, status)) throw new Problem('invalid-state', { state: row?.status });
    if (outcome === 'approved' && row.ends_at <= now)
      throw new Problem('invalid-state', { detail: 'It is over already.', state: row.status });

    await tx.sql`
      update approval_request
      set status = ${outcome}, ended_at = ${now}, decided_by = ${decidedBy}, message = ${message},
          suggested_start = ${suggestion?.start ?? null}, suggested_end = ${suggestion?.end ?? null}, version = version + 1
      where id = ${request.id}`;
    if (status === 'rejected') await free(tx, [row.id]);
    await tx.sql`update reservation_item set partstat = ${status === 'confirmed' ? 'ACCEPTED' : 'DECLINED'} where reservation_id = ${row.id}`;
    await tx.sql`update reservation set status = ${status}, version = version + 1, updated_at = ${now} where id = ${row.id}`;
    const [facts] = await readFacts(tx, [row.id]);
    const told = {
      ...facts!,
      previous: { status: row.status },
      approval: approvalFacts(request),
      ...(message && { reason: message }),
      ...(suggestion && { suggestion: { start: formatInstant(suggestion.start), end: formatInstant(suggestion.end) } }),
    };
    await this.outbox.append(tx, doer, reservationEvent(`reservation.${outcome}`, told));
  }
}

/** What events say of a request. */
export const approvalFacts = (request: ApprovalRequestRow) => ({
  id: request.id,
  step: request.step,
  steps: request.steps,
  dueAt: formatInstant(request.due_at),
});
