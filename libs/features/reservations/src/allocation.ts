import { Problem, reservationEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, recall, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { ResourceCatalogue, type ResourceTerms } from '@berth/resources';
import { hasPersonLimits } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { askForApproval } from './approval/approval-request.store';
import { approvalFacts } from './approval/settle';
import { BookAtOnce, fitsOneStatement } from './book-at-once';
import { type Conflict, Conflicts } from './conflicts';
import { partyOf } from './on-behalf';
import { NotPlaced, placeUnderLocks } from './place-under-locks';
import { bookingFor, type Claim, factsOf, type Reservation, reservationOf } from './reservation';
import { type EndedHolds, lockReservation, readFacts, writeClaim } from './reservation.store';
import { Turns } from './turns';
import { usableHold } from './usable-hold';
import { type BookingWish, claimOf, isRefusal } from './wish';

const MAX_ATTEMPTS = 4;

/** What a wish is placed as. */
export interface PlaceAs {
  readonly status: 'held' | 'booked';
  /** Of a hold: when it ends, or how long it lasts from when it is placed. */
  readonly holdUntil: Date | ((placed: Date) => Date) | null;
  /** Done in the transaction that places it: both happen, or neither. */
  readonly also?: (tx: Tx, placed: Reservation) => Promise<void>;
}

const BOOKED: PlaceAs = { status: 'booked', holdUntil: null };

/**
 * The one way a reservation gets its time, whatever door the wish came through: judge by the rules, then the booking
 * statement, then the general path, then the reason why not.
 */
@Injectable()
export class Allocation {
  private readonly turns = new Turns();

  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly conflicts: Conflicts,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly atOnce: BookAtOnce,
  ) {}

  /**
   * @throws Problem `not-found`, `policy-violation` with every broken rule, `reservation-conflict` or `slot-held` with
   *   what is in the way and what would work
   */
  async place(actor: Actor, wish: BookingWish, as: PlaceAs = BOOKED): Promise<Reservation> {
    try {
      return await this.placeNew(actor, wish, as);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // What was done once is answered as it was, whatever has changed since; asked only now, so that success costs nothing.
      const earlier = await recall<Reservation>(this.database.of(actor.organizationId), actor);
      if (earlier) return earlier.result;
      throw error;
    }
  }

  private async placeNew(actor: Actor, wish: BookingWish, as: PlaceAs): Promise<Reservation> {
    const arrived = performance.now();
    const judged = await this.judgedFirst(actor, wish, as);
    const [item] = judged.items;
    if (!wish.holdId && !as.also && item && fitsOneStatement(actor, judged)) {
      const isBooked = await this.turns.take(item.resource.id, item.held, async (waited) => {
        // Of a thousand who want one slot, one needs the database to learn that it is gone.
        if (waited) await this.demandFree(actor, judged, wish, arrived);
        return this.bookedAtOnce(actor, judged);
      });
      if (isBooked) return reservationOf(judged);
    }
    // Looked at without locks first: few must queue for a slot to learn that it is gone.
    await this.demandFree(actor, judged, wish, arrived);
    const looked = performance.now();
    // What is counted for a person is counted under a lock of theirs: their own wishes come one after another as well.
    const counted = judged.items.some((it) => hasPersonLimits(it.resource)) ? [`person/${judged.organizer.id}`] : [];
    return this.inTurn([...judged.items.flatMap((it) => it.resource.leaves), ...counted], async (waited) => {
      if (waited) await this.demandFree(actor, judged, wish, looked);
      return this.placeGenerally(actor, wish, as);
    });
  }

  /** Runs what will lock these leaves when those in this process who came before are done with them. */
  inTurn<T>(leaves: readonly string[], work: (waited: boolean) => Promise<T>): Promise<T> {
    return this.turns.takeAll(leaves, work);
  }

  /** @throws Problem with what is in the way; what was found for another since `arrived` counts */
  private async demandFree(actor: Actor, claim: Claim, wish: BookingWish, arrived: number): Promise<void> {
    const conflicts = await this.conflicts.of(actor, claim, wish.holdId ?? undefined, arrived);
    if (conflicts.length > 0) throw this.conflicts.problem(conflicts);
  }

  /** What `place` would answer now, without doing it. */
  async tryOut(actor: Actor, wish: BookingWish): Promise<Reservation> {
    const { claim, conflicts } = await this.explain(actor, wish);
    if (conflicts.length > 0) throw this.conflicts.problem(conflicts);
    return reservationOf(claim);
  }

  /** The claim of a wish and what is in its way; locks and changes nothing. */
  async explain(actor: Actor, wish: BookingWish): Promise<{ claim: Claim; conflicts: Conflict[] }> {
    const claim = await this.judge(actor, wish, BOOKED, true);
    const holdId = await usableHold(this.database.of(actor.organizationId), actor, wish.holdId ?? null, claim.now);
    return { claim, conflicts: await this.conflicts.of(actor, claim, holdId) };
  }

  /** By the terms remembered; what they refuse is asked again of those of this moment, as another process may have changed them. */
  async judgedFirst(actor: Actor, wish: BookingWish, as: PlaceAs = BOOKED): Promise<Claim> {
    try {
      return await this.judge(actor, wish, as, false);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return this.judge(actor, wish, as, true);
    }
  }

  /** The claim of a wish by the terms remembered, or (`fresh`) by those of this moment. */
  async judge(actor: Actor, wish: BookingWish, as: PlaceAs, fresh: boolean): Promise<Claim> {
    const terms = new Map<string, ResourceTerms>();
    if (fresh) {
      for (const [id, it] of await this.catalogue.termsOfMany(actor.organizationId, wish.resourceIds)) terms.set(id, it);
    } else {
      for (const id of wish.resourceIds) {
        const known = await this.catalogue.terms(actor.organizationId, id);
        if (known) terms.set(id, known);
      }
    }
    const db = this.database.of(actor.organizationId);
    const now = this.clock.now();
    const party = await partyOf(db, actor, wish, terms, now);
    const until = typeof as.holdUntil === 'function' ? as.holdUntil(now) : as.holdUntil;
    return claimOf(actor, party, wish, terms, as.status, until, now);
  }

  private async bookedAtOnce(actor: Actor, claim: Claim): Promise<boolean> {
    try {
      const booked = await this.atOnce.book(actor, claim);
      if (booked) this.outbox.ring();
      return booked;
    } catch (error) {
      // The key is in use already, or PostgreSQL broke a circle: the general path finds out which.
      const { code, constraint } = error as { code?: string; constraint?: string };
      if (constraint === 'idempotency_key_unique' || code === '40P01') return false;
      throw error;
    }
  }

  private async placeGenerally(actor: Actor, wish: BookingWish, as: PlaceAs): Promise<Reservation> {
    for (let attempt = 1; ; attempt++) {
      const claim = await this.judge(actor, wish, as, true);
      try {
        return await this.database.transaction(actor, (tx) => this.placed(tx, actor, claim, wish.holdId ?? null, as));
      } catch (error) {
        if (!(error instanceof NotPlaced)) throw error;
        const conflicts = await this.conflicts.of(actor, claim, wish.holdId ?? undefined);
        if (conflicts.length > 0 || attempt >= MAX_ATTEMPTS) throw this.conflicts.problem(conflicts);
      }
    }
  }

  /**
   * Places a judged claim in a transaction of the caller, who has locked the leaves of all it places, and says what to do
   * when one finds no room.
   * @throws NotPlaced, and Problem `policy-violation`, `not-found`
   */
  async placed(tx: Tx, actor: Actor, wished: Claim, holdId: string | null, as: PlaceAs = BOOKED): Promise<Reservation> {
    const claim = { ...wished, id: (await usableHold(tx, actor, holdId, wished.now)) ?? wished.id };
    const ended = await placeUnderLocks(tx, claim);
    if (holdId !== null && claim.id === holdId) await demandStillHeld(tx, holdId, claim.now);
    const version = await writeClaim(tx, claim);
    await this.tellEnded(tx, actor, ended);
    const facts = factsOf(claim, version);
    const type = claim.status === 'held' ? 'hold.created' : 'reservation.created';
    await this.outbox.append(tx, bookingFor(actor, claim), reservationEvent(type, facts));
    if (claim.status === 'pending') await this.ask(tx, actor, [claim], new Map([[claim.id, version]]));
    const placed = { ...reservationOf(claim), version };
    await as.also?.(tx, placed);
    return placed;
  }

  /** Asks for approval of what has just become pending, and tells so. @param versions of the reservations, by their ids */
  async ask(tx: Tx, actor: Actor, claims: readonly Claim[], versions: ReadonlyMap<string, number> = new Map()): Promise<void> {
    const requests = await askForApproval(tx, actor.accountId, claims);
    const events = claims.flatMap((claim) => {
      const request = requests.get(claim.id);
      const facts = factsOf(claim, versions.get(claim.id) ?? 1);
      return request ? [reservationEvent('reservation.approval_requested', { ...facts, approval: approvalFacts(request) })] : [];
    });
    await this.outbox.append(tx, actor, ...events);
  }

  /** Tells of holds that ended on the way to something else. */
  async tellEnded(tx: Tx, actor: Pick<Actor, 'organizationId' | 'accountId' | 'requestId'>, ended: EndedHolds): Promise<void> {
    const expired = (await readFacts(tx, ended.expired)).map((it) => reservationEvent('hold.expired', it));
    const released = (await readFacts(tx, ended.released)).map((it) => reservationEvent('hold.released', it));
    await this.outbox.append(tx, { ...actor, accountId: null }, ...expired);
    await this.outbox.append(tx, actor, ...released);
  }
}

/** Under the locks: the hold may have ended since it was looked at. @throws NotPlaced to look again */
async function demandStillHeld(tx: Tx, holdId: string, now: Date): Promise<void> {
  const hold = await lockReservation(tx, holdId);
  if (hold?.status !== 'held' || hold.hold_until === null || hold.hold_until <= now) throw new NotPlaced('stale');
}
