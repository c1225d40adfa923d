import { Problem, type FieldError } from '@berth/contracts';
import { type CsvRecord, type CsvTable, unreadable } from '@berth/resources';

/** What is wrong with one cell, or with a row as a whole. */
export interface RowError {
  /** Line of the file. */
  readonly row: number;
  /** Header as it is written; null for the row as a whole. */
  readonly column: string | null;
  readonly code: string;
  readonly detail: string;
}

const fields = {
  resource: ['resource', 'resourceid', 'resourcename', 'room', 'raum', 'ressource', 'recurso', 'salle'],
  start: ['start', 'from', 'begin', 'starttime', 'beginn', 'von', 'debut', 'inicio'],
  end: ['end', 'to', 'until', 'endtime', 'ende', 'bis', 'fin'],
  time_zone: ['timezone', 'tz', 'zone', 'zeitzone', 'fuseauhoraire', 'zonahoraria'],
  title: ['title', 'subject', 'summary', 'titel', 'betreff', 'titre', 'titulo'],
  description: ['description', 'notes', 'beschreibung', 'descripcion'],
  attendees: ['attendees', 'people', 'persons', 'teilnehmer', 'participants', 'asistentes'],
  quantity: ['quantity', 'units', 'qty', 'anzahl', 'quantite', 'cantidad'],
  private: ['private', 'privat', 'prive', 'privado'],
} as const;
export type RowField = keyof typeof fields;

/** Columns of a file by what they mean. */
export interface RowColumns {
  readonly of: ReadonlyMap<RowField, { readonly index: number; readonly header: string }>;
  readonly used: readonly string[];
  readonly ignored: readonly string[];
}

const fold = (header: string): string =>
  header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** @throws Problem `validation-failed` when one that is needed is missing, or a header is there twice */
export function columnsOf({ header }: CsvTable): RowColumns {
  const folded = header.map(fold);
  const twice = header.find((it, i) => it !== '' && folded.indexOf(fold(it)) < i);
  if (twice !== undefined) throw unreadable('duplicate-header', `The column “${twice.slice(0, 100)}” is there twice.`);
  const of = new Map<RowField, { index: number; header: string }>();
  for (const [field, words] of Object.entries(fields) as [RowField, readonly string[]][]) {
    const word = words.find((it) => folded.includes(it));
    if (word !== undefined) of.set(field, { index: folded.indexOf(word), header: header[folded.indexOf(word)] ?? '' });
  }
  for (const needed of ['resource', 'start', 'end'] as const)
    if (!of.has(needed)) throw unreadable('missing-column', `No column is called “${needed}”.`, { column: needed });
  const used = new Set([...of.values()].map((it) => it.index));
  return { of, used: header.filter((_, i) => used.has(i)), ignored: header.filter((it, i) => it !== '' && !used.has(i)) };
}

/** The mark our own files put before a cell that a spreadsheet would take for a formula. */
const plain = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/u, '');

export const cellOf = (record: CsvRecord, columns: RowColumns, field: RowField): string | undefined => {
  const column = columns.of.get(field);
  const cell = column && record.cells[column.index];
  return cell ? plain(cell) : undefined;
};

const YES = ['true', 'yes', 'y', '1', 'x', 'ja', 'oui', 'sí', 'si'];

/** A row as the body that would book it; what its cells leave empty, it says nothing of. */
export function bodyOf(record: CsvRecord, columns: RowColumns, resourceId: string): Record<string, unknown> {
  const cell = (field: RowField): string | undefined => cellOf(record, columns, field);
  const number = (field: RowField): number | undefined => (cell(field) === undefined ? undefined : Number(cell(field)));
  const entries = Object.entries({
    resourceId,
    // A spreadsheet writes a blank between date and time.
    start: cell('start')?.replace(/^(\d{4}-\d\d-\d\d) +/, '$1T'),
    end: cell('end')?.replace(/^(\d{4}-\d\d-\d\d) +/, '$1T'),
    timeZone: cell('time_zone'),
    title: cell('title'),
    description: cell('description'),
    attendees: number('attendees'),
    quantity: number('quantity'),
    private: cell('private') === undefined ? undefined : YES.includes(cell('private')?.toLowerCase() ?? ''),
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

const fieldOf: Readonly<Record<string, RowField>> = {
  resourceId: 'resource',
  start: 'start',
  end: 'end',
  timeZone: 'time_zone',
  title: 'title',
  description: 'description',
  attendees: 'attendees',
  quantity: 'quantity',
  private: 'private',
};

/** A refusal of a row, cell by cell where it says which. */
export function rowErrors(
  problem: Pick<Problem, 'code'> & { detail?: string; errors?: readonly FieldError[] },
  row: number,
  columns: RowColumns,
): RowError[] {
  const errors = problem.errors ?? [];
  if (errors.length === 0) return [{ row, column: null, code: problem.code, detail: problem.detail ?? problem.code }];
  return errors.map(({ pointer, code, detail }) => {
    const field = fieldOf[pointer.split('/')[1] ?? ''];
    return { row, column: (field && columns.of.get(field)?.header) ?? null, code, detail };
  });
}
