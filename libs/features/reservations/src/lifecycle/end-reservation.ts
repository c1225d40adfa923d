import { Problem, reservationEvent } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { mayBecome } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { reservationToChange } from '../change';
import { trim } from '../occupancy.store';
import type { Reservation } from '../reservation';
import { ReservationQueries } from '../reservations.queries';
import { readFacts } from '../reservation.store';

/** Ends a running reservation now: what has passed stays as it was, the rest is free for others. */
@Injectable()
export class EndReservation {
  constructor(
    private readonly database: Database,
    private readonly queries: ReservationQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Ending twice is not an error; `reservation.ended` is told by the lifecycle, as of every other.
   * @throws Problem `not-found`, `permission-denied`, `invalid-state` when it is not running, `precondition-failed`
   */
  execute(actor: Actor, id: string, ifMatch?: number): Promise<Reservation> {
    const now = this.clock.now();
    return this.database.transaction(actor, async (tx) => {
      const row = await reservationToChange(tx, actor, id, ifMatch, this.queries);
      if (row.status === 'completed') return this.queries.one(actor, id, tx);
      if (!mayBecome(row.status, 'completed')) throw new Problem('invalid-state', { state: row.status });
      if (row.starts_at >= now || row.ends_at <= now)
        throw new Problem('invalid-state', {
          detail: row.starts_at >= now ? 'It has not begun.' : 'It is over already.',
          state: row.status,
        });

      // The time for cleaning follows the earlier end.
      await tx.sql`
        update reservation_item set held_to = held_to - (${row.ends_at}::timestamptz - ${now}::timestamptz) where reservation_id = ${id}`;
      await tx.sql`
        update reservation set status = 'completed', ends_at = ${now}, version = version + 1, updated_at = ${now} where id = ${id}`;
      await trim(tx, id);
      const [facts] = await readFacts(tx, [id]);
      const previous = { status: row.status, start: formatInstant(row.starts_at), end: formatInstant(row.ends_at) };
      await this.outbox.append(tx, actor, reservationEvent('reservation.moved', { ...facts!, previous }));
      return this.queries.one(actor, id, tx);
    });
  }
}
