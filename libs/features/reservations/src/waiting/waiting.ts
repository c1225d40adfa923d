import { Problem, waitlistEvent } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import type { Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { Allocation } from '../allocation';
import type { Claim } from '../reservation';
import { endHolds } from '../reservation.store';
import { type EntryRow, namedInEntry, waitlistFacts } from './waitlist-entry';
import { countWaits, insertEntries, lockWaitsFor, type NewEntry, offersFor, writeStatus } from './waitlist-entry.store';

const MOST_AT_ONCE = 100;

/** An occurrence that is skipped and waited for. */
export interface WaitedOccurrence {
  /** What it would have been; its id is that of the skipped reservation. */
  readonly claim: Claim;
  /** Booked as soon as it is free, without asking. */
  readonly autoAccept: boolean;
}

/**
 * Who waits for what, as far as it changes together with reservations: people join, and those who wait for a date of a
 * series are served, or leave, with that date. Offers are made by the feature waitlist.
 */
@Injectable()
export class Waiting {
  constructor(
    private readonly allocation: Allocation,
    private readonly outbox: Outbox,
  ) {}

  /** Lets one person wait. @throws Problem `already-exists`, `policy-violation` for who waits for more than anybody can want */
  async join(tx: Tx, actor: Actor, entries: readonly NewEntry[]): Promise<EntryRow[]> {
    const [first] = entries;
    if (!first) return [];
    demandRoom((await countWaits(tx, first.account_id)) + entries.length);
    const joined = await insertEntries(tx, entries);
    await this.outbox.append(tx, actor, ...joined.map((it) => waitlistEvent('waitlist.joined', waitlistFacts(it, 'waiting'))));
    return joined;
  }

  /** Lets the organizer of a series wait for dates it does not have. @throws as `join` */
  async joinForOccurrences(tx: Tx, actor: Actor, waited: readonly WaitedOccurrence[]): Promise<EntryRow[]> {
    const entries = waited.map(({ claim, autoAccept }) => ({
      id: newId(),
      org_id: actor.organizationId,
      account_id: claim.organizer.id,
      ...namedInEntry(claim.items.map((it) => it.resource.id)),
      criteria: null,
      starts_at: claim.start,
      ends_at: claim.end,
      time_zone: claim.timeZone,
      flex_minutes: 0,
      quantity: claim.items[0]?.quantity ?? 1,
      auto_accept: autoAccept,
      title: claim.title,
      // The date has the answers of its series.
      custom_fields: {},
      priority: 0,
      occurrence_id: claim.id,
      created_at: claim.now,
    }));
    return this.join(tx, actor, entries);
  }

  /**
   * Whoever waited for an occurrence that has just been booked has got it.
   * @param entryId who must have waited until now
   * @throws Problem `invalid-state` when they did not
   */
  async serve(tx: Tx, actor: Actor, occurrenceId: string, now: Date, entryId?: string): Promise<void> {
    const waits = await lockWaitsFor(tx, [occurrenceId]);
    if (entryId && !waits.some((it) => it.id === entryId))
      throw new Problem('invalid-state', { detail: 'Nobody waits for this any more.' });
    for (const it of waits) await writeStatus(tx, it.id, 'accepted', now, occurrenceId);
    const told = waits.map((it) => waitlistEvent('waitlist.accepted', waitlistFacts(it, 'accepted', { reservationId: occurrenceId })));
    await this.outbox.append(tx, actor, ...told);
  }

  /** Nobody waits any more for occurrences that are given up; what they were offered is let go. */
  async leave(tx: Tx, actor: Actor, occurrenceIds: readonly string[], now: Date): Promise<void> {
    const offers = await offersFor(tx, occurrenceIds);
    for (const { holdId, accountId } of offers) await this.allocation.tellEnded(tx, actor, await endHolds(tx, [holdId], accountId, now));
    // What was offered between the look and the lock stays offered: holds are locked before entries, so it is too late for them.
    const waits = (await lockWaitsFor(tx, occurrenceIds)).filter((it) => !it.hold_id || offers.some(({ holdId }) => holdId === it.hold_id));
    for (const it of waits) await writeStatus(tx, it.id, 'left', now);
    await this.outbox.append(tx, actor, ...waits.map((it) => waitlistEvent('waitlist.left', waitlistFacts(it, 'left'))));
  }
}

/** @throws Problem `policy-violation` */
function demandRoom(waits: number): void {
  if (waits <= MOST_AT_ONCE) return;
  const policy = { rule: 'waitlist', limit: String(MOST_AT_ONCE), given: String(waits), source: { level: 'default' } };
  throw new Problem('policy-violation', { detail: `One may wait for ${MOST_AT_ONCE} times at most.`, policy });
}
