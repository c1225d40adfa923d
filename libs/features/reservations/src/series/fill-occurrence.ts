import { Problem, reservationEvent, seriesEvent } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, recall } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { ResourceCatalogue } from '@berth/resources';
import { answersTo } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { Allocation } from '../allocation';
import { Conflicts } from '../conflicts';
import { NotPlaced } from '../place-under-locks';
import { factsOf } from '../reservation';
import { lockReservation } from '../reservation.store';
import { Waiting } from '../waiting/waiting';
import { demandSpan, fieldsOf, refuse } from '../wish';
import { comingOccurrences, rewriteAnswers } from './occurrences.store';
import { placeOccurrences, standIn } from './place-occurrences';
import { judged, type PlannedOccurrence } from './plan-series';
import { factsOfSeries, type SeriesBooked } from './series';
import { SeriesAllocation } from './series-allocation';
import { SeriesQueries } from './series.queries';
import { recurrenceOfRow, type SeriesRow, rewriteOccurrences, seriesToChange } from './series.store';

export interface FillCommand {
  readonly id: string;
  readonly recurrenceId: Date;
  /** Another time, or another resource, than the series would have. */
  readonly start?: Date;
  readonly end?: Date;
  readonly resourceId?: string;
  /** Answers to what the type of its resource asks, besides those of the series. */
  readonly customFields?: Readonly<Record<string, unknown>>;
  /** Of somebody who waited for it: their entry, and the hold that is their offer where there is one. */
  readonly waited?: { readonly entryId: string; readonly holdId: string | null };
}

const MAX_ATTEMPTS = 4;

/** Books an occurrence that was skipped, now that it can be had; whoever waited for it has got it then. */
@Injectable()
export class FillOccurrence {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly conflicts: Conflicts,
    private readonly places: SeriesAllocation,
    private readonly allocation: Allocation,
    private readonly waiting: Waiting,
    private readonly queries: SeriesQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `invalid-state` when it was not skipped, and those of booking */
  async execute(actor: Actor, command: FillCommand): Promise<SeriesBooked> {
    const db = this.database.of(actor.organizationId);
    const earlier = await recall<SeriesBooked>(db, actor);
    if (earlier) return earlier.result;
    for (let attempt = 1; ; attempt++) {
      const row = await seriesToChange(db, actor, command.id, 'look');
      if (row.cancelled_at) throw new Problem('invalid-state', { detail: 'The series is cancelled.', state: 'cancelled' });
      const planned = await this.plan(actor, command, row);
      refuse(planned.violations);
      const claim = planned.claim!;
      try {
        return await this.database.transaction(actor, async (tx) => {
          await seriesToChange(tx, actor, command.id, 'lock');
          const gives = { reservations: [claim.id], leaves: [], holdId: command.waited?.holdId ?? null };
          const { ended } = await placeOccurrences(tx, [claim], 'fail', gives, standIn);
          if ((await lockReservation(tx, claim.id))?.status !== 'skipped') throw new NotPlaced('stale');
          await rewriteOccurrences(tx, row, [
            { claim, recurrenceId: command.recurrenceId, status: claim.status === 'pending' ? 'pending' : 'confirmed' },
          ]);
          if (claim.customFields) await rewriteAnswers(tx, [claim.id], claim.customFields);
          await this.allocation.tellEnded(tx, actor, ended);
          await this.waiting.serve(tx, actor, claim.id, claim.now, command.waited?.entryId);
          const resourceIds = row.items.map((it) => it.resourceId);
          const facts = factsOfSeries(row, recurrenceOfRow(row), row.organizer_id, resourceIds);
          const about = { scope: 'this' as const, recurrenceId: formatInstant(command.recurrenceId), occurrences: 1 };
          await this.outbox.append(
            tx,
            actor,
            seriesEvent('series.updated', { ...facts, ...about }),
            reservationEvent('reservation.created', factsOf(claim, 2)),
          );
          await this.places.askFor(tx, actor, [claim], 2);
          return { ...(await this.queries.booked(actor, row.id, tx)), warnings: [] };
        });
      } catch (error) {
        if (!(error instanceof NotPlaced)) throw error;
        const conflicts = await this.conflicts.of(actor, claim);
        if (conflicts.length > 0 || attempt >= MAX_ATTEMPTS) throw this.conflicts.problem(conflicts);
      }
    }
  }

  private async plan(actor: Actor, command: FillCommand, row: SeriesRow): Promise<PlannedOccurrence> {
    const now = this.clock.now();
    const db = this.database.of(actor.organizationId);
    const coming = await comingOccurrences(db, row.id, command.recurrenceId, now);
    const former = coming.find((it) => it.recurrenceId.getTime() === command.recurrenceId.getTime());
    if (!former) throw new Problem('not-found', { detail: 'The series has no such occurrence to come.' });
    if (former.status !== 'skipped')
      throw new Problem('invalid-state', { detail: 'This occurrence was not skipped.', state: former.status });
    const start = command.start ?? former.start;
    const end = command.end ?? new Date(start.getTime() + former.end.getTime() - former.start.getTime());
    demandSpan(start, end);
    const resourceIds = command.resourceId ? [command.resourceId] : former.resourceIds;
    const terms = await this.catalogue.termsOfMany(actor.organizationId, resourceIds);
    const goesElsewhere = resourceIds.some((id) => !former.resourceIds.includes(id));
    const asked = resourceIds.flatMap((id) => terms.get(id) ?? []);
    const wish = {
      ...{
        title: row.title,
        description: row.description,
        private: row.private,
        attendees: row.attendees,
        timeZone: row.time_zone,
        // Where nothing is answered, it has the answers of the series, which are enough for the resource of the series.
        customFields:
          goesElsewhere || command.customFields ? { ...answersTo(fieldsOf(asked), row.customFields), ...command.customFields } : null,
      },
      ...{ resourceIds, start, end, quantity: row.items[0]?.quantity ?? 1 },
      onBehalfOf: row.organizer_id === actor.accountId ? null : row.organizer_id,
    };
    const occurrence = {
      recurrenceId: command.recurrenceId,
      start: former.start,
      end: former.end,
      local: former.date,
      resolution: 'exact' as const,
    };
    const [planned] = await judged(db, actor, [{ occurrence, wish, former }], { terms, now });
    const bookedBy = row.booked_by_id ? { id: row.booked_by_id, displayName: '' } : null;
    // Who waited books it themselves, over the hold that was offered to them.
    const doer = command.waited ? {} : { bookedBy };
    return { ...planned!, ...(planned?.claim && { claim: { ...planned.claim, id: former.id, ...doer } }) };
  }
}
