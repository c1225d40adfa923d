import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, recall } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { demandVisible } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { CheckSeries } from '../../series/check-series';
import { PATIENCE_MS } from '../book-many';
import { actorOfItem, ItemFailed, readSeries } from '../bulk-items';
import { type Job, toJob } from '../jobs/job';
import { factsOfJob, insertJob } from '../jobs/job.store';
import { TryMany } from '../try-many';
import { BookAllRows } from './book-all-rows';
import { isCalendar } from './calendar-events';
import { importCompleted, type ReadFile, type ReadRow, type ReservationImport, reportOf, type RowOutcome } from './import-report';
import { ImportRow, outcomeOf, outcomeOfWork, refused, type RowPlan, unchanged } from './import-row';
import { keepEvent } from './imported-event.store';
import { ReadCalendar } from './read-calendar';
import { ReadSpreadsheet } from './read-spreadsheet';

export interface ImportReservationsCommand {
  readonly bytes: Uint8Array;
  readonly dryRun: boolean;
  /** What rows that cannot be booked do to the others. */
  readonly onError: 'skip' | 'fail';
  /** Of rows that name none. */
  readonly resourceId?: string;
  readonly language: string;
  /** Milliseconds after which rows that are booked each by itself are handed to a job. */
  readonly patience?: number;
}

interface Planned {
  readonly row: ReadRow;
  readonly plan: RowPlan;
}

/**
 * Books the rows of a spreadsheet or the events of a calendar, each as a request for a single reservation would be booked.
 * An event that was brought in before is known by its UID: it changes what it became, or nothing.
 */
@Injectable()
export class ImportReservations {
  constructor(
    private readonly database: Database,
    private readonly spreadsheet: ReadSpreadsheet,
    private readonly calendar: ReadCalendar,
    private readonly importRow: ImportRow,
    private readonly tryMany: TryMany,
    private readonly checkSeries: CheckSeries,
    private readonly bookAll: BookAllRows,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * A series is booked whole or not at all, and tried by itself: the trial does not see what other rows would take.
   * @throws Problem `not-found` for a resource the actor may not see, `validation-failed` for a file that cannot be read, `import-failed`
   *   with what is wrong when that is to fail the rest; then nothing was booked
   */
  async execute(actor: Actor, command: ImportReservationsCommand): Promise<ReservationImport | Job> {
    const earlier = await recall<ReservationImport | Job>(this.database.of(actor.organizationId), actor);
    if (earlier) return earlier.result;
    const { bytes, dryRun, onError, resourceId, language, patience } = command;
    if (resourceId !== undefined) await demandVisible(this.database.of(actor.organizationId), actor, resourceId);
    const reader = isCalendar(bytes) ? this.calendar : this.spreadsheet;
    const file = await reader.execute(actor, bytes, resourceId);
    if (dryRun) return reportOf(file, await this.tried(actor, await this.planned(actor, file), language));
    if (onError === 'fail') return this.allOrNone(actor, file, language);
    return this.eachByItself(actor, file, language, patience);
  }

  /** What is not done in time goes on as a job, from where it is. */
  private async eachByItself(actor: Actor, file: ReadFile, language: string, patience = PATIENCE_MS): Promise<ReservationImport | Job> {
    const until = performance.now() + patience;
    const outcomes: RowOutcome[] = [];
    const named = { ...actor, idempotency: actor.idempotency && { ...actor.idempotency, key: `import ${actor.idempotency.key}` } };
    for (const [index, row] of withBody(file).entries()) {
      if (performance.now() >= until) return this.handOver(actor, file, outcomes, language);
      outcomes.push(await this.importRow.execute(actorOfItem(named, index), row, index, language));
    }
    const made = reportOf(file, outcomes);
    return this.database.transaction(actor, async (tx) => {
      await this.outbox.append(tx, actor, importCompleted(made));
      return made;
    });
  }

  private handOver(actor: Actor, file: ReadFile, outcomes: readonly RowOutcome[], language: string): Promise<Job> {
    const request = { items: withBody(file), language, file: { ...file, rows: file.rows.map(({ body: _, ...row }) => row) } };
    return this.database.transaction(actor, async (tx) => {
      const row = await insertJob(tx, actor, 'import', request, outcomes, this.clock.now());
      await this.outbox.append(tx, actor, factsOfJob('job.progressed', row));
      return toJob(row);
    });
  }

  /** Tried before, so that all that is wrong is said at once; what is only in the way of each other, when it is done. */
  private async allOrNone(actor: Actor, file: ReadFile, language: string): Promise<ReservationImport> {
    const planned = await this.planned(actor, file);
    const tried = await this.tried(actor, planned, language);
    const changing = planned.filter((it) => it.plan.action === 'update').map(({ row }) => refused(row.line, BY_ITSELF));
    demandNoneFailed(reportOf(file, [...tried, ...changing]));
    const rows = planned.filter((it) => it.plan.action === 'create').map((it) => it.row);
    const known = tried.filter((it) => it.action === 'unchanged');
    try {
      return await this.bookAll.execute(actor, rows, async (tx, outcomes) => {
        for (const [i, { id, seriesId }] of outcomes.entries()) {
          const { event } = rows[i]!;
          if (event) await keepEvent(tx, actor, event, { reservationId: id, seriesId }, this.clock.now());
        }
        const made = reportOf(file, [...known, ...outcomes]);
        await this.outbox.append(tx, actor, importCompleted(made));
        return made;
      });
    } catch (error) {
      if (!(error instanceof ItemFailed) || !error.problem) throw error;
      demandNoneFailed(reportOf(file, [refused(rows[error.index]!.line, error.problem)]));
      throw error.problem;
    }
  }

  private async planned(actor: Actor, file: ReadFile): Promise<Planned[]> {
    const planned: Planned[] = [];
    for (const row of withBody(file)) planned.push({ row, plan: await this.importRow.plan(actor, row) });
    return planned;
  }

  /** What would become of the rows; what was only tried has no id. */
  private async tried(actor: Actor, planned: readonly Planned[], language: string): Promise<RowOutcome[]> {
    const { idempotency: _, ...trier } = actor;
    const [series, single] = [planned.filter(isNewSeries), planned.filter((it) => it.plan.action === 'create' && !isNewSeries(it))];
    const { results } = await this.tryMany.execute(
      trier,
      single.map((it) => it.row.body),
      language,
    );
    const outcomes = results.map((it, i): RowOutcome => ({ ...outcomeOf(single[i]!.row.line, it), id: undefined }));
    for (const { row } of series) {
      const tried = async () => this.checkSeries.demandBookable(trier, await readSeries(row.body)).then(() => ({}));
      outcomes.push(await outcomeOfWork(row.line, tried));
    }
    for (const { row, plan } of planned) {
      if (plan.action === 'unchanged') outcomes.push(unchanged(row, plan.known));
      if (plan.action === 'update') outcomes.push(await this.importRow.tryUpdate(trier, row, plan.known));
    }
    return outcomes;
  }
}

const BY_ITSELF = new Problem('invalid-state', { detail: 'What is booked already is changed by itself, not with others all or none.' });

const withBody = ({ rows }: ReadFile): ReadRow[] => rows.filter((it) => it.body);
const isNewSeries = ({ row, plan }: Planned): boolean => plan.action === 'create' && row.body?.['recurrence'] !== undefined;

/** @throws Problem `import-failed` */
function demandNoneFailed({ failed }: ReservationImport): void {
  if (failed.length > 0) throw new Problem('import-failed', { detail: `${failed.length} cells are wrong; nothing was booked.`, failed });
}
