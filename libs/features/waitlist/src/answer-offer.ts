import { Problem, waitlistEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Allocation, type EntryRow, FillOccurrence, HoldTime, lockEntry, waitlistFacts, writeStatus } from '@berth/reservations';
import { ResourceCatalogue } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { answersAt, type WaitlistEntry } from './entry';
import { entriesInReach, WaitlistQueries } from './waitlist.queries';

/** Takes an offer, turns it down, or leaves the queue. Each may be repeated without harm. */
@Injectable()
export class AnswerOffer {
  constructor(
    private readonly database: Database,
    private readonly allocation: Allocation,
    private readonly filling: FillOccurrence,
    private readonly holds: HoldTime,
    private readonly catalogue: ResourceCatalogue,
    private readonly queries: WaitlistQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Books what is held for the actor; of a series, as the date that was waited for, with the answers of the series.
   * @param more answers besides those of the entry
   * @throws Problem `not-found`, `invalid-state` when nothing is offered, `hold-expired`, and those of booking
   */
  async accept(actor: Actor, id: string, more: Readonly<Record<string, unknown>> = {}): Promise<WaitlistEntry> {
    const now = this.clock.now();
    const entry = await this.own(actor, id);
    if (entry.status === 'accepted') return this.queries.one(actor, id);
    if (entry.status === 'expired') throw new Problem('hold-expired', { detail: 'The offer has run out.' });
    if (entry.status !== 'offered' || !entry.hold_id) throw new Problem('invalid-state', { state: entry.status });
    const { offer, seriesId, recurrenceId } = await this.queries.one(actor, id);
    if (!offer || new Date(offer.expiresAt) <= now) throw new Problem('hold-expired', { detail: 'The offer has run out.' });

    const time = { start: new Date(offer.start), end: new Date(offer.end) };
    // The state is what makes a repetition harmless; the key would keep the reservation in place of the entry.
    const { idempotency: _, ...once } = actor;
    if (seriesId && recurrenceId) {
      const only = offer.resources.length === 1 ? { resourceId: offer.resourceId } : {};
      const date = { id: seriesId, recurrenceId: new Date(recurrenceId), ...only, ...time };
      await this.filling.execute(once, { ...date, waited: { entryId: id, holdId: entry.hold_id } });
      return this.queries.one(actor, id);
    }
    const resourceIds = offer.resources.map((it) => it.id);
    const resources = [...(await this.catalogue.termsOfMany(actor.organizationId, resourceIds)).values()];
    const wish = {
      resourceIds,
      ...time,
      timeZone: entry.time_zone,
      quantity: entry.quantity,
      title: entry.title,
      customFields: { ...answersAt(entry, resources), ...more },
      holdId: entry.hold_id,
    };
    await this.allocation.place(once, wish, {
      status: 'booked',
      holdUntil: null,
      also: async (tx, reservation) => {
        const current = await lockEntry(tx, id);
        if (current?.status !== 'offered') throw new Problem('invalid-state', { state: current?.status });
        await writeStatus(tx, id, 'accepted', now, reservation.id);
        const facts = waitlistFacts(current, 'accepted', { reservationId: reservation.id });
        await this.outbox.append(tx, actor, waitlistEvent('waitlist.accepted', facts));
      },
    });
    return this.queries.one(actor, id);
  }

  /** Lets an offer go, so that the next is asked. @throws Problem `not-found`, `invalid-state` when nothing is offered */
  decline(actor: Actor, id: string): Promise<WaitlistEntry> {
    return this.database.transaction(actor, async (tx) => {
      const entry = await this.lockedWithOffer(tx, actor, id);
      if (entry.status === 'declined') return this.queries.one(actor, id, tx);
      if (entry.status !== 'offered') throw new Problem('invalid-state', { state: entry.status });
      await this.end(tx, actor, entry, 'declined');
      return this.queries.one(actor, id, tx);
    });
  }

  /** Leaves the queue; an offer is let go with it. @throws Problem `not-found` */
  async leave(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(actor, async (tx) => {
      const entry = await this.lockedWithOffer(tx, actor, id);
      if (entry.status === 'waiting' || entry.status === 'offered') await this.end(tx, actor, entry, 'left');
    });
  }

  private async end(tx: Tx, actor: Actor, entry: EntryRow, status: 'declined' | 'left'): Promise<void> {
    if (entry.hold_id) await this.holds.releaseWithin(tx, actor, entry.hold_id);
    await writeStatus(tx, entry.id, status, this.clock.now());
    await this.outbox.append(tx, actor, waitlistEvent(`waitlist.${status}`, waitlistFacts(entry, status)));
  }

  /** Reservations are locked before entries, as by whoever offers; so the hold is looked up first. */
  private async lockedWithOffer(tx: Tx, actor: Actor, id: string): Promise<EntryRow> {
    const { hold_id: holdId } = await this.own(actor, id);
    if (holdId) await tx.sql`select from reservation where id = ${holdId} for no key update`;
    const entry = await lockEntry(tx, id);
    // It was offered something between the look and the lock: the caller sees the state and asks again.
    if (!entry || entry.hold_id !== holdId) throw new Problem('invalid-state', { state: entry?.status });
    return entry;
  }

  private async own(actor: Actor, id: string): Promise<EntryRow> {
    const [row] = await this.database.of(actor.organizationId).sql<EntryRow>`
      select e.* from waitlist_entry e
      where e.org_id = ${actor.organizationId} and e.id = ${id} and e.account_id = ${actor.accountId} and ${entriesInReach(actor)}`;
    if (!row) throw new Problem('not-found');
    return row;
  }
}
