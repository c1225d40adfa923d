import { catalogueEvent, type FieldError, Problem, type ProblemCode } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, recall } from '@berth/platform/database';
import { toProblem } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import type { Conflict } from '../../conflicts';
import type { Reservation } from '../../reservation';
import { BookSeries } from '../../series/book-series';
import { CheckSeries } from '../../series/check-series';
import { BookMany } from '../book-many';
import { actorOfItem, readSeries } from '../bulk-items';
import type { ItemResult } from '../bulk-outcome';
import { TryMany } from '../try-many';
import { isCalendar } from './calendar-events';
import { type ReadFile, type ReadRow, type ReservationImport, reportOf, type RowOutcome } from './import-report';
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
}

type Outcomes = ReadonlyMap<number, RowOutcome>;

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
    private readonly outbox: Outbox,
  ) {}

  /**
   * A series is booked whole or not at all, and tried by itself: the trial does not see what other rows would take.
   * @throws Problem `validation-failed` for a file that cannot be read, `import-failed` with what is wrong when that is to
   *   fail the rest; then nothing was booked
   */
  async execute(actor: Actor, command: ImportReservationsCommand): Promise<ReservationImport> {
    const earlier = await recall<ReservationImport>(this.database.of(actor.organizationId), actor);
    if (earlier) return earlier.result;
    const { bytes, dryRun, onError, resourceId, language } = command;
    const reader = isCalendar(bytes) ? this.calendar : this.spreadsheet;
    const file =
      onError === 'fail' ? withoutSeries(await reader.execute(actor, bytes, resourceId)) : await reader.execute(actor, bytes, resourceId);
    if (dryRun) return reportOf(file, await this.tried(actor, file.rows, language));
    if (onError === 'fail') await this.demandAll(actor, file, language);
    const made = reportOf(file, await this.booked(actor, file.rows, onError, language));
    return this.database.transaction(actor, async (tx) => {
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('import.completed', { id: newId(), after: { created: made.created, failed: made.failed.length } }),
      );
      return made;
    });
  }

  private async demandAll(actor: Actor, file: ReadFile, language: string): Promise<void> {
    const { failed } = reportOf(file, await this.tried(actor, file.rows, language));
    if (failed.length === 0) return;
    throw new Problem('import-failed', { detail: `${failed.length} cells are wrong; nothing was booked.`, failed });
  }

  /** What would become of the rows; what was only tried has no id. */
  private async tried(actor: Actor, rows: readonly ReadRow[], language: string): Promise<Outcomes> {
    const { idempotency: _, ...trier } = actor;
    const single = singlesOf(rows);
    const { results } = await this.tryMany.execute(trier, bodiesOf(single), language);
    const outcomes = new Map(results.map((it, i) => [single[i]!.line, { ...outcomeOf(it), id: undefined }] as const));
    return this.eachSeries(rows, outcomes, async (body) => {
      await this.checkSeries.demandBookable(trier, await readSeries(body));
      return {};
    });
  }

  /** Each is done under a name made of the key of the whole, which is kept with what came of it. */
  private async booked(actor: Actor, rows: readonly ReadRow[], onError: 'skip' | 'fail', language: string): Promise<Outcomes> {
    const single = singlesOf(rows);
    const answer = await this.bookMany.execute(
      { ...actor, idempotency: named(actor, 'import') },
      { mode: onError === 'fail' ? 'atomic' : 'bestEffort', items: bodiesOf(single), language, patience: Infinity },
    );
    if ('state' in answer) throw new Problem('internal-error');
    const outcomes = new Map(answer.results.map((it, i) => [single[i]!.line, outcomeOf(it)] as const));
    const ofSeries = { ...actor, idempotency: named(actor, 'import series') };
    return this.eachSeries(rows, outcomes, async (body, index) => {
      const { series, occurrences } = await this.bookSeries.execute(actorOfItem(ofSeries, index), await readSeries(body));
      return { seriesId: series.id, status: occurrences[0]?.status };
    });
  }

  private async eachSeries(
    rows: readonly ReadRow[],
    others: Outcomes,
    act: (body: object, index: number) => Promise<RowOutcome>,
  ): Promise<Outcomes> {
    const outcomes = new Map(others);
    for (const [index, { line, body }] of rows.entries()) {
      if (!body?.['recurrence']) continue;
      try {
        outcomes.set(line, await act(body, index));
      } catch (error) {
        const { code, message, extensions } = toProblem(error);
        if (code === 'internal-error') throw error;
        outcomes.set(line, { problem: { code, detail: message, errors: extensions['errors'] as readonly FieldError[] | undefined } });
      }
    }
    return outcomes;
  }
}

/** All or none cannot be kept for what is booked in more than one act. */
function withoutSeries(file: ReadFile): ReadFile {
  const detail = 'An event that recurs is booked by itself, not with others all or none.';
  const rows = file.rows.map((row): ReadRow => {
    if (!row.body?.['recurrence']) return row;
    return { ...row, body: undefined, errors: [{ row: row.line, column: file.columnOf('recurrence'), code: 'series-by-itself', detail }] };
  });
  return { ...file, rows };
}

const singlesOf = (rows: readonly ReadRow[]): ReadRow[] => rows.filter((it) => it.body && !it.body['recurrence']);
const bodiesOf = (rows: readonly ReadRow[]) => rows.flatMap((it) => it.body ?? []);

const named = ({ idempotency }: Actor, name: string): Actor['idempotency'] =>
  idempotency && { ...idempotency, key: `${name} ${idempotency.key}`.slice(0, 255) };

function outcomeOf({ data, problem }: ItemResult<Reservation>): RowOutcome {
  if (!problem) return { id: data?.id, status: data?.status };
  return {
    problem: {
      code: problem.code as ProblemCode,
      detail: (problem['detail'] as string | undefined) ?? problem.title,
      errors: problem['errors'] as readonly FieldError[] | undefined,
      conflicts: problem['conflicts'] as readonly Conflict[] | undefined,
    },
  };
}
