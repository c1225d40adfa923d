import { Problem, reservationEvent, seriesEvent, type SkippedOccurrence } from '@berth/contracts';
import { formatInstant, newId, overlaps } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { ResourceCatalogue } from '@berth/resources';
import { answered, heldPeriod, withDefaults } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { Allocation } from '../allocation';
import { blockingRows, type Conflict, Conflicts } from '../conflicts';
import { isOver, isOwnHold } from '../place-under-locks';
import { type Claim, factsOf } from '../reservation';
import { usableHold } from '../usable-hold';
import { fieldsOf } from '../wish';
import { Waiting } from '../waiting/waiting';
import { placeOccurrences, rowsInWindows, windowsOf } from './place-occurrences';
import { type PlannedOccurrence, planSeries, resourceIdsOf, type SeriesPlan } from './plan-series';
import { factsOfSeries, type SkipReason } from './series';
import { insertSeries, type OccurrenceToWrite, writeOccurrences } from './series.store';
import type { SeriesWish } from './series-wish';

/** What is in the way of one occurrence. */
export interface OccurrenceConflicts {
  readonly planned: PlannedOccurrence;
  readonly conflicts: readonly Conflict[];
}

const LOOKED_AT_ONCE = 4;
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
    const explained: OccurrenceConflicts[] = [];
    for (let i = 0; i < blocked.length; i += LOOKED_AT_ONCE) {
      const some = blocked.slice(i, i + LOOKED_AT_ONCE);
      explained.push(
        ...(await Promise.all(
          some.map(async ({ planned: it, claim }, at) => ({
            planned: it,
            conflicts: i + at < EXPLAINED ? await this.conflicts.of(actor, claim, ignored.has(claim.id) ? claim.id : undefined) : [],
          })),
        )),
      );
    }
    return [...explained, ...amongThemselves(claimed)];
  }

  /** Writes a series and all its occurrences in this transaction. @throws NotPlaced */
  async placeNew(tx: Tx, actor: Actor, series: SeriesWish, plan: SeriesPlan): Promise<string> {
    const id = newId();
    const [party] = plan.planned.flatMap((it) => it.claim ?? []);
    if (!party) throw new Problem('internal-error');
    const { wish } = series;
    await insertSeries(tx, {
      id,
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
    const { booked, skipped } = await this.placeInto(tx, actor, id, plan.planned, series.onConflict, {
      holdId: await usableHold(tx, actor, wish.holdId ?? null, plan.now),
    });
    const facts = factsOfSeries(
      { id, version: 1, private: wish.private ?? false, title: wish.title ?? null },
      plan.recurrence,
      party.organizer.id,
      wish.resourceIds,
    );
    await this.outbox.append(
      tx,
      actor,
      seriesEvent('series.created', { ...facts, occurrences: booked.length, skipped }),
      ...booked.map((it) => reservationEvent('reservation.created', factsOf(it, 1))),
    );
    await this.askFor(tx, actor, booked);
    return id;
  }

  /** Places what is planned into a series that stands; what finds no room is kept as skipped, and waited for where that is wished. @throws NotPlaced */
  async placeInto(
    tx: Tx,
    actor: Actor,
    seriesId: string,
    planned: readonly PlannedOccurrence[],
    mode: 'fail' | 'skip',
    { holdId, mayBeNone = false }: { readonly holdId?: string; readonly mayBeNone?: boolean } = {},
  ): Promise<{ booked: Claim[]; skipped: SkippedOccurrence[] }> {
    const claims = planned.flatMap((it) => it.claim ?? []);
    const gives = { reservations: [], leaves: [], holdId: holdId ?? null, mayBeNone };
    const { placed, ended } = await placeOccurrences(tx, claims, mode, gives);
    const left = planned.filter((it) => !it.claim || !placed.has(it.claim.id));
    const kept = left.map((it) => it.claim ?? keptAs(it, this.clock.now()));
    const booked = planned.filter((it) => it.claim && placed.has(it.claim.id));
    const writes: OccurrenceToWrite[] = [
      ...booked.flatMap(({ claim, occurrence }) =>
        claim
          ? [
              {
                claim,
                recurrenceId: occurrence.recurrenceId,
                status: claim.status === 'pending' ? ('pending' as const) : ('confirmed' as const),
              },
            ]
          : [],
      ),
      ...kept.map((claim, i) => ({ claim, recurrenceId: left[i]!.occurrence.recurrenceId, status: 'skipped' as const })),
    ];
    await writeOccurrences(tx, seriesId, writes);
    const waited = left.flatMap(({ resolution }, i) =>
      resolution?.use === 'waitlist' ? [{ claim: kept[i]!, autoAccept: resolution.autoAccept ?? false }] : [],
    );
    await this.waiting.joinForOccurrences(tx, actor, waited);
    await this.allocation.tellEnded(tx, actor, ended);
    return { booked: booked.flatMap((it) => it.claim ?? []), skipped: left.map(skippedOf) };
  }

  /** Asks for approval of those that have become pending; each has approvers and a deadline of its own. */
  async askFor(tx: Tx, actor: Actor, claims: readonly Claim[], version = 1): Promise<void> {
    const pending = claims.filter((it) => it.status === 'pending');
    if (pending.length > 0) await this.allocation.ask(tx, actor, pending, new Map(pending.map((it) => [it.id, version])));
  }
}

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
