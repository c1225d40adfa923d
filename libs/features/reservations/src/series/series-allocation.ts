import { Problem, reservationEvent, seriesEvent, type SkippedOccurrence } from '@berth/contracts';
import { formatInstant, newId, overlaps } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { allAtOnce, Database, type Statement, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { ResourceCatalogue } from '@berth/resources';
import { answered, heldPeriod, withDefaults } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { Allocation } from '../allocation';
import { blockingRows, type Conflict, Conflicts } from '../conflicts';
import { lanesToTake, rowsInWindows } from '../occupancy.store';
import { isOver, isOwnHold } from '../place-under-locks';
import { bookingFor, type Claim, factsOf } from '../reservation';
import { usableHold } from '../usable-hold';
import { fieldsOf } from '../wish';
import { Waiting } from '../waiting/waiting';
import type { EntryRow } from '../waiting/waitlist-entry';
import { placeOccurrences, windowsOf, type WriteAndTake } from './place-occurrences';
import { type PlannedOccurrence, planSeries, resourceIdsOf, type SeriesPlan } from './plan-series';
import { bookedOccurrence, bookedSeries, factsOfSeries, type SeriesBooked, type SkipReason } from './series';
import { type NewSeries, occurrencesToWrite, type OccurrenceToWrite, seriesToInsert, type WrittenSeries } from './series.store';
import type { SeriesWish } from './series-wish';

/** What is in the way of one occurrence. */
export interface OccurrenceConflicts {
  readonly planned: PlannedOccurrence;
  readonly conflicts: readonly Conflict[];
}

/** Alternatives are looked for of so many; the others say what is in the way. */
const EXPLAINED = 60;

/** The one way a series gets its time: plan, judge, then all of it under one set of locks. */
@Injectable()
export class SeriesAllocation {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly conflicts: Conflicts,
    private readonly allocation: Allocation,
    private readonly waiting: Waiting,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Expands and judges by the terms of this moment. @throws Problem `validation-failed`, `not-found`, also for a hold that is not theirs */
  async plan(actor: Actor, series: SeriesWish): Promise<SeriesPlan> {
    const db = this.database.of(actor.organizationId);
    const now = this.clock.now();
    const terms = await this.catalogue.termsOfMany(actor.organizationId, resourceIdsOf(series));
    await usableHold(db, actor, series.wish.holdId ?? null, now);
    return planSeries(db, actor, series, { terms, now });
  }

  /**
   * What is in the way of each claim now: one statement finds which, and those are explained.
   * @param ignored reservations that give up their time
   */
  async explain(
    actor: Actor,
    planned: readonly PlannedOccurrence[],
    ignored: ReadonlySet<string> = new Set(),
  ): Promise<OccurrenceConflicts[]> {
    const claimed = planned.flatMap((it) => (it.claim ? [{ planned: it, claim: it.claim }] : []));
    const rows = await rowsInWindows(
      this.database.of(actor.organizationId),
      claimed.flatMap((it) => windowsOf(it.claim)),
    );
    const blocked = claimed.filter(({ claim }) => {
      const others = rows.filter(
        (it) => !ignored.has(it.reservationId) && it.reservationId !== claim.id && !isOver(it, claim.now) && !isOwnHold(it, claim),
      );
      return claim.items.some((item) => blockingRows(others, item).length > 0);
    });
    const conflicts = await this.conflicts.ofMany(
      actor,
      blocked.slice(0, EXPLAINED).map((it) => it.claim),
      [...ignored],
    );
    return [...blocked.map((it, i) => ({ planned: it.planned, conflicts: conflicts[i] ?? [] })), ...amongThemselves(claimed)];
  }

  /**
   * Writes a series and all its occurrences in this transaction. Where nothing has to give way that is three statements,
   * however many occurrences there are: the locks, what is in the way under them, and one that writes everything. The first
   * two stay apart, as what a lock waited for is seen only by a statement that begins after it.
   * @throws NotPlaced
   */
  async placeNew(tx: Tx, actor: Actor, series: SeriesWish, plan: SeriesPlan): Promise<Omit<SeriesBooked, 'warnings'>> {
    const [party] = plan.planned.flatMap((it) => it.claim ?? []);
    if (!party) throw new Problem('internal-error');
    const it = newSeries(series, plan, party);
    const facts = factsOfSeries({ ...it, version: 1 }, plan.recurrence, party.organizer.id, series.wish.resourceIds);
    const { booked, written, waits } = await this.placeInto(tx, actor, it, plan.planned, series.onConflict, {
      holdId: await usableHold(tx, actor, series.wish.holdId ?? null, plan.now),
      beside: (found, skipped) => [
        ...seriesToInsert(tx, it),
        this.outbox.toAppend(tx, bookingFor(actor, party), [
          seriesEvent('series.created', { ...facts, occurrences: found.length, skipped }),
          ...found.map((claim) => reservationEvent('reservation.created', factsOf(claim, 1))),
        ]),
      ],
    });
    await this.askFor(tx, actor, booked);
    const mine = party.organizer.id === actor.accountId;
    const entryOf = new Map(waits.map((entry) => [entry.occurrence_id, entry.id]));
    return {
      series: bookedSeries(actor, it, party.organizer, new Map(plan.resources.map(({ id, name }) => [id, name]))),
      occurrences: written.map((one) => bookedOccurrence(one, mine ? (entryOf.get(one.claim.id) ?? null) : null)),
    };
  }

  /** Places what is planned into a series; what finds no room is kept as skipped, and waited for where that is wished. @throws NotPlaced */
  async placeInto(
    tx: Tx,
    actor: Actor,
    series: WrittenSeries,
    planned: readonly PlannedOccurrence[],
    mode: 'fail' | 'skip',
    { holdId = null, mayBeNone = false, beside }: PlacedBeside,
  ): Promise<PlacedInto> {
    const now = this.clock.now();
    const all = planned.map((it) => ({ ...it, kept: it.claim ?? keptAs(it, now) }));
    let written: OccurrenceToWrite[] = [];
    const write: WriteAndTake = async (within, found, lanes) => {
      const ids = new Set(found.map((it) => it.id));
      const statusOf = ({ id, status }: Claim) => (!ids.has(id) ? 'skipped' : status === 'pending' ? 'pending' : 'confirmed');
      written = all.map(({ kept, occurrence }) => ({ claim: kept, recurrenceId: occurrence.recurrenceId, status: statusOf(kept) }));
      const skipped = all.filter((it) => !ids.has(it.kept.id)).map(skippedOf);
      const { statement, pieces } = lanesToTake(within, lanes);
      const rows = await within.run(allAtOnce([...beside(found, skipped), ...occurrencesToWrite(within, series, written), statement]));
      return rows.length === pieces;
    };
    const claims = planned.flatMap((it) => it.claim ?? []);
    const { placed, ended } = await placeOccurrences(tx, claims, mode, { reservations: [], leaves: [], holdId, mayBeNone }, write);
    const left = all.filter((it) => !placed.has(it.kept.id));
    const waited = left.flatMap(({ kept, resolution }) =>
      resolution?.use === 'waitlist' ? [{ claim: kept, autoAccept: resolution.autoAccept ?? false }] : [],
    );
    const waits = await this.waiting.joinForOccurrences(tx, actor, waited);
    await this.allocation.tellEnded(tx, actor, ended);
    return { booked: claims.filter((it) => placed.has(it.id)), skipped: left.map(skippedOf), written, waits };
  }

  /** Asks for approval of those that have become pending; each has approvers and a deadline of its own. */
  async askFor(tx: Tx, actor: Actor, claims: readonly Claim[], version = 1): Promise<void> {
    const pending = claims.filter((it) => it.status === 'pending');
    if (pending.length > 0) await this.allocation.ask(tx, actor, pending, new Map(pending.map((it) => [it.id, version])));
  }
}

/** How occurrences are placed into a series. */
interface PlacedBeside {
  /** A hold of whoever books that gives its time. */
  readonly holdId?: string | null;
  readonly mayBeNone?: boolean;
  /** What is written with them in one statement, when it is known which are booked. */
  readonly beside: (booked: readonly Claim[], skipped: readonly SkippedOccurrence[]) => readonly Statement[];
}

interface PlacedInto {
  readonly booked: readonly Claim[];
  readonly skipped: readonly SkippedOccurrence[];
  readonly written: readonly OccurrenceToWrite[];
  readonly waits: readonly EntryRow[];
}

const newSeries = ({ wish }: SeriesWish, plan: SeriesPlan, party: Claim): NewSeries => ({
  id: newId(),
  organizerId: party.organizer.id,
  bookedById: party.bookedBy?.id ?? null,
  splitFromId: null,
  title: wish.title ?? null,
  description: wish.description ?? null,
  private: wish.private ?? false,
  attendees: wish.attendees ?? null,
  customFields: party.customFields ?? {},
  recurrence: plan.recurrence,
  materialisedUntil: plan.materialisedUntil,
  items: wish.resourceIds.map((resourceId) => ({ resourceId, quantity: wish.quantity })),
  now: plan.now,
});

/** The claim an occurrence that is skipped would have made. */
function keptAs({ wish, party, resources }: PlannedOccurrence, now: Date): Claim {
  return {
    id: newId(),
    ...party,
    status: 'confirmed',
    items: resources.map((resource) => ({ resource, quantity: wish.quantity, held: heldPeriod(resource.policy, wish) })),
    start: wish.start,
    end: wish.end,
    title: wish.title ?? null,
    description: wish.description ?? null,
    timeZone: wish.timeZone ?? 'UTC',
    private: wish.private ?? false,
    attendees: wish.attendees ?? null,
    customFields: wish.customFields ? answered(withDefaults(fieldsOf(resources), wish.customFields)) : undefined,
    holdUntil: null,
    now,
  };
}

/** Claims of one series that want the same unit: nobody else is in the way, so nothing in the database says so. */
function amongThemselves(claimed: readonly { readonly planned: PlannedOccurrence; readonly claim: Claim }[]): OccurrenceConflicts[] {
  const lasts = new Map<string, Claim[]>();
  return claimed.flatMap(({ planned, claim }) => {
    const [item] = claim.items.filter((it) => it.resource.leaves.length > 0 && it.resource.units === 1);
    const earlier =
      item &&
      (lasts.get(item.resource.id) ?? []).find((it) =>
        it.items.some((x) => x.resource.id === item.resource.id && overlaps(x.held, item.held)),
      );
    if (item) lasts.set(item.resource.id, [...(lasts.get(item.resource.id) ?? []).slice(-20), claim]);
    if (!item || !earlier) return [];
    const busy = { start: formatInstant(earlier.start), end: formatInstant(earlier.end) };
    return [
      { planned, conflicts: [{ resourceId: item.resource.id, reason: 'overlap' as const, busy, title: claim.title, alternatives: [] }] },
    ];
  });
}

export function skippedOf({ occurrence, wish, claim, violations, resolution }: PlannedOccurrence): SkippedOccurrence {
  const chosen = resolution?.use === 'waitlist' ? 'waiting' : 'chosen';
  const reason: SkipReason = violations.length > 0 ? 'refused' : claim ? 'taken' : chosen;
  return { recurrenceId: formatInstant(occurrence.recurrenceId), start: formatInstant(wish.start), end: formatInstant(wish.end), reason };
}
