import { type FieldError, Problem, type ProblemCode } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, recall } from '@berth/platform/database';
import { toProblem } from '@berth/platform/http';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { PlaceAs } from '../../allocation';
import { ChangeDetails } from '../../change-details';
import type { Conflict } from '../../conflicts';
import { Move, type MoveCommand } from '../../move';
import type { Reservation } from '../../reservation';
import { ReservationQueries } from '../../reservations.queries';
import { type AlsoOfSeries, BookSeries } from '../../series/book-series';
import { ChangeSeries } from '../../series/change-series';
import type { ChangeSeriesCommand } from '../../series/plan-change';
import { BookMany } from '../book-many';
import { readItem, readSeries } from '../bulk-items';
import type { ItemResult } from '../bulk-outcome';
import type { ReadRow, RowOutcome } from './import-report';
import { keepEvent, keepFingerprint, knownEvent, type KnownEvent } from './imported-event.store';

/** What a row of a file would do: an event that was brought in before changes what it has become, or nothing. */
export type RowPlan =
  | { readonly action: 'create' }
  | { readonly action: 'unchanged'; readonly known: KnownEvent }
  | { readonly action: 'update'; readonly known: KnownEvent };

/** Brings one row of a file in, whatever becomes of the others. */
@Injectable()
export class ImportRow {
  constructor(
    private readonly database: Database,
    private readonly bookMany: BookMany,
    private readonly bookSeries: BookSeries,
    private readonly move: Move,
    private readonly changeDetails: ChangeDetails,
    private readonly changeSeries: ChangeSeries,
    private readonly queries: ReservationQueries,
    private readonly clock: Clock,
  ) {}

  /** Done again under the key of its actor, it is not done twice. */
  async execute(actor: Actor, row: ReadRow, index: number, language: string): Promise<RowOutcome> {
    // What this very request booked is not there since an earlier one.
    const isAgain = (await recall(this.database.of(actor.organizationId), actor)) !== undefined;
    const plan = isAgain ? ({ action: 'create' } as const) : await this.plan(actor, row);
    if (plan.action === 'create') return this.create(actor, row, index, language);
    if (plan.action === 'unchanged') return unchanged(row, plan.known);
    return outcomeFor(row, plan.known, () => this.update(actor, row, plan.known));
  }

  async plan(actor: Actor, { event }: ReadRow): Promise<RowPlan> {
    const known = event && (await knownEvent(this.database.of(actor.organizationId), actor, event));
    if (!known) return { action: 'create' };
    return { action: known.fingerprint === event.fingerprint ? 'unchanged' : 'update', known };
  }

  /** What changing what was brought in would answer now; changes nothing. */
  tryUpdate(actor: Actor, row: ReadRow, known: KnownEvent): Promise<RowOutcome> {
    return outcomeFor(row, known, async () => {
      if (known.seriesId !== null) await this.changeSeries.demandPossible(actor, await seriesChange(row, known.seriesId));
      else {
        const { move } = await this.change(actor, row, known.reservationId);
        if (move) await this.move.tryOut(actor, move);
      }
    });
  }

  private create(actor: Actor, { line, body, event }: ReadRow, index: number, language: string): Promise<RowOutcome> {
    const now = this.clock.now();
    if (!body?.['recurrence']) {
      const also: PlaceAs['also'] = event && ((tx, { id }) => keepEvent(tx, actor, event, { reservationId: id }, now));
      return this.bookMany.one(actor, body, index, language, also).then((it) => outcomeOf(line, it));
    }
    const also: AlsoOfSeries = event && ((tx, { series }) => keepEvent(tx, actor, event, { seriesId: series.id }, now));
    return outcomeOfWork(line, async () => {
      const { series, occurrences } = await this.bookSeries.execute(actor, await readSeries(body), also);
      return { seriesId: series.id, status: occurrences[0]?.status };
    });
  }

  /** Each step may be repeated without harm; that the event is known as it is now comes last. */
  private async update(actor: Actor, row: ReadRow, known: KnownEvent): Promise<void> {
    const { idempotency: _, ...plain } = actor;
    if (known.seriesId !== null) await this.changeSeries.execute(plain, await seriesChange(row, known.seriesId));
    else {
      const { move, details } = await this.change(plain, row, known.reservationId);
      if (move) await this.move.execute(plain, move);
      await this.changeDetails.execute(plain, known.reservationId, details);
    }
    await this.database.transaction(actor, (tx) => keepFingerprint(tx, actor, row.event!, this.clock.now()));
  }

  /** What of a reservation is other than its event says. @throws Problem `invalid-state` where that recurs by now */
  private async change(actor: Actor, { body }: ReadRow, id: string) {
    if (body?.['recurrence']) throw cannotBecome('The event recurs by now; what it was is booked still.');
    const { resourceIds, start, end, ...wish } = await readItem(body);
    const current = await this.queries.one(actor, id);
    const stays = current.resources.some((it) => it.resourceId === resourceIds[0]);
    const isSameTime = Date.parse(current.start) === start.getTime() && Date.parse(current.end) === end.getTime();
    const move: MoveCommand = { id, start, end, ...(!stays && { resourceId: resourceIds[0] }) };
    const details = { title: wish.title ?? null, description: wish.description ?? null, private: wish.private ?? false };
    return { move: stays && isSameTime ? undefined : move, details };
  }
}

/** @throws Problem `invalid-state` for what a change of all dates cannot say */
async function seriesChange({ body }: ReadRow, id: string): Promise<ChangeSeriesCommand> {
  if (!body?.['recurrence']) throw cannotBecome('The event does not recur any more; the series is booked still.');
  if (body['resolutions']) throw cannotBecome('Single dates of it were changed; change those here.');
  const { wish, rrule, exdates, rdates } = await readSeries(body);
  const details = { title: wish.title ?? null, description: wish.description ?? null, private: wish.private ?? false };
  return {
    id,
    scope: 'all',
    details,
    start: wish.start,
    end: wish.end,
    resourceId: wish.resourceIds[0],
    rrule,
    exdates,
    rdates,
    onConflict: 'fail',
  };
}

const cannotBecome = (detail: string): Problem => new Problem('invalid-state', { detail });

/** An event that was brought in before and says nothing new. */
export const unchanged = ({ line }: ReadRow, { reservationId, seriesId }: KnownEvent): RowOutcome => ({
  ...{ line, action: 'unchanged' },
  ...(reservationId !== null ? { id: reservationId } : { seriesId }),
});

const outcomeFor = (row: ReadRow, known: KnownEvent, work: () => Promise<void>): Promise<RowOutcome> =>
  outcomeOfWork(row.line, async () => {
    await work();
    return { ...unchanged(row, known), action: 'update' as const };
  });

/** What came of work for a row; what is refused is said of it. */
export async function outcomeOfWork(line: number, work: () => Promise<Omit<RowOutcome, 'line'>>): Promise<RowOutcome> {
  try {
    return { line, ...(await work()) };
  } catch (error) {
    const problem = toProblem(error);
    if (problem.code === 'internal-error') throw error;
    return refused(line, problem);
  }
}

export function outcomeOf(line: number, { data, problem }: ItemResult<Reservation>): RowOutcome {
  if (!problem) return { line, id: data?.id, status: data?.status };
  const { code, title, ...extensions } = problem;
  return refused(line, { code: code as ProblemCode, message: title, extensions });
}

/** A row that could not be brought in, and why. */
export function refused(line: number, { code, message, extensions }: Pick<Problem, 'code' | 'message' | 'extensions'>): RowOutcome {
  return {
    line,
    problem: {
      code,
      detail: extensions.detail ?? message,
      errors: extensions['errors'] as readonly FieldError[] | undefined,
      conflicts: extensions['conflicts'] as readonly Conflict[] | undefined,
    },
  };
}
