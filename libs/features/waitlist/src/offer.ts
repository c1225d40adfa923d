import { Problem, waitlistEvent } from '@berth/contracts';
import { formatInstant, minutesBetween } from '@berth/kernel';
import { type Actor, may } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import {
  Allocation,
  BusyTime,
  busyTimeFor,
  FillOccurrence,
  lockEntry,
  type PlaceAs,
  type Reservation,
  resourcesOf,
  seriesDateOf,
  waitlistFacts,
  writeOffer,
  writeStatus,
} from '@berth/reservations';
import { maySee, ResourceCatalogue, type ResourceTerms } from '@berth/resources';
import { nearestSharedSlot, nearestSlots } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { answersAll, answersAt, personOf, type QueuedEntry, wishOf } from './entry';
import { Seen } from './seen';
import { offerUntil, reach } from './waitlist-order';
import { WaitlistQueries } from './waitlist.queries';

/** A time that looks free on one resource, or on all that are waited for together. */
export interface Slot {
  readonly resources: readonly ResourceTerms[];
  readonly start: Date;
  readonly end: Date;
}

/** The entry was answered, left or offered something in the meantime; everything of this attempt is rolled back. */
class NoLongerWaiting extends Error {}

/** Refusals that mean «not for this person, not now»; anything else is a failure and is tried again. */
const NOT_ELIGIBLE = new Set(['policy-violation', 'reservation-conflict', 'slot-held', 'not-found', 'permission-denied', 'quota-exceeded']);

/** Offers an entry what it waits for, where that is free and the person may have it. */
@Injectable()
export class Offer {
  constructor(
    private readonly database: Database,
    private readonly allocation: Allocation,
    private readonly filling: FillOccurrence,
    private readonly busyTime: BusyTime,
    private readonly catalogue: ResourceCatalogue,
    private readonly queries: WaitlistQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Holds the nearest slot that fits for the person, or books it at once where they want that.
   * @param around only resources that share time with this one are looked at
   * @param seen what was read for others a moment ago
   * @returns whether something was offered
   */
  async execute(entry: QueuedEntry, around?: string, seen = new Seen()): Promise<boolean> {
    const slots = await this.slotsFor(entry, around, seen);
    if (slots.length === 0) return false;
    seen.forget();
    return this.give(entry, slots);
  }

  /** What would do and looks free now, nearest to the wish first: one slot of each resource. */
  async slotsFor(entry: QueuedEntry, around?: string, seen = new Seen()): Promise<Slot[]> {
    const person = personOf(entry);
    return may(person, 'reservation:create') ? this.slots(person, entry, around, seen) : [];
  }

  /** Offers the first of these that the person can have. Hold and entry change in one transaction. */
  async give(entry: QueuedEntry, slots: readonly Slot[]): Promise<boolean> {
    const person = personOf(entry);
    for (const slot of slots) if (await this.isTaken(person, entry, slot)) return true;
    return false;
  }

  private async isTaken(person: Actor, entry: QueuedEntry, slot: Slot): Promise<boolean> {
    const wish = {
      resourceIds: slot.resources.map((it) => it.id),
      start: slot.start,
      end: slot.end,
      timeZone: entry.time_zone,
      quantity: entry.quantity,
      title: entry.title,
      customFields: answersAt(entry, slot.resources),
    };
    try {
      if (entry.auto_accept && entry.occurrence_id) await this.fill(person, entry, slot);
      else await this.allocation.place(person, wish, this.placeAs(person, entry, slot));
      return true;
    } catch (error) {
      if (error instanceof NoLongerWaiting) return true;
      if (error instanceof Problem && NOT_ELIGIBLE.has(error.code)) return false;
      throw error;
    }
  }

  /** Books the date of a series that is waited for. @throws NoLongerWaiting, and Problem as booking does */
  private async fill(person: Actor, entry: QueuedEntry, slot: Slot): Promise<void> {
    const date = entry.occurrence_id && (await seriesDateOf(this.database.of(person.organizationId), entry.occurrence_id));
    if (!date) throw new NoLongerWaiting();
    try {
      await this.filling.execute(person, {
        ...date,
        start: slot.start,
        end: slot.end,
        ...onlyOne(slot.resources.map((it) => it.id)),
        waited: { entryId: entry.id, holdId: null },
      });
    } catch (error) {
      if (error instanceof Problem && error.code === 'invalid-state') throw new NoLongerWaiting();
      throw error;
    }
  }

  private placeAs(person: Actor, entry: QueuedEntry, slot: Slot): PlaceAs {
    const now = this.clock.now();
    const until = offerUntil(now, slot.start);
    // What its type asks since the entry was made only the person can answer: then it is offered.
    const isBooked = entry.auto_accept && answersAll(entry, slot.resources);
    const also = async (tx: Tx, { id }: Reservation): Promise<void> => {
      const current = await lockEntry(tx, entry.id);
      if (current?.status !== 'waiting') throw new NoLongerWaiting();
      if (isBooked) {
        await writeStatus(tx, entry.id, 'accepted', now, id);
        await this.outbox.append(
          tx,
          byItself(person),
          waitlistEvent('waitlist.accepted', waitlistFacts(current, 'accepted', { reservationId: id })),
        );
      } else {
        await writeOffer(tx, entry.id, id, until, now);
        const offer = {
          holdId: id,
          ...namedInOffer(slot.resources.map((it) => it.id)),
          start: formatInstant(slot.start),
          end: formatInstant(slot.end),
          expiresAt: formatInstant(until),
        };
        await this.outbox.append(tx, byItself(person), waitlistEvent('waitlist.offered', waitlistFacts(current, 'offered', { offer })));
      }
    };
    return isBooked ? { status: 'booked', holdUntil: null, also } : { status: 'held', holdUntil: until, also };
  }

  private async slots(person: Actor, entry: QueuedEntry, around: string | undefined, seen: Seen): Promise<Slot[]> {
    const wish = wishOf(entry);
    const now = this.clock.now();
    const named = resourcesOf(entry);
    const ids = named.length > 0 ? named : await this.queries.matching(person, entry.criteria ?? {}, around);
    const { organizationId } = person;
    const known = await seen.once(['terms', organizationId, ids], () => this.catalogue.termsOfMany(organizationId, ids));
    const terms = ids.flatMap((id) => known.get(id) ?? []).filter((it) => it.bookable && maySee(person, it));
    const window = reach(wish, entry.flex_minutes);
    const minutes = minutesBetween(wish.start, wish.end);
    const span = reach(window, 1440);
    const read = await seen.once(['busy', organizationId, terms.map((it) => it.id), span], () =>
      this.busyTime.read(organizationId, terms, span),
    );
    const busy = busyTimeFor(person, terms, read, { quantity: entry.quantity, now });
    const whom = { personId: person.accountId, groupIds: person.groupIds };
    const query = (it: ResourceTerms) => ({ window, minutes, quantity: entry.quantity, busy: busy.get(it.id) ?? [], ...whom, now });
    if (named.length > 1) {
      // All or nothing, also when one of them can no longer be booked at all.
      if (terms.length < named.length) return [];
      const shared = nearestSharedSlot(
        terms.map((it) => ({ terms: it, query: query(it) })),
        wish.start,
      );
      return shared ? [{ ...shared, resources: terms }] : [];
    }
    const distance = (it: Slot): number => Math.abs(it.start.getTime() - wish.start.getTime());
    // The sort is stable: of equally near ones the order of the list counts.
    return terms
      .flatMap((it) => nearestSlots(it, query(it), wish.start, 1).map((slot) => ({ ...slot, resources: [it] })))
      .sort((a, b) => distance(a) - distance(b));
  }
}

/** A date of a series keeps the resources it has, if they are several. */
const onlyOne = ([resourceId, ...others]: readonly string[]): { readonly resourceId?: string } =>
  resourceId && others.length === 0 ? { resourceId } : {};

const namedInOffer = ([resourceId = '', ...others]: readonly string[]) => ({
  resourceId,
  ...(others.length > 0 && { resourceIds: [resourceId, ...others] }),
});

const byItself = ({ organizationId }: Actor) => ({ organizationId, accountId: null, requestId: null });
