import { Problem, reservationEvent } from '@berth/contracts';
import { addMinutes, formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { demandInReach } from './manages-reservation';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { HOLD_LIMIT_MINUTES, holdUntil, refreshedUntil } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { Allocation } from './allocation';
import { free } from './occupancy.store';
import { lockReservation, readFacts, type ReservationRow } from './reservation.store';
import type { BookingWish } from './wish';

/** A short claim while a form is open. */
export interface Hold {
  readonly id: string;
  readonly resourceId: string;
  readonly start: string;
  readonly end: string;
  readonly expiresAt: string;
  /** However often it is refreshed. */
  readonly maxExpiresAt: string;
}

/** Holds a time for the actor, keeps it, and lets it go. */
@Injectable()
export class HoldTime {
  constructor(
    private readonly database: Database,
    private readonly allocation: Allocation,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem as booking does */
  async execute(actor: Actor, wish: BookingWish): Promise<Hold> {
    // From when it is placed: who had to wait for their turn is not given less than is said.
    const held = await this.allocation.place(actor, wish, { status: 'held', holdUntil: (placed) => holdUntil(placed, placed) });
    // A repeated request gets the hold there was, so its times are those of its creation.
    const createdAt = new Date(held.createdAt);
    return {
      id: held.id,
      resourceId: held.resources[0]?.resourceId ?? '',
      start: held.start,
      end: held.end,
      expiresAt: formatInstant(holdUntil(createdAt, createdAt)),
      maxExpiresAt: formatInstant(addMinutes(createdAt, HOLD_LIMIT_MINUTES)),
    };
  }

  /** Keeps it for another minute. @throws Problem `not-found`, `hold-expired` */
  refresh(actor: Actor, id: string): Promise<Hold> {
    const now = this.clock.now();
    return this.database.transaction(actor, async (tx) => {
      const row = await ownHold(tx, actor, id);
      if (row.status !== 'held' || row.hold_until === null || row.hold_until <= now) throw new Problem('hold-expired');
      const until = refreshedUntil(row.created_at, row.hold_until, now);
      await tx.sql`update occupancy set hold_until = ${until} where reservation_id = ${id}`;
      await tx.sql`update reservation set hold_until = ${until}, version = version + 1, updated_at = ${now} where id = ${id}`;
      const [facts] = await readFacts(tx, [id]);
      await this.outbox.append(
        tx,
        actor,
        reservationEvent('hold.refreshed', {
          ...facts!,
          expiresAt: formatInstant(until),
          previous: { expiresAt: formatInstant(row.hold_until) },
        }),
      );
      return {
        id,
        resourceId: facts?.resourceIds[0] ?? '',
        start: formatInstant(row.starts_at),
        end: formatInstant(row.ends_at),
        expiresAt: formatInstant(until),
        maxExpiresAt: formatInstant(new Date(Math.max(until.getTime(), addMinutes(row.created_at, HOLD_LIMIT_MINUTES).getTime()))),
      };
    });
  }

  /** Lets it go; one that has ended already is let go all the same. @throws Problem `not-found` */
  async release(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(actor, (tx) => this.releaseWithin(tx, actor, id));
  }

  /** The same as part of something else. @throws Problem `not-found` */
  async releaseWithin(tx: Tx, actor: Actor, id: string): Promise<void> {
    const row = await ownHold(tx, actor, id);
    if (row.status !== 'held') return;
    await free(tx, [id]);
    await tx.sql`
      update reservation set status = 'released', hold_until = null, version = version + 1, updated_at = ${this.clock.now()} where id = ${id}`;
    const [facts] = await readFacts(tx, [id]);
    await this.outbox.append(tx, actor, reservationEvent('hold.released', facts!));
  }
}

/** A hold or what became of it, as long as it was never booked. */
async function ownHold(tx: Tx, actor: Actor, id: string): Promise<ReservationRow> {
  const row = await lockReservation(tx, id);
  if (!row || (row.booked_by_id ?? row.organizer_id) !== actor.accountId || !['held', 'expired', 'released'].includes(row.status))
    throw new Problem('not-found');
  await demandInReach(tx, actor, id);
  return row;
}
