import type { Delimiter } from './csv-copy';

export type RowAction = 'create' | 'update' | 'unchanged' | 'skip' | 'error';

/** One row of the file and what becomes of it. */
export interface ImportRow {
  /** Line of the file. */
  readonly row: number;
  readonly name: string;
  readonly action: RowAction;
  /** Cells of the columns that mean something, by header. */
  readonly cells: Readonly<Record<string, string>>;
  /** Of an update: what differs, by header. */
  readonly changes?: Readonly<Record<string, { readonly from: string; readonly to: string }>>;
  /** Of one that is skipped: why. */
  readonly note?: string;
}

/** What is wrong with one cell; without a column, with the row as a whole. */
export interface RowError {
  readonly row: number;
  readonly column: string | null;
  readonly code: string;
  readonly detail: string;
  /** What would work instead. */
  readonly alternatives?: readonly RowAlternative[];
}

/** Another time or place for what a row asks for; instants. */
export interface RowAlternative {
  readonly resourceId: string;
  readonly name: string;
  readonly start: string;
  readonly end: string;
}

/** What comes to be besides the rows. */
export interface ImportNews {
  /** Key of its count, up to its last dot. */
  readonly count: string;
  readonly names: readonly string[];
}

/** What an import would do, or did. */
export interface ImportReport {
  readonly failed: readonly RowError[];
  readonly rows: readonly ImportRow[];
  readonly columns: readonly string[];
  readonly ignoredColumns: readonly string[];
  /** null of a file that has no cells, such as a calendar. */
  readonly delimiter: Delimiter | null;
  readonly encoding: string;
  readonly news?: readonly ImportNews[];
}

/** An error with the rows that have the very same one. */
export interface GroupedError extends RowError {
  /** What the cell says now. */
  readonly text: string;
  /** Lines with the same wrong text in the same column, this one among them. */
  readonly alike: readonly number[];
}

/** A row with everything that is wrong with it. */
export interface CheckedRow extends ImportRow {
  readonly errors: readonly GroupedError[];
}

/** Joins rows and errors; the same mistake in many rows can be put right at once. */
export function checkedRows(report: ImportReport): CheckedRow[] {
  const rows = new Map(report.rows.map((it) => [it.row, it]));
  const textOf = (it: RowError): string => (it.column === null ? '' : (rows.get(it.row)?.cells[it.column] ?? ''));
  const alike = Map.groupBy(report.failed, (it) => JSON.stringify([it.column, it.code, textOf(it)]));
  const byRow = Map.groupBy(report.failed, (it) => it.row);
  return report.rows.map((row) => ({
    ...row,
    errors: (byRow.get(row.row) ?? []).map((it) => {
      const text = textOf(it);
      // Two rows of one resource are wrong for being alike: one answer for both would leave them so.
      const same = it.code === 'duplicate-row' ? [it] : alike.get(JSON.stringify([it.column, it.code, text]))!;
      return { ...it, text, alike: same.map((other) => other.row) };
    }),
  }));
}

/** How many rows have each outcome. */
export function countsOf(rows: readonly ImportRow[]): Readonly<Record<RowAction | 'all', number>> {
  const counts = { all: rows.length, create: 0, update: 0, unchanged: 0, skip: 0, error: 0 };
  for (const it of rows) counts[it.action]++;
  return counts;
}

/** Columns whose cells are all numbers. */
export function numericColumns(report: ImportReport): ReadonlySet<string> {
  const isNumeric = (column: string): boolean => {
    const cells = report.rows.map((it) => it.cells[column] ?? '').filter(Boolean);
    return cells.length > 0 && cells.filter((it) => /^-?\d+([.,]\d+)?$/.test(it)).length >= cells.length * 0.6;
  };
  return new Set(report.columns.filter(isNumeric));
}

/** Width of each column in pixels, by the longest of its usual texts. */
export function columnWidths(report: ImportReport): readonly number[] {
  return report.columns.map((column) => {
    const lengths = report.rows.map((it) => (it.cells[column] ?? '').length).sort((a, b) => a - b);
    const usual = lengths[Math.floor(lengths.length * 0.95)] ?? 0;
    return Math.round(Math.min(264, Math.max(72, Math.max(column.length * 7.2, usual * 7.2) + 24)));
  });
}
