import { reservationEvent, seriesEvent } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { ResourceCatalogue } from '@berth/resources';
import { isLateCancellation, type ReservationStatus, splitAt } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { Cancel } from '../cancel';
import { readFacts } from '../reservation.store';
import { Waiting } from '../waiting/waiting';
import { cancelAll, occurrenceAt, skippedFrom } from './occurrences.store';
import { demandOccurrence, type SeriesScope } from './scope';
import { factsOfSeries, type SeriesBooked } from './series';
import { SeriesQueries } from './series.queries';
import { recurrenceOfRow, seriesToChange, type SeriesRow, updateSeriesDetails, updateSeriesTime } from './series.store';

export interface CancelSeriesCommand {
  readonly id: string;
  readonly scope: SeriesScope;
  /** The occurrence `this` and `following` begin with. */
  readonly recurrenceId?: Date;
  readonly reason?: string;
}

interface Coming {
  id: string;
  status: ReservationStatus;
  starts_at: Date;
  resource_ids: string[];
}

/** Cancels one occurrence, one and those after it, or all that are not over; what has passed stays. */
@Injectable()
export class CancelSeries {
  constructor(
    private readonly database: Database,
    private readonly cancelling: Cancel,
    private readonly catalogue: ResourceCatalogue,
    private readonly waiting: Waiting,
    private readonly queries: SeriesQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Cancelling twice is not an error. @throws Problem `not-found`, `permission-denied`, `validation-failed` without the occurrence, `invalid-state` */
  async execute(actor: Actor, command: CancelSeriesCommand): Promise<SeriesBooked> {
    const db = this.database.of(actor.organizationId);
    if (command.scope === 'this') {
      await seriesToChange(db, actor, command.id, 'look');
      const { id } = await occurrenceAt(db, command.id, demandOccurrence(command.recurrenceId));
      await this.cancelling.execute(withoutKey(actor), { id, reason: command.reason, undoSeconds: 0 });
      return { ...(await this.queries.booked(actor, command.id, db)), warnings: [] };
    }
    const from = command.scope === 'following' ? demandOccurrence(command.recurrenceId) : null;
    if (from) await occurrenceAt(db, command.id, from);
    return this.database.transaction(actor, async (tx) => {
      const row = await seriesToChange(tx, actor, command.id, 'lock');
      const cancelled = await this.cancelOccurrences(tx, actor, row, from, command.reason ?? null);
      await this.endSeries(tx, row, from, command.reason ?? null);
      await this.waiting.leave(tx, actor, await skippedFrom(tx, row.id, from), this.clock.now());
      const resourceIds = row.items.map((it) => it.resourceId);
      const facts = factsOfSeries({ ...row, version: row.version + 1 }, recurrenceOfRow(row), row.organizer_id, resourceIds);
      const about = {
        scope: command.scope,
        ...(from && { recurrenceId: formatInstant(from) }),
        ...(command.reason && { reason: command.reason }),
      };
      await this.outbox.append(tx, actor, seriesEvent('series.cancelled', { ...facts, ...about, occurrences: cancelled }));
      return { ...(await this.queries.booked(actor, command.id, tx)), warnings: [] };
    });
  }

  private async cancelOccurrences(tx: Tx, actor: Actor, row: SeriesRow, from: Date | null, reason: string | null): Promise<number> {
    const now = this.clock.now();
    const coming = await tx.sql<Coming>`
      select v.id, v.status, v.starts_at, array(select i.resource_id::text from reservation_item i where i.reservation_id = v.id) as resource_ids
      from reservation v
      where v.series_id = ${row.id} and v.recurrence_id >= coalesce(${from}, '-infinity'::timestamptz)
        and v.status in ('pending', 'confirmed', 'checked_in') and v.ends_at > ${now}
      order by v.id
      for no key update of v`;
    const terms = await this.catalogue.termsOfMany(actor.organizationId, [...new Set(coming.flatMap((it) => it.resource_ids))]);
    const policiesOf = (it: Coming) => it.resource_ids.flatMap((id) => terms.get(id)?.policy ?? []);
    const late = new Set(coming.filter((it) => isLateCancellation(policiesOf(it), it.starts_at, now)).map((it) => it.id));
    const ids = coming.map((it) => it.id);
    await cancelAll(tx, ids, [...late], reason, now);
    const statusOf = new Map(coming.map((it) => [it.id, it.status]));
    const facts = await readFacts(tx, ids);
    const events = facts.map((it) =>
      reservationEvent('reservation.cancelled', {
        ...it,
        previous: { status: statusOf.get(it.reservationId) },
        ...(reason && { reason }),
        ...(late.has(it.reservationId) && { late: true }),
      }),
    );
    await this.outbox.append(tx, actor, ...events);
    return ids.length;
  }

  /** What is cancelled from the first on is cancelled whole; else it ends before the occurrence. */
  private async endSeries(tx: Tx, row: SeriesRow, from: Date | null, reason: string | null): Promise<void> {
    const now = this.clock.now();
    const parts = from ? splitAt(recurrenceOfRow(row), from) : undefined;
    if (parts) {
      await updateSeriesTime(tx, row.id, parts.before, null, now);
      return updateSeriesDetails(tx, row.id, row, now);
    }
    await tx.sql`
      update series
      set cancelled_at = coalesce(cancelled_at, ${now}), cancel_reason = coalesce(cancel_reason, ${reason}), materialised_until = null, extend_at = null,
          version = version + 1, updated_at = ${now}
      where id = ${row.id}`;
  }
}

/** The answer to a repeated request is the series', not that of the occurrence. */
const withoutKey = (actor: Actor): Actor => ({ ...actor, idempotency: undefined });
