import { catalogueEvent, type FieldError, Problem, type ProblemCode } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, recall } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { type CsvRecord, readCsv, unreadable, visibleResources } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import type { Reservation } from '../../reservation';
import { BookMany } from '../book-many';
import type { BulkOutcome } from '../bulk-outcome';
import { TryMany } from '../try-many';
import { bodyOf, cellOf, columnsOf, type RowColumns, type RowError, rowErrors } from './reservation-rows';

export interface ImportReservationsCommand {
  readonly bytes: Uint8Array;
  readonly dryRun: boolean;
  /** What rows that cannot be booked do to the others. */
  readonly onError: 'skip' | 'fail';
  readonly language: string;
}

/** What became of a row of the file. */
export interface ImportedRow {
  readonly row: number;
  readonly name: string;
  readonly action: 'create' | 'error';
  /** Of the reservation; null where there is none, or not yet. */
  readonly id: string | null;
  readonly status: string | null;
  readonly cells: Readonly<Record<string, string>>;
}

export interface ReservationImport {
  readonly created: number;
  readonly failed: readonly RowError[];
  readonly rows: readonly ImportedRow[];
  readonly columns: readonly string[];
  readonly ignoredColumns: readonly string[];
}

interface ReadRow {
  readonly record: CsvRecord;
  readonly body?: Record<string, unknown>;
  readonly errors: readonly RowError[];
}

export const MOST_ROWS = 500;

/** Books the rows of a spreadsheet, each as a request for a single reservation would be booked. */
@Injectable()
export class ImportReservations {
  constructor(
    private readonly database: Database,
    private readonly bookMany: BookMany,
    private readonly tryMany: TryMany,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @throws Problem `validation-failed` for a file that cannot be read, `import-failed` with what is wrong when that is to
   *   fail the rest; then nothing was booked
   */
  async execute(actor: Actor, { bytes, dryRun, onError, language }: ImportReservationsCommand): Promise<ReservationImport> {
    const earlier = await recall<ReservationImport>(this.database.of(actor.organizationId), actor);
    if (earlier) return earlier.result;
    const table = readCsv(bytes);
    const columns = columnsOf(table);
    if (table.records.length > MOST_ROWS) throw unreadable('too-many-rows', `There are more than ${MOST_ROWS} rows.`, { most: MOST_ROWS });
    const rows = await this.read(actor, table.records, columns);
    const items = rows.flatMap((it) => it.body ?? []);
    if (dryRun) return asTrial(report(rows, await this.tryMany.execute(actor, items, language), columns));
    if (onError === 'fail') await this.demandAll(actor, rows, items, columns, language);
    // Its rows are done under names made of the key of the whole, which is kept with what came of it.
    const name = actor.idempotency ? { ...actor.idempotency, key: `import ${actor.idempotency.key}`.slice(0, 255) } : undefined;
    const outcome = await this.bookMany.execute(
      { ...actor, idempotency: name },
      { mode: onError === 'fail' ? 'atomic' : 'bestEffort', items, language, patience: Infinity },
    );
    if ('state' in outcome) throw new Problem('internal-error');
    const made = report(rows, outcome, columns);
    return this.database.transaction(actor, async (tx) => {
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('import.completed', { id: newId(), after: { created: made.created, failed: made.failed.length } }),
      );
      return made;
    });
  }

  private async demandAll(
    actor: Actor,
    rows: readonly ReadRow[],
    items: readonly unknown[],
    columns: RowColumns,
    language: string,
  ): Promise<void> {
    const { failed } = report(rows, await this.tryMany.execute(actor, items, language), columns);
    if (failed.length === 0) return;
    throw new Problem('import-failed', { detail: `${failed.length} cells are wrong; nothing was booked.`, failed });
  }

  private async read(actor: Actor, records: readonly CsvRecord[], columns: RowColumns): Promise<ReadRow[]> {
    const named = records.map((it) => cellOf(it, columns, 'resource') ?? '');
    const known = await this.database.of(actor.organizationId).sql<{ id: string; name: string; external_id: string | null }>`
      select r.id, r.name, r.external_id from resource r
      where ${visibleResources(actor)} and (r.id::text = any(${named.map((it) => it.toLowerCase())}) or r.external_id = any(${named}) or r.name = any(${named}))
      limit ${MOST_ROWS * 4}`;
    return records.map((record, i) => {
      const text = named[i] ?? '';
      const byId = known.filter((it) => it.id === text.toLowerCase() || it.external_id === text);
      const found = byId.length > 0 ? byId : known.filter((it) => it.name === text);
      const column = columns.of.get('resource')?.header ?? null;
      const refuse = (code: string, detail: string): ReadRow => ({ record, errors: [{ row: record.line, column, code, detail }] });
      if (text === '') return refuse('required', 'A resource is needed.');
      if (found.length === 0) return refuse('unknown-resource', `There is no resource “${text.slice(0, 80)}”.`);
      if (found.length > 1)
        return refuse('ambiguous-resource', `There are ${found.length} resources called “${text.slice(0, 80)}”; give the id.`);
      return { record, body: bodyOf(record, columns, found[0]!.id), errors: [] };
    });
  }
}

function report(rows: readonly ReadRow[], outcome: BulkOutcome<Reservation>, columns: RowColumns): ReservationImport {
  let next = 0;
  const failed: RowError[] = [];
  const shown = rows.map(({ record, body, errors }): ImportedRow => {
    const result = body ? outcome.results[next++] : undefined;
    failed.push(...errors, ...(result?.problem ? rowErrors(problemOf(result.problem), record.line, columns) : []));
    return {
      row: record.line,
      name: cellOf(record, columns, 'title') ?? cellOf(record, columns, 'resource') ?? '',
      action: result?.data ? 'create' : 'error',
      id: result?.data?.id ?? null,
      status: result?.data?.status ?? null,
      cells: Object.fromEntries([...columns.of.values()].map((it) => [it.header, record.cells[it.index] ?? ''])),
    };
  });
  return {
    created: shown.filter((it) => it.action === 'create').length,
    failed,
    rows: shown,
    columns: columns.used,
    ignoredColumns: columns.ignored,
  };
}

/** What was only tried has no id. */
const asTrial = (made: ReservationImport): ReservationImport => ({ ...made, rows: made.rows.map((it) => ({ ...it, id: null })) });

const problemOf = (it: Readonly<Record<string, unknown>> & { readonly code: string; readonly title: string }) => ({
  code: it.code as ProblemCode,
  detail: (it['detail'] as string | undefined) ?? it.title,
  errors: it['errors'] as readonly FieldError[] | undefined,
});
