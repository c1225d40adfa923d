import { Problem, seriesEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, recall, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { joinedAgain, type Recurrence } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { factsOfSeries, type SeriesBooked } from './series';
import { SeriesQueries } from './series.queries';
import { recurrenceOfRow, type SeriesRow, seriesToChange, updateSeriesTime } from './series.store';

/**
 * Puts a series together again with the one it was parted from, when both are as parting left them: what takes back a change
 * of «this and following». No time changes, so no rule is asked.
 */
@Injectable()
export class JoinSeries {
  constructor(
    private readonly database: Database,
    private readonly queries: SeriesQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @param id of the later part
   * @returns the whole
   * @throws Problem `not-found`, `permission-denied`, `invalid-state` where it was parted from none, or they are no longer parts of one
   */
  async execute(actor: Actor, id: string): Promise<SeriesBooked> {
    const earlier = await recall<SeriesBooked>(this.database.of(actor.organizationId), actor);
    if (earlier) return earlier.result;
    return this.database.transaction(actor, async (tx) => {
      const wholeId = await this.partedFrom(tx, actor, id);
      // Locked in the order of their ids, as whoever joins the other way round would.
      const rows = new Map<string, SeriesRow>();
      for (const one of [id, wholeId].sort()) rows.set(one, await seriesToChange(tx, actor, one, 'lock'));
      const [part, whole] = [rows.get(id)!, rows.get(wholeId)!];
      const recurrence = demandParts(whole, part);
      await this.joined(tx, whole, part, recurrence);
      await this.told(tx, actor, { whole, part, recurrence });
      return { ...(await this.queries.booked(actor, whole.id, tx)), warnings: [] };
    });
  }

  private async partedFrom(tx: Tx, actor: Actor, id: string): Promise<string> {
    await seriesToChange(tx, actor, id, 'look');
    const [row] = await tx.sql<{ whole: string | null }>`select split_from_id as whole from series where id = ${id}`;
    if (!row?.whole) throw apart('It was never a part of another series.');
    return row.whole;
  }

  private async joined(tx: Tx, whole: SeriesRow, part: SeriesRow, recurrence: Recurrence): Promise<void> {
    const [twice] = await tx.sql`
      select from reservation a join reservation b on b.recurrence_id = a.recurrence_id
      where a.series_id = ${whole.id} and b.series_id = ${part.id} limit 1`;
    if (twice) throw apart('Both have the same date.');
    const now = this.clock.now();
    await updateSeriesTime(tx, whole.id, recurrence, part.materialised_until, now);
    await tx.sql`update series set version = version + 1 where id = ${whole.id}`;
    await tx.sql`update reservation set series_id = ${whole.id} where series_id = ${part.id}`;
    await tx.sql`update series set split_from_id = ${whole.id} where split_from_id = ${part.id}`;
    await tx.sql`update imported_event set series_id = ${whole.id} where series_id = ${part.id}`;
    await tx.sql`delete from series where id = ${part.id}`;
  }

  private async told(
    tx: Tx,
    actor: Actor,
    { whole, part, recurrence }: { readonly whole: SeriesRow; readonly part: SeriesRow; readonly recurrence: Recurrence },
  ): Promise<void> {
    const resourceIds = whole.items.map((it) => it.resourceId);
    const facts = factsOfSeries({ ...whole, version: whole.version + 1 }, recurrence, whole.organizer_id, resourceIds);
    const gone = factsOfSeries(part, recurrenceOfRow(part), part.organizer_id, resourceIds);
    await this.outbox.append(
      tx,
      actor,
      seriesEvent('series.updated', { ...gone, continuedBy: whole.id }),
      seriesEvent('series.updated', { ...facts, scope: 'all', reason: 'joined' }),
    );
  }
}

/** @throws Problem `invalid-state` where they are not two parts of one series */
function demandParts(whole: SeriesRow, part: SeriesRow): Recurrence {
  if (whole.cancelled_at || part.cancelled_at) throw apart('One of the two is cancelled.');
  if (detailsOf(whole) !== detailsOf(part)) throw apart('They are no longer about the same.');
  const recurrence = joinedAgain(recurrenceOfRow(whole), recurrenceOfRow(part));
  if (!recurrence) throw apart('One does not go on where the other ends.');
  return recurrence;
}

const detailsOf = (it: SeriesRow): string =>
  JSON.stringify([it.organizer_id, it.title, it.description, it.private, it.attendees, Object.entries(it.customFields).sort(), it.items]);

const apart = (detail: string): Problem => new Problem('invalid-state', { detail });
