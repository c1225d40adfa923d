import { Problem, reservationEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { approvalFacts, keepAnswer, passStep, readFacts, Settle } from '@berth/reservations';
import { Injectable } from '@nestjs/common';
import { requestToAnswer } from './answerable';
import type { Approval } from './approval';
import { ApprovalQueries } from './approvals.queries';

export interface Answer {
  /** A request, or the reservation whose newest request it is. */
  readonly id: string;
  readonly decision: 'approve' | 'reject';
  readonly message: string | null;
  /** With a rejection: another time that would be agreed to. */
  readonly suggestion: { readonly start: Date; readonly end: Date } | null;
  readonly ifMatch?: number;
}

/** Answers a request: one word is enough for its step, the last step's decides. */
@Injectable()
export class Respond {
  constructor(
    private readonly database: Database,
    private readonly queries: ApprovalQueries,
    private readonly settle: Settle,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `invalid-state` when it is decided already, `precondition-failed`, `validation-failed` */
  execute(actor: Actor, { id, decision, message, suggestion, ifMatch }: Answer): Promise<Approval> {
    const now = this.clock.now();
    if (suggestion && decision !== 'reject') {
      throw new Problem('validation-failed', {
        errors: [{ pointer: '/suggestion', code: 'not-allowed', detail: 'goes with a rejection' }],
      });
    }
    return this.database.transaction(actor, async (tx) => {
      const request = await requestToAnswer(tx, actor, id, ifMatch, now, this.queries);
      await keepAnswer(tx, request, actor.accountId, decision, message, now);
      if (decision === 'approve' && request.step < request.steps) {
        const next = await passStep(tx, request.id);
        const [facts] = await readFacts(tx, [request.reservation_id]);
        await this.outbox.append(
          tx,
          actor,
          reservationEvent('reservation.approval_requested', { ...facts!, approval: approvalFacts(next) }),
        );
      } else {
        const outcome = decision === 'approve' ? 'approved' : 'rejected';
        await this.settle.execute(tx, actor, request, { outcome, decidedBy: actor.accountId, message, suggestion }, now);
      }
      return this.queries.one(actor, request.id, tx);
    });
  }
}
