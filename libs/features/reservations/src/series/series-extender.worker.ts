import { Problem, seriesEvent, reservationEvent } from '@berth/contracts';
import { type Actor, rightsColumns, type RightsRow, toRights } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, LOG, Schedule } from '@berth/platform/runtime';
import { ResourceCatalogue } from '@berth/resources';
import { MAX_COUNT, occurrences } from '@berth/scheduling';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { NotPlaced } from '../place-under-locks';
import { factsOf } from '../reservation';
import { judged, windowOf } from './plan-series';
import { factsOfSeries } from './series';
import { SeriesAllocation } from './series-allocation';
import { readSeries, recurrenceOfRow, type SeriesRow, updateSeriesTime } from './series.store';

const EVERY_MS = 30_000;
const BATCH = 100;

interface DueSeries extends RightsRow {
  readonly id: string;
  readonly org_id: string;
  readonly organizer_id: string;
  readonly display_name: string;
}

/**
 * Books what has come into reach of series that go on. What is due is read from the table and each is done under the lock
 * of its row, so an outage only delays it and any number may run; the unique start of an occurrence is the proof.
 */
@Injectable()
export class SeriesExtender {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly places: SeriesAllocation,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    schedule: Schedule,
    @Inject(LOG) private readonly log: Logger,
  ) {
    schedule.every(EVERY_MS, 'extending series failed', () => this.run());
  }

  /** @returns how many occurrences were booked */
  async run(): Promise<number> {
    let booked = 0;
    for (;;) {
      const due = await this.database.system.sql<DueSeries>`
        select s.id, s.org_id, s.organizer_id, a.display_name, a.role, ${rightsColumns(this.clock.now())}
        from series s join account a on a.id = s.organizer_id
        where s.extend_at <= ${this.clock.now()} and s.cancelled_at is null
        order by s.extend_at, s.id
        limit ${BATCH}`;
      let done = 0;
      for (const it of due) {
        const count = await this.extend(it);
        if (count === undefined) continue;
        done++;
        booked += count;
      }
      if (due.length < BATCH || done === 0) return booked;
    }
  }

  /** @returns how many occurrences were booked; undefined when another does it, or it has to wait for the next round */
  private async extend(due: DueSeries): Promise<number | undefined> {
    const actor: Actor = {
      organizationId: due.org_id,
      accountId: due.organizer_id,
      displayName: due.display_name,
      ...toRights(due),
      sessionId: '',
      requestId: 'series-extender',
    };
    const row = await readSeries(this.database.of(due.org_id), due.org_id, due.id, 'look');
    if (!row?.extend_at) return undefined;
    try {
      return await this.extended(actor, row);
    } catch (error) {
      if (error instanceof NotPlaced) return undefined;
      if (!(error instanceof Problem)) throw error;
      // The organizer may not see the resource any more, or the like: asked again tomorrow, and nothing is lost.
      this.log.warn({ series: row.id, code: error.code }, 'a series could not be extended');
      await this.postpone(actor, row);
      return 0;
    }
  }

  private async extended(actor: Actor, row: SeriesRow): Promise<number | undefined> {
    const now = this.clock.now();
    const recurrence = recurrenceOfRow(row);
    const ids = row.items.map((it) => it.resourceId);
    const terms = await this.catalogue.termsOfMany(actor.organizationId, ids);
    const window = windowOf(recurrence, [...terms.values()], now);
    const found = occurrences(recurrence, window, MAX_COUNT, row.materialised_until ?? undefined);
    const wish = {
      ...{ title: row.title, description: row.description, private: row.private, attendees: row.attendees, customFields: null },
      ...{ resourceIds: ids, quantity: row.items[0]?.quantity ?? 1, timeZone: row.time_zone },
    };
    const wishes = found.map((occurrence) => ({ occurrence, wish: { ...wish, start: occurrence.start, end: occurrence.end } }));
    const planned = await judged(this.database.of(actor.organizationId), actor, wishes, { terms, now });
    const until = found.length === MAX_COUNT ? found.at(-1)!.start : laterOf(window, row.materialised_until);
    return this.database.transaction(actor, async (tx) => {
      const [own] =
        await tx.sql`select from series where id = ${row.id} and version = ${row.version} and extend_at = ${row.extend_at} for no key update skip locked`;
      if (!own) return undefined;
      const { booked, skipped } = await this.places.placeInto(tx, actor, row, planned, 'skip', { mayBeNone: true, beside: () => [] });
      await updateSeriesTime(tx, row.id, recurrence, until, now);
      if (found.length === 0) return 0;
      await this.places.askFor(tx, actor, booked);
      const facts = factsOfSeries(row, recurrence, row.organizer_id, ids);
      const doer = { organizationId: actor.organizationId, accountId: null, requestId: null };
      const told = seriesEvent('series.updated', { ...facts, occurrences: booked.length, skipped });
      await this.outbox.append(tx, doer, told, ...booked.map((it) => reservationEvent('reservation.created', factsOf(it, 1))));
      return booked.length;
    });
  }

  private async postpone(actor: Actor, row: SeriesRow): Promise<void> {
    await this.database.transaction(actor, (tx) =>
      updateSeriesTime(tx, row.id, recurrenceOfRow(row), row.materialised_until, this.clock.now()),
    );
  }
}

const laterOf = (a: Date, b: Date | null): Date => (b && b > a ? b : a);
