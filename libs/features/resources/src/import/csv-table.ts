import { type CsvError, parse } from 'csv-parse/sync';
import { type CsvEncoding, decodeCsv } from './csv-text';
import { unreadable } from './unreadable';

export type Delimiter = ',' | ';' | '\t';

/** A record with the line of the file it begins on, counted from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A file, read: comment lines (`#`) and empty ones are gone, cells have no white space around them. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly records: readonly CsvRecord[];
  readonly delimiter: Delimiter;
  readonly encoding: CsvEncoding;
  /** Whether a spreadsheet that is given such a file back needs the mark to read it. */
  readonly wantsMark: boolean;
}

export const MOST_ROWS = 10_000;
export const MOST_COLUMNS = 64;
/** Bytes; a row of the longest values there are is well below. */
const LONGEST_RECORD = 128 * 1024;
const delimiters: readonly Delimiter[] = [',', ';', '\t'];

/** @throws Problem `validation-failed` for a file that cannot be read, with the line where that shows */
export function readCsv(bytes: Uint8Array): CsvTable {
  const { text, encoding, hasMark } = decodeCsv(bytes);
  const delimiter = delimiterOf(text);
  const [header, ...records] = parseRecords(text, delimiter);
  if (!header) throw unreadable('empty-file', 'The file has no header line.');
  if (header.cells.length > MOST_COLUMNS)
    throw unreadable('too-many-columns', `There are ${header.cells.length} columns; ${MOST_COLUMNS} are the most.`, { most: MOST_COLUMNS });
  if (records.length > MOST_ROWS) throw unreadable('too-many-rows', `There are more than ${MOST_ROWS} rows.`, { most: MOST_ROWS });
  return { header: header.cells, records, delimiter, encoding, wantsMark: hasMark || encoding !== 'utf-8' };
}

/** The one that stands most often in the header line, outside of quotes. */
function delimiterOf(text: string): Delimiter {
  const header = firstLine(text).replace(/"[^"]*"/g, '');
  const counts = delimiters.map((it) => header.split(it).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** The first line that is neither empty nor a comment. */
function firstLine(text: string): string {
  for (const [line] of text.matchAll(/[^\r\n]+/g)) if (line.trim() !== '' && !line.startsWith('#')) return line.slice(0, LONGEST_RECORD);
  return '';
}

function parseRecords(text: string, delimiter: Delimiter): CsvRecord[] {
  try {
    const rows = parse(text, {
      delimiter,
      info: true,
      comment: '#',
      comment_no_infix: true,
      relax_column_count: true,
      skip_empty_lines: true,
      // Trimming before it parses lets a quote follow a space; with tabs it would take the delimiter itself.
      trim: delimiter !== '\t',
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: LONGEST_RECORD,
      to: MOST_ROWS + 2,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows
      .map(({ record, info }) => ({ line: info.lines - lineBreaks(record), cells: record.map((it) => it.trim()) }))
      .filter(({ cells }) => cells.some((it) => it !== ''));
  } catch (error) {
    throw asUnreadable(error as CsvError);
  }
}

/** The parser counts lines where a record ends; it begins as many lines before as its cells have breaks. */
const lineBreaks = (cells: readonly string[]): number => cells.reduce((sum, it) => sum + (it.match(/\r\n|\n|\r/g)?.length ?? 0), 0);

function asUnreadable(error: CsvError): unknown {
  const line = Number(error['lines'] ?? 0);
  switch (error.code) {
    case 'CSV_MAX_RECORD_SIZE':
      return unreadable('line-too-long', `The row at line ${line} is longer than ${LONGEST_RECORD} bytes.`, { line });
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return unreadable('lone-quote', `There is a quote without its other half at line ${line}; inside quotes one is written twice.`, {
        line,
      });
    default:
      return typeof error.code === 'string' ? unreadable('not-csv', `The file cannot be read at line ${line}.`, { line }) : error;
  }
}
