import { type FieldError, Problem, type ProblemCode } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, recall } from '@berth/platform/database';
import { toProblem } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { Conflict } from '../../conflicts';
import type { Reservation } from '../../reservation';
import { BookSeries } from '../../series/book-series';
import { CheckSeries } from '../../series/check-series';
import { BookMany, PATIENCE_MS } from '../book-many';
import { actorOfItem, ItemFailed, readSeries } from '../bulk-items';
import type { ItemResult } from '../bulk-outcome';
import { type Job, toJob } from '../jobs/job';
import { factsOfJob, insertJob } from '../jobs/job.store';
import { TryMany } from '../try-many';
import { BookAllRows } from './book-all-rows';
import { isCalendar } from './calendar-events';
import { importCompleted, type ReadFile, type ReadRow, type ReservationImport, reportOf, type RowOutcome } from './import-report';
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

/** Books the rows of a spreadsheet or the events of a calendar, each as a request for a single reservation would be booked. */
@Injectable()
export class ImportReservations {
  constructor(
    private readonly database: Database,
    private readonly spreadsheet: ReadSpreadsheet,
    private readonly calendar: ReadCalendar,
    private readonly bookMany: BookMany,
    private readonly tryMany: TryMany,
    private readonly bookSeries: BookSeries,
    private readonly checkSeries: CheckSeries,
    private readonly bookAll: BookAllRows,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * A series is booked whole or not at all, and tried by itself: the trial does not see what other rows would take.
   * @throws Problem `validation-failed` for a file that cannot be read, `import-failed` with what is wrong when that is to
   *   fail the rest; then nothing was booked
   */
  async execute(actor: Actor, command: ImportReservationsCommand): Promise<ReservationImport | Job> {
    const earlier = await recall<ReservationImport | Job>(this.database.of(actor.organizationId), actor);
    if (earlier) return earlier.result;
    const { bytes, dryRun, onError, resourceId, language, patience } = command;
    const reader = isCalendar(bytes) ? this.calendar : this.spreadsheet;
    const file = await reader.execute(actor, bytes, resourceId);
    if (dryRun) return reportOf(file, await this.tried(actor, file.rows, language));
    if (onError === 'fail') return this.allOrNone(actor, file, language);
    return this.eachByItself(actor, file, language, patience);
  }

  /** Books one row, whatever becomes of the others; done again under the key of its actor, it is not done twice. */
  async one(actor: Actor, { line, body }: ReadRow, index: number, language: string): Promise<RowOutcome> {
    if (!body?.['recurrence']) return outcomeOf(line, await this.bookMany.one(actor, body, index, language));
    return seriesOutcome(line, async () => {
      const { series, occurrences } = await this.bookSeries.execute(actor, await readSeries(body));
      return { seriesId: series.id, status: occurrences[0]?.status };
    });
  }

  /** What is not done in time goes on as a job, from where it is. */
  private async eachByItself(actor: Actor, file: ReadFile, language: string, patience = PATIENCE_MS): Promise<ReservationImport | Job> {
    const until = performance.now() + patience;
    const outcomes: RowOutcome[] = [];
    const rows = withBody(file);
    const named = { ...actor, idempotency: actor.idempotency && { ...actor.idempotency, key: `import ${actor.idempotency.key}` } };
    for (const [index, row] of rows.entries()) {
      if (performance.now() >= until) return this.handOver(actor, file, outcomes, language);
      outcomes.push(await this.one(actorOfItem(named, index), row, index, language));
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
    demandNoneFailed(reportOf(file, await this.tried(actor, file.rows, language)));
    const rows = withBody(file);
    try {
      return await this.bookAll.execute(actor, rows, async (tx, outcomes) => {
        const made = reportOf(file, outcomes);
        await this.outbox.append(tx, actor, importCompleted(made));
        return made;
      });
    } catch (error) {
      if (!(error instanceof ItemFailed)) throw error;
      const { line } = rows[error.index]!;
      demandNoneFailed(reportOf(file, [problemOf(line, error.problem)]));
      throw error;
    }
  }

  /** What would become of the rows; what was only tried has no id. */
  private async tried(actor: Actor, rows: readonly ReadRow[], language: string): Promise<RowOutcome[]> {
    const { idempotency: _, ...trier } = actor;
    const single = rows.filter((it) => it.body && !it.body['recurrence']);
    const { results } = await this.tryMany.execute(
      trier,
      single.map((it) => it.body),
      language,
    );
    const outcomes = results.map((it, i) => ({ ...outcomeOf(single[i]!.line, it), id: undefined }));
    for (const { line, body } of rows) {
      if (!body?.['recurrence']) continue;
      const demand = async () => this.checkSeries.demandBookable(trier, await readSeries(body));
      outcomes.push({ ...(await seriesOutcome(line, () => demand().then(() => ({})))), id: undefined });
    }
    return outcomes;
  }
}

const withBody = ({ rows }: ReadFile): ReadRow[] => rows.filter((it) => it.body);

/** @throws Problem `import-failed` */
function demandNoneFailed({ failed }: ReservationImport): void {
  if (failed.length > 0) throw new Problem('import-failed', { detail: `${failed.length} cells are wrong; nothing was booked.`, failed });
}

async function seriesOutcome(line: number, work: () => Promise<Omit<RowOutcome, 'line'>>): Promise<RowOutcome> {
  try {
    return { line, ...(await work()) };
  } catch (error) {
    const problem = toProblem(error);
    if (problem.code === 'internal-error') throw error;
    return problemOf(line, problem);
  }
}

function outcomeOf(line: number, { data, problem }: ItemResult<Reservation>): RowOutcome {
  if (!problem) return { line, id: data?.id, status: data?.status };
  const { code, title, ...extensions } = problem;
  return problemOf(line, { code: code as ProblemCode, message: title, extensions });
}

function problemOf(line: number, problem: Pick<Problem, 'code' | 'message' | 'extensions'> | undefined): RowOutcome {
  const { code, message, extensions } = problem ?? new Problem('unavailable');
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
