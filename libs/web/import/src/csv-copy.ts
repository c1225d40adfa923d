export type Delimiter = ',' | ';' | '\t';

/** A record and the line of the file it begins on, from 1. */
interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The browser's own copy of an uploaded file, where cells are put right. Everything that was in the file stays in it, also
 * columns the server does not know, and every record stays on its line, so that lines mean the same before and after.
 */
export class CsvCopy {
  private constructor(
    private readonly header: CsvRecord,
    private readonly records: readonly CsvRecord[],
    private readonly delimiter: Delimiter,
    private readonly leftOut: ReadonlySet<number>,
  ) {}

  /** @param encoding as the server found it */
  static read(bytes: ArrayBuffer, delimiter: Delimiter, encoding: string): CsvCopy {
    return CsvCopy.of(new TextDecoder(encoding).decode(bytes), delimiter);
  }

  static of(text: string, delimiter: Delimiter): CsvCopy {
    const [header, ...records] = recordsOf(text, delimiter);
    return new CsvCopy(header ?? { line: 1, cells: [] }, records, delimiter, new Set());
  }

  get leftOutLines(): readonly number[] {
    return [...this.leftOut].sort((a, b) => a - b);
  }

  /** The copy with other cells, given by line and header. */
  withCells(changes: readonly { readonly line: number; readonly column: string; readonly text: string }[]): CsvCopy {
    const byLine = Map.groupBy(changes, (it) => it.line);
    const records = this.records.map((record) => {
      const mine = byLine.get(record.line);
      if (mine === undefined) return record;
      const cells = [...record.cells];
      for (const { column, text } of mine) {
        const index = this.header.cells.indexOf(column);
        if (index < 0) continue;
        while (cells.length <= index) cells.push('');
        cells[index] = text;
      }
      return { ...record, cells };
    });
    return new CsvCopy(this.header, records, this.delimiter, this.leftOut);
  }

  /** The copy with as many cells in these lines as there are columns. */
  cutToWidth(lines: readonly number[]): CsvCopy {
    const width = this.header.cells.length;
    const records = this.records.map((it) => (lines.includes(it.line) ? { ...it, cells: it.cells.slice(0, width) } : it));
    return new CsvCopy(this.header, records, this.delimiter, this.leftOut);
  }

  /** The copy without a line; it can be put back. */
  without(line: number): CsvCopy {
    return new CsvCopy(this.header, this.records, this.delimiter, new Set([...this.leftOut, line]));
  }

  withAll(): CsvCopy {
    return new CsvCopy(this.header, this.records, this.delimiter, new Set());
  }

  /** The rows that are wrong, with a column `error`, as text. @param reasons by line */
  failedText(reasons: ReadonlyMap<number, string>): string {
    const written = (cells: readonly string[]): string => `${cells.map(quoted).join(this.delimiter)}\r\n`;
    const width = this.header.cells.length;
    const rows = this.records.flatMap(({ line, cells }) => {
      const reason = this.leftOut.has(line) ? undefined : reasons.get(line);
      return reason === undefined ? [] : [[...cells, ...Array<string>(Math.max(0, width - cells.length)).fill(''), reason]];
    });
    return [[...this.header.cells, 'error'], ...rows].map(written).join('');
  }

  /** The file as text, each record on the line it had. */
  toText(): string {
    let text = '';
    let line = 1;
    for (const record of [this.header, ...this.records]) {
      if (this.leftOut.has(record.line)) continue;
      const gap = Math.max(0, record.line - line);
      const written = record.cells.map(quoted).join(this.delimiter);
      text += `${'\n'.repeat(gap)}${written}\n`;
      line += gap + 1 + breaks(written);
    }
    return text;
  }
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const breaks = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;

/** Records of a CSV text (RFC 4180); comment lines and empty ones are left out, white space around cells too. */
function recordsOf(text: string, delimiter: Delimiter): CsvRecord[] {
  const records: CsvRecord[] = [];
  const reader = new Reader(text, delimiter);
  while (!reader.isAtEnd) {
    const line = reader.line;
    if (reader.skipComment()) continue;
    const cells = reader.record();
    if (cells.some((it) => it !== '')) records.push({ line, cells });
  }
  return records;
}

/** Walks through the text once. */
class Reader {
  private at = 0;
  line = 1;

  constructor(
    private readonly text: string,
    private readonly delimiter: Delimiter,
  ) {}

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  skipComment(): boolean {
    if (this.text[this.at] !== '#') return false;
    while (!this.isAtEnd && !this.isBreak()) this.at++;
    this.passBreak();
    return true;
  }

  record(): string[] {
    const cells = [this.cell()];
    while (!this.isAtEnd && !this.isBreak()) {
      this.at++;
      cells.push(this.cell());
    }
    this.passBreak();
    return cells;
  }

  private cell(): string {
    while (this.text[this.at] === ' ') this.at++;
    if (this.text[this.at] !== '"') return this.upTo().trim();
    const quoted = this.quoted();
    return (quoted + this.upTo()).trim();
  }

  private upTo(): string {
    const from = this.at;
    while (!this.isAtEnd && !this.isBreak() && this.text[this.at] !== this.delimiter) this.at++;
    return this.text.slice(from, this.at);
  }

  private quoted(): string {
    let value = '';
    for (this.at++; !this.isAtEnd; this.at++) {
      if (this.text[this.at] === '"') {
        if (this.text[this.at + 1] !== '"') break;
        this.at++;
      }
      if (this.isBreak() && !(this.text[this.at] === '\r' && this.text[this.at + 1] === '\n')) this.line++;
      value += this.text[this.at];
    }
    this.at++;
    return value;
  }

  private isBreak(): boolean {
    return this.text[this.at] === '\n' || this.text[this.at] === '\r';
  }

  private passBreak(): void {
    if (this.isAtEnd) return;
    this.at += this.text[this.at] === '\r' && this.text[this.at + 1] === '\n' ? 2 : 1;
    this.line++;
  }
}
