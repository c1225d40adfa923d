import { Problem, reservationEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { approvalFacts, findRequest, lockRequest, lockReservation, readFacts } from '@berth/reservations';
import { Injectable } from '@nestjs/common';
import type { Approval } from './approval';
import { ApprovalQueries } from './approvals.queries';
import { keepAnswerToQuestion, questionFacts } from './question.store';

/** Answers what those who decide want to know, for whoever waits: the organizer, or who asked for them. */
@Injectable()
export class AnswerQuestion {
  constructor(
    private readonly database: Database,
    private readonly queries: ApprovalQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * The oldest question that is open is answered.
   * @param id of a request, or of the reservation whose newest request it is
   * @throws Problem `not-found` for who has nothing to do with it, `permission-denied` for who does not wait for it, `invalid-state` when
   *   it is decided already or nothing is asked
   */
  execute(actor: Actor, { id, answer }: { readonly id: string; readonly answer: string }): Promise<Approval> {
    const now = this.clock.now();
    return this.database.transaction(actor, async (tx) => {
      // Tells who may not even see it that it is not there.
      const { id: requestId } = await this.queries.one(actor, id, tx);
      const found = await findRequest(tx, actor.organizationId, requestId);
      const reservation = found && (await lockReservation(tx, found.reservation_id));
      const request = found && (await lockRequest(tx, found.id));
      if (!reservation || !request) throw new Problem('not-found');
      if (![reservation.organizer_id, request.requested_by].includes(actor.accountId)) {
        throw new Problem('permission-denied', { detail: 'Only who waits for it may answer.' });
      }
      if (request.status !== 'waiting' || request.due_at <= now) throw new Problem('invalid-state', { state: request.status });
      const answered = await keepAnswerToQuestion(tx, request.id, actor.accountId, answer, now);
      if (!answered) throw new Problem('invalid-state', { detail: 'Nothing is asked.', state: request.status });
      const [facts] = await readFacts(tx, [request.reservation_id]);
      const told = { ...facts!, approval: approvalFacts(request), question: questionFacts(answered) };
      await this.outbox.append(tx, actor, reservationEvent('reservation.question_answered', told));
      return this.queries.one(actor, request.id, tx);
    });
  }
}
