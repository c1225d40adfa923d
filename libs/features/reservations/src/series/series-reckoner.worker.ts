import { Problem, reservationEvent, seriesEvent } from '@berth/contracts';
import { type Actor, rightsColumns, type RightsRow, toRights } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Schedule } from '@berth/platform/runtime';
import { type Occurrence, occurrences, pairReckoned } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { Move } from '../move';
import { readFacts } from '../reservation.store';
import { comingOccurrences, keepIdentities, type StoredOccurrence } from './occurrences.store';
import { factsOfSeries } from './series';
import { markReckoned, readSeries, recurrenceOfRow, type SeriesRow, TZDB } from './series.store';

const EVERY_MS = 10 * 60_000;
/** Series looked at together: whose times are another's former ones are among each other. */
const BATCH = 1_000;
const DAY_MS = 86_400_000;

interface DueSeries extends RightsRow {
  readonly id: string;
  readonly org_id: string;
  readonly organizer_id: string;
  readonly display_name: string;
}

/** A date of a series, and when it is now. */
interface Reckoned {
  readonly former: StoredOccurrence;
  readonly occurrence: Occurrence;
}

interface Looked {
  readonly actor: Actor;
  readonly row: SeriesRow;
  readonly dates: readonly Reckoned[];
}

/**
 * Reckons series again that were reckoned by other rules of time zones: 09:00 on the wall stays 09:00. Each date that still
 * fits is moved as if by hand; one that does not keeps the time it has, and its owner is told. What is due is read from the
 * table, so it may be interrupted anywhere and begun anew.
 */
@Injectable()
export class SeriesReckoner {
  constructor(
    private readonly database: Database,
    private readonly moving: Move,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    schedule: Schedule,
  ) {
    schedule.every(EVERY_MS, 'reckoning series again failed', () => this.run());
  }

  /** @returns how many dates were moved, and how many could not be */
  async run(): Promise<{ moved: number; left: number }> {
    const done = { moved: 0, left: 0 };
    for (;;) {
      const due = await this.due();
      if (due.length === 0) return done;
      // One series may wait for the time another gives up, so it goes round until nothing moves any more.
      for (let moved = -1; moved !== 0; done.moved += moved) {
        moved = 0;
        for (const it of due) moved += await this.moveWhatFits(it);
      }
      for (const it of due) done.left += await this.settle(it);
      if (due.length < BATCH) return done;
    }
  }

  private due(): Promise<DueSeries[]> {
    return this.database.system.sql<DueSeries>`
      select s.id, s.org_id, s.organizer_id, a.display_name, a.role, ${rightsColumns(this.clock.now())}
      from series s join account a on a.id = s.organizer_id
      where s.tzdb_version <> ${TZDB} and s.cancelled_at is null
      order by s.time_zone, s.id
      limit ${BATCH}`;
  }

  private async moveWhatFits(due: DueSeries): Promise<number> {
    const looked = await this.look(due);
    if (!looked) return 0;
    let moved = 0;
    for (const { former, occurrence } of looked.dates.filter(isToMove)) {
      try {
        const { start, end } = occurrence;
        await this.moving.execute(looked.actor, { id: former.id, start, end, ifMatch: former.version });
        moved++;
      } catch (error) {
        // Somebody has that time, a rule forbids it, or it was changed at this moment: the next round, or the owner, sees.
        if (!(error instanceof Problem)) throw error;
      }
    }
    return moved;
  }

  /** Gives each date the start its series gives it now, and tells of those that could not be moved. @returns how many these are */
  private async settle(due: DueSeries): Promise<number> {
    const looked = await this.look(due);
    if (!looked) return 0;
    const { actor, row, dates } = looked;
    const left = dates.filter(isToMove);
    return this.database.transaction(actor, async (tx) => {
      const current = await readSeries(tx, due.org_id, row.id, 'lock');
      if (!current || current.version !== row.version || !(await markReckoned(tx, row, lastOf(dates), this.clock.now()))) return 0;
      const shifted = dates.filter((it) => it.former.recurrenceId.getTime() !== it.occurrence.recurrenceId.getTime());
      if (shifted.length === 0) return 0;
      await keepIdentities(
        tx,
        row.id,
        shifted.map(({ former, occurrence }) => ({ id: former.id, recurrenceId: occurrence.recurrenceId, time: occurrence })),
      );
      const doer = { organizationId: actor.organizationId, accountId: null, requestId: null };
      const recurrence = recurrenceOfRow(row);
      const resourceIds = row.items.map((it) => it.resourceId);
      const facts = factsOfSeries({ ...row, version: row.version + 1 }, recurrence, row.organizer_id, resourceIds);
      const affected = await readFacts(
        tx,
        left.map((it) => it.former.id),
      );
      await this.outbox.append(
        tx,
        doer,
        seriesEvent('series.updated', { ...facts, scope: 'all', occurrences: shifted.length - left.length, reason: 'time-zone-rules' }),
        ...affected.map((it) => reservationEvent('reservation.affected', { ...it, reason: 'time-zone-rules' })),
      );
      return left.length;
    });
  }

  /** The dates that are to come, each with what it is now; undefined for a series that is gone. */
  private async look(due: DueSeries): Promise<Looked | undefined> {
    const actor: Actor = {
      ...{ organizationId: due.org_id, accountId: due.organizer_id, displayName: due.display_name },
      ...toRights(due),
      ...{ sessionId: '', requestId: 'series-reckoner' },
    };
    const db = this.database.of(due.org_id);
    const row = await readSeries(db, due.org_id, due.id, 'look');
    if (!row || row.cancelled_at) return undefined;
    const now = this.clock.now();
    const stored = await comingOccurrences(db, row.id, null, now);
    const last = stored.at(-1)?.recurrenceId.getTime() ?? now.getTime();
    const next = occurrences(recurrenceOfRow(row), new Date(last + DAY_MS), Infinity, new Date(now.getTime() - DAY_MS));
    return { actor, row, dates: pairReckoned(stored, next) };
  }
}

/** Still at the start its series gave it, which is another now; what somebody moved by hand stays where they wanted it. */
const isToMove = ({ former, occurrence }: Reckoned): boolean =>
  (former.status === 'confirmed' || former.status === 'pending') &&
  former.start.getTime() === former.recurrenceId.getTime() &&
  former.start.getTime() !== occurrence.start.getTime();

const lastOf = (dates: readonly Reckoned[]): Date | null => dates.at(-1)?.occurrence.recurrenceId ?? null;
