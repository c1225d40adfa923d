import type { CsvRecord, CsvTable } from '@berth/resources';
import { unreadable } from '@berth/resources';
import type { CustomField } from '@berth/scheduling';

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

interface Column {
  readonly index: number;
  readonly header: string;
}

/** Columns of a file by what they mean. */
export interface RowColumns {
  readonly of: ReadonlyMap<RowField, Column>;
  /** Columns of answers, `field:project`, by the key of the field. */
  readonly answers: ReadonlyMap<string, Column>;
  readonly used: readonly string[];
  readonly ignored: readonly string[];
}

const fold = (header: string): string =>
  header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Headers of answers begin so; what follows is the key of the field. */
export const ANSWER_PREFIX = 'field:';
const keyOf = (header: string): string | undefined => /^field:\s*(\S.*)$/i.exec(header)?.[1];

/**
 * @param needsResource false where rows that name none have one
 * @throws Problem `validation-failed` when one that is needed is missing, or a header is there twice
 */
export function columnsOf({ header }: Pick<CsvTable, 'header'>, needsResource: boolean): RowColumns {
  const folded = header.map((it) => (keyOf(it) === undefined ? fold(it) : `${ANSWER_PREFIX}${keyOf(it)}`));
  const twice = header.find((it, i) => it !== '' && folded.indexOf(folded[i] ?? '') < i);
  if (twice !== undefined) throw unreadable('duplicate-header', `The column “${twice.slice(0, 100)}” is there twice.`);
  const of = new Map<RowField, Column>();
  for (const [field, words] of Object.entries(fields) as [RowField, readonly string[]][]) {
    const word = words.find((it) => folded.includes(it));
    if (word !== undefined) of.set(field, { index: folded.indexOf(word), header: header[folded.indexOf(word)] ?? '' });
  }
  for (const needed of ['resource', 'start', 'end'] as const)
    if (!of.has(needed) && (needed !== 'resource' || needsResource))
      throw unreadable('missing-column', `No column is called “${needed}”.`, { column: needed });
  const answers = new Map(
    header.flatMap((it, index) => {
      const key = keyOf(it);
      return key === undefined ? [] : [[key, { index, header: it }] as const];
    }),
  );
  const used = new Set([...of.values(), ...answers.values()].map((it) => it.index));
  return { of, answers, used: header.filter((_, i) => used.has(i)), ignored: header.filter((it, i) => it !== '' && !used.has(i)) };
}

/** The mark our own files put before a cell that a spreadsheet would take for a formula. */
const plain = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/u, '');

const textOf = (record: CsvRecord, column: Column | undefined): string | undefined => {
  const cell = column && record.cells[column.index];
  return cell ? plain(cell) : undefined;
};

export const cellOf = (record: CsvRecord, columns: RowColumns, field: RowField): string | undefined =>
  textOf(record, columns.of.get(field));

/** What a row says, by header. */
export const cellsOf = (record: CsvRecord, { of, answers }: RowColumns): Record<string, string> =>
  Object.fromEntries([...of.values(), ...answers.values()].map((it) => [it.header, record.cells[it.index] ?? '']));

const YES = ['true', 'yes', 'y', '1', 'x', 'ja', 'oui', 'sí', 'si'];
const NO = ['false', 'no', 'n', '0', 'nein', 'non'];

/**
 * A row as the body that would book it; what its cells leave empty, it says nothing of.
 * @param asked what the type of the resource asks, which says how the cells of answers are read
 */
export function bodyOf(
  record: CsvRecord,
  columns: RowColumns,
  resource: { readonly id: string; readonly fields: readonly CustomField[] },
): Record<string, unknown> {
  const cell = (field: RowField): string | undefined => cellOf(record, columns, field);
  const number = (field: RowField): number | undefined => (cell(field) === undefined ? undefined : Number(cell(field)));
  const answers = answersOf(record, columns, resource.fields);
  const entries = Object.entries({
    resourceId: resource.id,
    // A spreadsheet writes a blank between date and time.
    start: cell('start')?.replace(/^(\d{4}-\d\d-\d\d) +/, '$1T'),
    end: cell('end')?.replace(/^(\d{4}-\d\d-\d\d) +/, '$1T'),
    timeZone: cell('time_zone'),
    title: cell('title'),
    description: cell('description'),
    attendees: number('attendees'),
    quantity: number('quantity'),
    private: cell('private') === undefined ? undefined : YES.includes(cell('private')?.toLowerCase() ?? ''),
    customFields: Object.keys(answers).length > 0 ? answers : undefined,
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The cells that answer something; what cannot be read stays text, which is then refused as the wrong kind. */
function answersOf(record: CsvRecord, columns: RowColumns, asked: readonly CustomField[]): Record<string, unknown> {
  return Object.fromEntries(
    [...columns.answers].flatMap(([key, column]) => {
      const text = textOf(record, column);
      return text === undefined ? [] : [[key, answerOf(text, asked.find((it) => it.key === key)?.kind)]];
    }),
  );
}

function answerOf(text: string, kind: CustomField['kind'] | undefined): string | number | boolean {
  if (kind === 'number') return /^[+-]?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : text;
  if (kind !== 'boolean') return text;
  const word = text.toLowerCase();
  return YES.includes(word) || (NO.includes(word) ? false : text);
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

/** The headers that stand for members of the body; an answer is `customFields/<key>`. */
export function headersOf({ of, answers }: RowColumns): Record<string, string> {
  const members = Object.entries(fieldOf).map(([member, field]) => [member, of.get(field)] as const);
  const asked = [...answers].map(([key, column]) => [`customFields/${key}`, column] as const);
  return Object.fromEntries([...members, ...asked].flatMap(([member, column]) => (column ? [[member, column.header]] : [])));
}
