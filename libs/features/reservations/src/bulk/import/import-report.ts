import { catalogueEvent, type FieldError, type Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Alternative, Conflict } from '../../conflicts';
import type { EventIdentity } from './imported-event.store';

/** What is wrong with one cell or property, or with a row as a whole. */
export interface RowError {
  /** Line of the file; of an event the one it begins on. */
  readonly row: number;
  /** Header or property as it is written; null for the row as a whole. */
  readonly column: string | null;
  readonly code: string;
  readonly detail: string;
  /** What would work instead, the best first; only where the time is taken. */
  readonly alternatives?: readonly Alternative[];
}

export type RowAction = 'create' | 'update' | 'unchanged' | 'skip' | 'error';

/** What became of a row of the file. */
export interface ImportedRow {
  readonly row: number;
  readonly name: string;
  readonly action: RowAction;
  /** Of the reservation; null where there is none, not yet, or a series. */
  readonly id: string | null;
  /** Of the series an event that recurs has become. */
  readonly seriesId: string | null;
  readonly status: string | null;
  readonly cells: Readonly<Record<string, string>>;
}

export interface ReservationImport {
  readonly format: 'csv' | 'ics';
  /** Between the cells of CSV; null of a calendar. */
  readonly delimiter: ',' | ';' | '\t' | null;
  readonly encoding: string;
  readonly created: number;
  /** Events that were brought in before and say something else now. */
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: readonly RowError[];
  /** Rows that are no bookings to be, each with the word for it. */
  readonly skipped: readonly RowError[];
  readonly rows: readonly ImportedRow[];
  readonly columns: readonly string[];
  readonly ignoredColumns: readonly string[];
  /** The columns that say where and when, so that an alternative can be written into them. */
  readonly headers: ImportHeaders;
}

export type ImportHeaders = Readonly<Record<'resource' | 'start' | 'end', string | null>>;

/** A row of a file, read: the body that would book it, or why there is none. */
export interface ReadRow {
  readonly line: number;
  readonly name: string;
  readonly cells: Readonly<Record<string, string>>;
  /** The body of a request for a reservation; with `recurrence` for a series. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Of an event with a UID. */
  readonly event?: EventIdentity;
  readonly errors: readonly RowError[];
  readonly skipped?: Pick<RowError, 'column' | 'code' | 'detail'>;
}

/** A file, read by one of the readers. */
export interface ReadFile {
  readonly format: ReservationImport['format'];
  readonly delimiter: ReservationImport['delimiter'];
  readonly encoding: string;
  readonly rows: readonly ReadRow[];
  readonly columns: readonly string[];
  readonly ignoredColumns: readonly string[];
  readonly headers: ImportHeaders;
  /** Header or property that stands for a member of the body, such as `start` or `customFields/project`. */
  readonly columnOf: Readonly<Record<string, string>>;
}

/** What came of a row that had a body. */
export interface RowOutcome {
  readonly line: number;
  /** Left out for `create`. */
  readonly action?: 'create' | 'update' | 'unchanged';
  readonly id?: string;
  readonly seriesId?: string;
  readonly status?: string;
  readonly problem?: RowProblem;
}

/** A refusal, as a problem or as the item of a bulk answer has it. */
export type RowProblem = Pick<Problem, 'code'> & { readonly detail: string } & {
  readonly errors?: readonly FieldError[];
  readonly conflicts?: readonly Conflict[];
};

const MOST_ALTERNATIVES = 3;
/** A cell or a reason; nobody reads more of what is only shown, and a series has a reason for each date. */
const LONGEST_TEXT = 500;

/** @param outcomes of the rows that have a body; of one that was stopped, of those it came to */
export function reportOf(file: ReadFile, outcomes: readonly RowOutcome[]): ReservationImport {
  const byLine = new Map(outcomes.map((it) => [it.line, it]));
  const failed: RowError[] = [];
  const skipped: RowError[] = [];
  const rows = file.rows.map((row): ImportedRow => {
    const outcome = byLine.get(row.line);
    failed.push(...row.errors, ...(outcome?.problem ? rowErrors(outcome.problem, row.line, file) : []));
    const isLeft = outcome === undefined && row.errors.length === 0;
    const whySkipped = row.skipped ?? (isLeft ? STOPPED : undefined);
    if (whySkipped) skipped.push({ row: row.line, ...whySkipped });
    const isMade = outcome !== undefined && outcome.problem === undefined;
    return {
      row: row.line,
      name: row.name,
      action: whySkipped ? 'skip' : isMade ? (outcome.action ?? 'create') : 'error',
      id: outcome?.id ?? null,
      seriesId: outcome?.seriesId ?? null,
      status: outcome?.status ?? null,
      cells: Object.fromEntries(Object.entries(row.cells).map(([column, text]) => [column, text.slice(0, LONGEST_TEXT)])),
    };
  });
  const { format, delimiter, encoding, columns, ignoredColumns, headers } = file;
  const countOf = (action: RowAction): number => rows.filter((it) => it.action === action).length;
  const counts = { created: countOf('create'), updated: countOf('update'), unchanged: countOf('unchanged') };
  return { format, delimiter, encoding, ...counts, failed, skipped, rows, columns, ignoredColumns, headers };
}

/** Of a row the import did not come to. */
const STOPPED = { column: null, code: 'stopped', detail: 'The import was stopped before this row.' };

/** What is told of an import that is over. */
export const importCompleted = ({ created, updated, unchanged, failed }: ReservationImport) =>
  catalogueEvent('import.completed', { id: newId(), after: { created, updated, unchanged, failed: failed.length } });

/** A refusal of a row, cell by cell where it says which. */
function rowErrors({ code, detail, errors = [], conflicts = [] }: RowProblem, row: number, file: ReadFile): RowError[] {
  const alternatives = conflicts.flatMap((it) => it.alternatives).slice(0, MOST_ALTERNATIVES);
  const shown = detail.slice(0, LONGEST_TEXT);
  if (errors.length === 0) return [{ row, column: null, code, detail: shown, ...(alternatives.length > 0 && { alternatives }) }];
  return errors.map((it) => ({ row, column: columnOf(file, it.pointer.slice(1)), code: it.code, detail: it.detail }));
}

/** An answer has a column of its own; of anything else that has parts, the whole has one. */
const columnOf = ({ columnOf: columns }: Pick<ReadFile, 'columnOf'>, pointer: string): string | null =>
  columns[pointer] ?? columns[pointer.split('/')[0] ?? ''] ?? null;
