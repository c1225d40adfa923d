import { Problem, reservationEvent } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { ResourceCatalogue } from '@berth/resources';
import { type EffectivePolicy, isLateCancellation, mayBecome } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { withdrawRequest } from './approval/approval-request.store';
import { reservationToChange } from './change';
import { free } from './occupancy.store';
import type { Reservation } from './reservation';
import { termsOfReservation } from './reservation-terms';
import { ReservationQueries } from './reservations.queries';
import { readFacts } from './reservation.store';

export interface CancelCommand {
  readonly id: string;
  readonly reason?: string;
  /** How long the time stays blocked so that the cancellation can be taken back; 0 frees it at once. */
  readonly undoSeconds: number;
  readonly ifMatch?: number;
}

/** Cancels a reservation and frees its time, at once or when the time to undo has passed. */
@Injectable()
export class Cancel {
  constructor(
    private readonly database: Database,
    private readonly queries: ReservationQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly catalogue: ResourceCatalogue,
  ) {}

  /** Cancelling twice is not an error. @throws Problem `not-found`, `permission-denied`, `invalid-state`, `precondition-failed` */
  async execute(actor: Actor, command: CancelCommand): Promise<Reservation> {
    const terms = await this.policiesOf(actor, command.id);
    return this.database.transaction(actor, (tx) => this.cancelled(tx, actor, command, terms));
  }

  private async policiesOf(actor: Actor, id: string): Promise<EffectivePolicy[]> {
    const terms = await termsOfReservation(this.database.of(actor.organizationId), this.catalogue, actor, id);
    return terms.map((it) => it.resource.policy);
  }

  /**
   * The same in a transaction of the caller's.
   * @param policies of the resources it has
   */
  async cancelled(tx: Tx, actor: Actor, command: CancelCommand, policies: readonly EffectivePolicy[]): Promise<Reservation> {
    const now = this.clock.now();
    const { id } = command;
    const row = await reservationToChange(tx, actor, id, command.ifMatch, this.queries);
    if (row.status === 'cancelled') return this.queries.one(actor, id, tx);
    if (!mayBecome(row.status, 'cancelled') || row.ends_at <= now)
      throw new Problem('invalid-state', { detail: 'It is over already.', state: row.status });

    const late = isLateCancellation(policies, row.starts_at, now);
    const until = command.undoSeconds > 0 ? new Date(now.getTime() + command.undoSeconds * 1000) : null;
    if (until) await tx.sql`update occupancy set hold_until = ${until} where reservation_id = ${id}`;
    else await free(tx, [id]);
    if (row.status === 'pending') await withdrawRequest(tx, id, now);
    await tx.sql`
      update reservation
      set status = 'cancelled', cancelled_at = ${now}, cancel_reason = ${command.reason ?? null}, cancelled_late = ${late}, hold_until = ${until}, undo_until = ${until},
          version = version + 1, updated_at = ${now}
      where id = ${id}`;
    const [facts] = await readFacts(tx, [id]);
    const previous = { status: row.status };
    await this.outbox.append(
      tx,
      actor,
      reservationEvent('reservation.cancelled', {
        ...facts!,
        previous,
        ...(until && { expiresAt: formatInstant(until) }),
        ...(command.reason && { reason: command.reason }),
        ...(late && { late }),
      }),
    );
    return this.queries.one(actor, id, tx);
  }
}
