import { difference, reservationEvent, seriesEvent, type SeriesFacts } from '@berth/contracts';
import { formatInstant, newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, recall, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { Allocation } from '../allocation';
import { NotPlaced } from '../place-under-locks';
import { type Claim, factsOf } from '../reservation';
import { lockReservations, readFacts } from '../reservation.store';
import { Waiting } from '../waiting/waiting';
import { waitForNewTime } from '../waiting/waitlist-entry.store';
import { demandAllowed } from './book-series';
import { type ChangeSeriesCommand, changesTime, PlanChange, type SeriesChange } from './plan-change';
import { cancelAll, keepIdentities, rewriteAnswers, rewriteDetails, type StoredOccurrence, withdrawAll } from './occurrences.store';
import { placeOccurrences, standIn } from './place-occurrences';
import { factsOfSeries, type SeriesBooked, warningsOf } from './series';
import { SeriesAllocation, skippedOf } from './series-allocation';
import { seriesProblem } from './series-problem';
import { SeriesQueries } from './series.queries';
import {
  insertSeries,
  recurrenceOfRow,
  rewriteOccurrences,
  seriesToChange,
  updateSeriesDetails,
  updateSeriesTime,
  writeSeriesItems,
} from './series.store';

const MAX_ATTEMPTS = 4;

/**
 * Changes a series, or an occurrence and those after it, which then are a series of their own. What has begun stays as it
 * was; occurrences keep their identity as far as there is one to keep.
 */
@Injectable()
export class ChangeSeries {
  constructor(
    private readonly database: Database,
    private readonly planning: PlanChange,
    private readonly places: SeriesAllocation,
    private readonly allocation: Allocation,
    private readonly waiting: Waiting,
    private readonly queries: SeriesQueries,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `invalid-state`, `precondition-failed`, and those of booking a series */
  async execute(actor: Actor, command: ChangeSeriesCommand): Promise<SeriesBooked> {
    const earlier = await recall<SeriesBooked>(this.database.of(actor.organizationId), actor);
    if (earlier) return earlier.result;
    for (let attempt = 1; ; attempt++) {
      const change = await this.planning.plan(actor, command);
      const asked = change.planned.filter((it) => !it.resolution);
      if (asked.length > 0) demandAllowed(command, { planned: asked });
      try {
        return await this.database.transaction(actor, async (tx) => {
          const id = await this.changed(tx, actor, command, change);
          return { ...(await this.queries.booked(actor, id, tx)), warnings: warningsOf(change.planned) };
        });
      } catch (error) {
        if (!(error instanceof NotPlaced)) throw error;
        const conflicts = await this.places.explain(actor, change.planned, new Set(change.formers.map((it) => it.id)));
        if (conflicts.length > 0 || attempt >= MAX_ATTEMPTS) throw seriesProblem(change.planned.length, conflicts);
      }
    }
  }

  /** Refuses what changing would refuse now; changes nothing. @throws Problem as `execute` does */
  async demandPossible(actor: Actor, command: ChangeSeriesCommand): Promise<void> {
    const { planned, formers } = await this.planning.plan(actor, command);
    const asked = planned.filter((it) => !it.resolution);
    if (asked.length > 0) demandAllowed(command, { planned: asked });
    const conflicts = await this.places.explain(actor, planned, new Set(formers.map((it) => it.id)));
    if (conflicts.length > 0) throw seriesProblem(planned.length, conflicts);
  }

  private async changed(tx: Tx, actor: Actor, command: ChangeSeriesCommand, change: SeriesChange): Promise<string> {
    const row = await seriesToChange(tx, actor, command.id, 'lock');
    if (row.version !== change.row.version) throw new NotPlaced('stale');
    if (changesTime(command)) return this.moved(tx, actor, command, change);
    await demandUnchanged(tx, change.formers);
    const id = await this.writeSeries(tx, change);
    await keepIdentities(
      tx,
      id,
      change.formers.map((it) => ({ id: it.id, recurrenceId: it.recurrenceId })),
    );
    const living = change.formers.filter(isAlive).map((it) => it.id);
    const kept = change.formers.filter((it) => it.status !== 'cancelled');
    await rewriteDetails(
      tx,
      kept.map((it) => it.id),
      change.details,
      change.now,
    );
    if (change.answers)
      await rewriteAnswers(
        tx,
        kept.map((it) => it.id),
        change.answers,
      );
    const events = (await readFacts(tx, living)).map((it) => reservationEvent('reservation.updated', it));
    await this.outbox.append(
      tx,
      actor,
      seriesEvent('series.updated', { ...factsOfChange(command, change, id), occurrences: living.length }),
      ...events,
    );
    return id;
  }

  private async moved(tx: Tx, actor: Actor, command: ChangeSeriesCommand, change: SeriesChange): Promise<string> {
    const { formers, gone, planned, now } = change;
    const living = formers.filter(isAlive);
    const claimed = planned.flatMap(({ claim, occurrence, former }) => (claim ? [{ claim, occurrence, former }] : []));
    const { placed, ended } = await placeOccurrences(
      tx,
      claimed.map((it) => it.claim),
      command.onConflict,
      { reservations: living.map((it) => it.id), leaves: living.flatMap((it) => it.leaves), holdId: null, mayBeNone: true },
      standIn,
    );
    await demandUnchanged(tx, formers);
    const id = await this.writeSeries(tx, change);
    const lost = gone.filter(isAlive);
    await cancelAll(
      tx,
      lost.map((it) => it.id),
      [],
      null,
      now,
    );
    const staying = planned.flatMap(({ claim, former, occurrence }) =>
      former && !claim ? [{ id: former.id, recurrenceId: occurrence.recurrenceId, time: occurrence }] : [],
    );
    const shifting = claimed.flatMap(({ former, occurrence }) =>
      former ? [{ id: former.id, recurrenceId: occurrence.recurrenceId }] : [],
    );
    await keepIdentities(tx, id, [...staying, ...shifting]);
    const statusOf = (claim: Claim) => (!placed.has(claim.id) ? 'skipped' : claim.status === 'pending' ? 'pending' : 'confirmed');
    await rewriteOccurrences(
      tx,
      { id, customFields: change.details.customFields },
      claimed.map(({ claim, occurrence }) => ({ claim, recurrenceId: occurrence.recurrenceId, status: statusOf(claim) })),
    );
    if (change.answers) {
      // A date that is skipped has them too, for when it is filled.
      const kept = formers.filter((it) => it.status === 'skipped' && staying.some(({ id: stays }) => stays === it.id));
      await rewriteAnswers(tx, [...claimed.map((it) => it.claim.id), ...kept.map((it) => it.id)], change.answers);
    }
    await this.allocation.tellEnded(tx, actor, ended);
    await this.waiting.leave(
      tx,
      actor,
      gone.map((it) => it.id),
      now,
    );
    await waitForNewTime(
      tx,
      staying.map((it) => it.id),
      now,
    );
    const done = claimed.filter((it) => placed.has(it.claim.id));
    const skipped = planned.filter((it) => it.claim && !placed.has(it.claim.id)).map(skippedOf);
    const cancelled = (
      await readFacts(
        tx,
        lost.map((it) => it.id),
      )
    ).map((it) => reservationEvent('reservation.cancelled', it));
    const facts = { ...factsOfChange(command, change, id), occurrences: done.length, skipped };
    await this.outbox.append(
      tx,
      actor,
      seriesEvent('series.updated', facts),
      ...done.map((it) => eventOf(it.claim, it.former)),
      ...cancelled,
    );
    const asking = done.filter(({ claim, former }) => claim.status === 'pending' && (!former || hasMoved(claim, former)));
    await withdrawAll(
      tx,
      asking.map((it) => it.claim.id),
      now,
    );
    await this.places.askFor(
      tx,
      actor,
      asking.map((it) => it.claim),
    );
    return id;
  }

  /** The series itself, or what stays of it and the one that goes on. @returns the one that has the changed occurrences */
  private async writeSeries(tx: Tx, { row, before, recurrence, materialisedUntil, now, details, items }: SeriesChange): Promise<string> {
    if (!before) {
      await updateSeriesTime(tx, row.id, recurrence, materialisedUntil, now);
      await updateSeriesDetails(tx, row.id, details, now);
      await writeSeriesItems(tx, row.id, items);
      return row.id;
    }
    const id = newId();
    await updateSeriesTime(tx, row.id, before, null, now);
    await updateSeriesDetails(tx, row.id, row, now);
    const whose = { organizerId: row.organizer_id, bookedById: row.booked_by_id, splitFromId: row.id };
    await insertSeries(tx, { id, ...whose, ...details, recurrence, materialisedUntil, items, now });
    return id;
  }
}

const isAlive = (it: StoredOccurrence): boolean => it.status === 'pending' || it.status === 'confirmed';

/** An occurrence that was changed since it was looked at is looked at again. @throws NotPlaced */
async function demandUnchanged(tx: Tx, formers: readonly StoredOccurrence[]): Promise<void> {
  const ids = formers.map((it) => it.id);
  await lockReservations(tx, ids);
  const rows = await tx.sql<{ id: string; version: number }>`select id, version from reservation where id = any(${ids}::uuid[])`;
  const versions = new Map(rows.map((it) => [it.id, it.version]));
  if (formers.some((it) => versions.get(it.id) !== it.version)) throw new NotPlaced('stale');
}

function factsOfChange(command: ChangeSeriesCommand, { row, recurrence, details, items }: SeriesChange, id: string): SeriesFacts {
  const shown = { id: row.id, version: row.version + 1, private: details.private, title: details.title };
  const idsOf = (of: readonly { readonly resourceId: string }[]): string[] => of.map((it) => it.resourceId);
  const was = factsOfSeries(row, recurrenceOfRow(row), row.organizer_id, idsOf(row.items));
  const is = factsOfSeries(shown, recurrence, row.organizer_id, idsOf(items));
  return {
    ...is,
    ...difference(told(was), told(is)),
    scope: command.scope,
    ...(command.recurrenceId && { recurrenceId: formatInstant(command.recurrenceId) }),
    ...(id !== row.id && { continuedBy: id }),
  };
}

/** What of a series is there to change, for the log. */
const told = ({ title, localStart, timeZone, rrule, resourceIds }: SeriesFacts) => ({ title, localStart, timeZone, rrule, resourceIds });

const hasMoved = (claim: Claim, former: StoredOccurrence): boolean =>
  former.start.getTime() !== claim.start.getTime() ||
  former.end.getTime() !== claim.end.getTime() ||
  former.resourceIds.join() !== claim.items.map((it) => it.resource.id).join();

function eventOf(claim: Claim, former: StoredOccurrence | undefined) {
  if (!former) return reservationEvent('reservation.created', factsOf(claim, 1));
  const facts = factsOf(claim, former.version + 1);
  if (!hasMoved(claim, former)) return reservationEvent('reservation.updated', facts);
  const previous = { start: formatInstant(former.start), end: formatInstant(former.end), resourceIds: former.resourceIds };
  return reservationEvent('reservation.moved', { ...facts, previous });
}
