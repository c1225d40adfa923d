import { Problem, reservationEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { reservationToChange } from './change';
import type { Reservation } from './reservation';
import { ReservationQueries } from './reservations.queries';
import { readFacts } from './reservation.store';

/** Takes a cancellation back while its time is still blocked. */
@Injectable()
export class Restore {
  constructor(
    private readonly database: Database,
    private readonly queries: ReservationQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `invalid-state` when it is not cancelled, `undo-expired` */
  execute(actor: Actor, id: string): Promise<Reservation> {
    const now = this.clock.now();
    return this.database.transaction(actor, async (tx) => {
      const row = await reservationToChange(tx, actor, id, undefined, this.queries);
      if (row.status !== 'cancelled') throw new Problem('invalid-state', { state: row.status });
      if (row.undo_until === null || row.undo_until <= now) throw new Problem('undo-expired');

      await tx.sql`update occupancy set hold_until = null where reservation_id = ${id}`;
      // The items were never touched, so they know whether it was confirmed.
      await tx.sql`
        update reservation r
        set status = case when exists (select from reservation_item i where i.reservation_id = r.id and i.partstat <> 'ACCEPTED') then 'pending'
                          when r.checked_in_at is not null then 'checked_in' else 'confirmed' end,
            cancelled_at = null, cancel_reason = null, hold_until = null, undo_until = null, version = version + 1, updated_at = ${now}
        where id = ${id}`;
      const [facts] = await readFacts(tx, [id]);
      await this.outbox.append(tx, actor, reservationEvent('reservation.restored', { ...facts!, previous: { status: 'cancelled' } }));
      return this.queries.one(actor, id, tx);
    });
  }
}
