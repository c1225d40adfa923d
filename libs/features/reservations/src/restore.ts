import { Problem, reservationEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { ResourceCatalogue } from '@berth/resources';
import { hasPersonLimits } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { reopenRequest } from './approval/approval-request.store';
import { reservationToChange } from './change';
import { brokenPersonLimits, lockPerson } from './person-limits';
import type { Reservation } from './reservation';
import { termsOfReservation } from './reservation-terms';
import { ReservationQueries } from './reservations.queries';
import { readFacts } from './reservation.store';
import { refuse } from './wish';

/** Takes a cancellation back while its time is still blocked. Its rules were judged already, but the person may have booked something else since. */
@Injectable()
export class Restore {
  constructor(
    private readonly database: Database,
    private readonly queries: ReservationQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly catalogue: ResourceCatalogue,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `invalid-state` when it is not cancelled, `undo-expired`, `policy-violation` */
  async execute(actor: Actor, id: string): Promise<Reservation> {
    const now = this.clock.now();
    const items = await termsOfReservation(this.database.of(actor.organizationId), this.catalogue, actor, id);
    return this.database.transaction(actor, async (tx) => {
      if (items.some((it) => hasPersonLimits(it.resource))) await lockOrganizer(tx, id);
      const row = await reservationToChange(tx, actor, id, undefined, this.queries);
      if (row.status !== 'cancelled') throw new Problem('invalid-state', { state: row.status });
      if (row.undo_until === null || row.undo_until <= now) throw new Problem('undo-expired');
      refuse(await brokenPersonLimits(tx, { id, organizerId: row.organizer_id, start: row.starts_at, end: row.ends_at, items, now }));

      await tx.sql`update occupancy set hold_until = null where reservation_id = ${id}`;
      // The items were never touched, so they know whether it was confirmed.
      await tx.sql`
        update reservation r
        set status = case when exists (select from reservation_item i where i.reservation_id = r.id and i.partstat <> 'ACCEPTED') then 'pending'
                          when r.checked_in_at is not null then 'checked_in' else 'confirmed' end,
            cancelled_at = null, cancel_reason = null, cancelled_late = false, hold_until = null, undo_until = null, version = version + 1, updated_at = ${now}
        where id = ${id}`;
      const [facts] = await readFacts(tx, [id]);
      if (facts?.status === 'pending') await reopenRequest(tx, id);
      await this.outbox.append(tx, actor, reservationEvent('reservation.restored', { ...facts!, previous: { status: 'cancelled' } }));
      return this.queries.one(actor, id, tx);
    });
  }
}

/** Who has it cannot change while it is cancelled, so the person is locked before the reservation, as everywhere. */
async function lockOrganizer(tx: Tx, id: string): Promise<void> {
  const [row] = await tx.sql<{ organizer_id: string }>`
    select organizer_id from reservation where org_id = ${tx.organizationId} and id = ${id}`;
  if (row) await lockPerson(tx, row.organizer_id);
}
