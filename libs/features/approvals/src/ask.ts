import { reservationEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { approvalFacts, readFacts } from '@berth/reservations';
import { Injectable } from '@nestjs/common';
import { requestToAnswer } from './answerable';
import type { Approval } from './approval';
import { ApprovalQueries } from './approvals.queries';
import { keepQuestion, questionFacts } from './question.store';

/** Asks those who wait something before it is decided; the request goes on waiting and its deadline stays. */
@Injectable()
export class Ask {
  constructor(
    private readonly database: Database,
    private readonly queries: ApprovalQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @param id of a request, or of the reservation whose newest request it is
   * @throws Problem `not-found`, `permission-denied`, `invalid-state` when it is decided already
   */
  execute(actor: Actor, { id, question }: { readonly id: string; readonly question: string }): Promise<Approval> {
    const now = this.clock.now();
    return this.database.transaction(actor, async (tx) => {
      const request = await requestToAnswer(tx, actor, id, undefined, now, this.queries);
      const asked = await keepQuestion(tx, request.id, actor.accountId, question, now);
      const [facts] = await readFacts(tx, [request.reservation_id]);
      const told = { ...facts!, approval: approvalFacts(request), question: questionFacts(asked) };
      await this.outbox.append(tx, actor, reservationEvent('reservation.question_asked', told));
      return this.queries.one(actor, request.id, tx);
    });
  }
}
