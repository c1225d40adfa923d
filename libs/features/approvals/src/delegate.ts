import { Problem, reservationEvent } from '@berth/contracts';
import { type Actor, may, readRights } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { approvalFacts, askInPlace, keepAnswer, readFacts } from '@berth/reservations';
import { Injectable } from '@nestjs/common';
import { requestToAnswer } from './answerable';
import type { Approval } from './approval';
import { ApprovalQueries } from './approvals.queries';

export interface DelegateCommand {
  readonly id: string;
  /** Who is asked instead. */
  readonly to: string;
  readonly message: string | null;
  readonly ifMatch?: number;
}

/** Hands a request on to somebody who decides in place of the actor, at the step it is at. */
@Injectable()
export class Delegate {
  constructor(
    private readonly database: Database,
    private readonly queries: ApprovalQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `invalid-state`, `invalid-reference`, `precondition-failed` */
  execute(actor: Actor, { id, to, message, ifMatch }: DelegateCommand): Promise<Approval> {
    const now = this.clock.now();
    return this.database.transaction(actor, async (tx) => {
      const request = await requestToAnswer(tx, actor, id, ifMatch, now, this.queries);
      await demandDecider(tx, actor, to, now);
      await keepAnswer(tx, request, actor.accountId, 'delegate', message, now);
      await askInPlace(tx, request, actor.accountId, to);
      const [facts] = await readFacts(tx, [request.reservation_id]);
      await this.outbox.append(
        tx,
        actor,
        reservationEvent('reservation.approval_requested', {
          ...facts!,
          approval: approvalFacts(request),
          before: { approverId: actor.accountId },
          after: { approverId: to },
        }),
      );
      return this.queries.one(actor, request.id, tx);
    });
  }
}

/** @throws Problem `invalid-reference` for oneself, and for who is not there or may not decide */
async function demandDecider(tx: Tx, actor: Actor, accountId: string, now: Date): Promise<void> {
  const rights = await readRights(tx, actor.organizationId, accountId, now);
  if (rights && accountId !== actor.accountId && may(rights, 'approval:decide')) return;
  const detail = 'There is no such person to decide.';
  throw new Problem('invalid-reference', { detail, errors: [{ pointer: '/to', code: 'unknown', detail }] });
}
