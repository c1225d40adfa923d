import { waitlistEvent } from '@berth/contracts';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { type EntryRow, lockEntry, waitlistFacts, writeStatus } from '@berth/reservations';
import { Injectable } from '@nestjs/common';

interface HoldRow {
  id: string;
  status: string;
  organizer_id: string;
  starts_at: Date;
  ends_at: Date;
}

const BATCH = 100;

/** Ends the offers whose hold has ended, and the waiting for times that have passed; found in the tables, so none is missed. */
@Injectable()
export class SettleOffers {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<number> {
    const now = this.clock.now();
    // Each hold is looked up: of a join PostgreSQL may believe that it pays to read all reservations.
    const ended = await this.database.system.sql<{ id: string; hold_id: string }>`
      select e.id, e.hold_id from waitlist_entry e
      where e.hold_id is not null and (select h.status from reservation h where h.id = e.hold_id) <> 'held'
      limit ${BATCH}`;
    for (const it of ended) await this.database.systemTransaction((tx) => this.settle(tx, it.id, it.hold_id, now));
    const passed = await this.database.system.sql<{ id: string }>`
      select id from waitlist_entry
      where status = 'waiting' and starts_at <= ${now} and starts_at + make_interval(mins => flex_minutes) <= ${now}
      order by starts_at, id
      limit ${BATCH}`;
    for (const it of passed) await this.database.systemTransaction((tx) => this.pass(tx, it.id, now));
    return ended.length + passed.length;
  }

  private async settle(tx: Tx, id: string, holdId: string, now: Date): Promise<void> {
    const [hold] = await tx.sql<HoldRow>`
      select id, status, organizer_id, starts_at, ends_at from reservation where id = ${holdId} for no key update`;
    const entry = await lockEntry(tx, id);
    if (!hold || entry?.hold_id !== holdId || hold.status === 'held') return;
    if (hold.status === 'expired') return this.end(tx, entry, 'expired', now, { reason: 'unanswered' });
    const reservationId = hold.status === 'released' ? await bookedInstead(tx, hold) : hold.id;
    if (reservationId) return this.end(tx, entry, 'accepted', now, { reservationId });
    // The hold gave way to another of the same person: they keep their place.
    await writeStatus(tx, id, 'waiting', now);
  }

  private async pass(tx: Tx, id: string, now: Date): Promise<void> {
    const entry = await lockEntry(tx, id);
    if (entry?.status === 'waiting') await this.end(tx, entry, 'expired', now, { reason: 'passed' });
  }

  private async end(
    tx: Tx,
    entry: EntryRow,
    status: 'accepted' | 'expired',
    now: Date,
    more: { reservationId?: string; reason?: 'unanswered' | 'passed' },
  ): Promise<void> {
    await writeStatus(tx, entry.id, status, now, more.reservationId ?? null);
    const doer = { organizationId: entry.org_id, accountId: null, requestId: null };
    await this.outbox.append(tx, doer, waitlistEvent(`waitlist.${status}`, waitlistFacts(entry, status, more)));
  }
}

/** What the person booked themselves over the hold that was their offer: all of it, where several were offered together. */
async function bookedInstead(tx: Tx, hold: HoldRow): Promise<string | undefined> {
  const [row] = await tx.sql<{ id: string }>`
    select r.id
    from reservation r join reservation_item i on i.reservation_id = r.id
    where r.organizer_id = ${hold.organizer_id} and r.status in ('pending', 'confirmed', 'checked_in')
      and r.starts_at < ${hold.ends_at} and r.ends_at > ${hold.starts_at}
      and i.resource_id in (select resource_id from reservation_item where reservation_id = ${hold.id})
    group by r.id
    having count(*) = (select count(*) from reservation_item where reservation_id = ${hold.id})
    limit 1`;
  return row?.id;
}
