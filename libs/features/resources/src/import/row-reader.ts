import { isTimeZone } from '@berth/kernel';
import type { PlacePath } from '@berth/places';
import { distinctTags, limits } from '../catalogue/resource-limits';
import type { Columns, ImportField } from './columns';
import type { CsvRecord } from './csv-table';
import { pathOf } from './location-path';

/** What one row says of a resource; what its cells leave empty, it says nothing of. */
export interface Draft {
  readonly line: number;
  readonly name: string;
  readonly externalId?: string;
  readonly type?: KnownType;
  readonly tags?: readonly string[];
  readonly description?: string;
  readonly location?: string;
  readonly place?: PlacePath;
  readonly capacity?: number;
  readonly units?: number;
  readonly timeZone?: string;
  readonly requiresApproval?: boolean;
}

/** What is wrong with one cell, or with a row as a whole. */
export interface RowError {
  /** Line of the file. */
  readonly row: number;
  /** Header as it is written; null for the row as a whole. */
  readonly column: string | null;
  readonly code: string;
  readonly detail: string;
}

export interface KnownType {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

export interface ReadRow {
  /** Only there when nothing was wrong. */
  readonly draft?: Draft;
  readonly errors: readonly RowError[];
}

/** Reads rows of one file; each says everything that is wrong with it. */
export class RowReader {
  constructor(
    private readonly columns: Columns,
    private readonly types: readonly KnownType[],
  ) {}

  read(record: CsvRecord): ReadRow {
    const cells = new Cells(record, this.columns);
    const name = cells.text('name', limits.name);
    if (name === undefined) cells.refuse('name', 'required', 'A name is needed.');
    if (cells.tooMany)
      cells.refuseRow(
        'too-many-cells',
        `There are ${record.cells.length} cells for ${this.columns.width} columns: a cell may need quotes.`,
      );
    const draft = {
      line: record.line,
      name: name ?? '',
      externalId: cells.text('external_id', limits.externalId),
      type: this.typeOf(cells),
      tags: tagsOf(cells),
      description: cells.text('description', limits.description),
      location: cells.text('location', limits.location),
      place: placeOf(cells),
      capacity: cells.whole('capacity', 0, limits.capacity),
      units: cells.whole('units', 1, limits.units),
      timeZone: zoneOf(cells),
      requiresApproval: cells.flag('requires_approval'),
    };
    return cells.errors.length > 0 ? { errors: cells.errors } : { draft, errors: [] };
  }

  private typeOf(cells: Cells): KnownType | undefined {
    const text = cells.text('type', limits.name);
    if (text === undefined) return undefined;
    const wanted = text.toLowerCase();
    const type = this.types.find((it) => it.key === wanted) ?? this.types.find((it) => it.name.toLowerCase() === wanted);
    if (!type)
      cells.refuse(
        'type',
        'unknown-type',
        `There is no type “${text.slice(0, 50)}”. Known: ${this.types.map((it) => it.key).join(', ')}.`.slice(0, 500),
      );
    return type;
  }
}

const yes = ['true', 'yes', 'y', '1', 'x', 'required', 'ja', 'j', 'oui', 'o', 'sí', 'si', 's'];
const no = ['false', 'no', 'n', '0', '-', 'none', 'nein', 'non'];

/** The cells of one row, and what was wrong with them. */
class Cells {
  readonly errors: RowError[] = [];

  constructor(
    private readonly record: CsvRecord,
    private readonly columns: Columns,
  ) {}

  get tooMany(): boolean {
    return this.record.cells.slice(this.columns.width).some((it) => it !== '');
  }

  /** @returns undefined for an empty cell and for a wrong one */
  text(field: ImportField, longest: number): string | undefined {
    const cell = this.cell(field);
    if (!cell) return undefined;

    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(cell))
      this.refuse(field, 'control-character', 'The cell has control characters.');
    else if ([...cell].length > longest) this.refuse(field, 'too-long', `The cell is longer than ${longest} characters.`);
    else return cell;
    return undefined;
  }

  whole(field: ImportField, least: number, most: number): number | undefined {
    const cell = this.cell(field);
    if (!cell) return undefined;
    const number = /^\d{1,9}$/.test(cell) ? Number(cell) : undefined;
    if (number === undefined) this.refuse(field, 'not-a-number', `“${cell.slice(0, 50)}” is not a whole number.`);
    else if (number < least || number > most) this.refuse(field, 'out-of-range', `Must be between ${least} and ${most}.`);
    else return number;
    return undefined;
  }

  flag(field: ImportField): boolean | undefined {
    const cell = this.cell(field)?.toLowerCase();
    if (!cell) return undefined;
    if (yes.includes(cell)) return true;
    if (!no.includes(cell)) this.refuse(field, 'not-a-boolean', `“${cell.slice(0, 50)}” is neither true nor false.`);
    return no.includes(cell) ? false : undefined;
  }

  refuse(field: ImportField, code: string, detail: string): void {
    this.errors.push({ row: this.record.line, column: this.columns.of.get(field)?.header ?? null, code, detail });
  }

  refuseRow(code: string, detail: string): void {
    this.errors.push({ row: this.record.line, column: null, code, detail });
  }

  private cell(field: ImportField): string | undefined {
    const column = this.columns.of.get(field);
    const cell = column && this.record.cells[column.index];
    // The mark our own files put before a cell that a spreadsheet would take for a formula.
    return cell?.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/u, '');
  }
}

function tagsOf(cells: Cells): string[] | undefined {
  const text = cells.text('tags', limits.tags * (limits.tag + 2));
  const tags =
    text &&
    distinctTags(
      text
        .split(/[,;|]/)
        .map((it) => it.trim())
        .filter(Boolean),
    );
  if (!tags) return undefined;
  if (tags.length > limits.tags) cells.refuse('tags', 'too-many', `There are more than ${limits.tags} tags.`);
  else if (tags.some((it) => it.length > limits.tag)) cells.refuse('tags', 'too-long', `A tag is longer than ${limits.tag} characters.`);
  else return tags;
  return undefined;
}

function zoneOf(cells: Cells): string | undefined {
  const zone = cells.text('time_zone', 64);
  if (zone !== undefined && !isTimeZone(zone))
    cells.refuse('time_zone', 'not-a-time-zone', `“${zone}” is not an IANA time zone like Europe/Paris.`);
  return zone;
}

/** Columns of their own say it exactly; without them a location that reads as a path does. */
function placeOf(cells: Cells): PlacePath | undefined {
  const [site, floor, room] = [cells.text('site', limits.name), cells.text('floor', limits.name), cells.text('room', limits.name)];
  if (!site && !floor && !room) return pathOf(cells.text('location', limits.location));
  if (!site) cells.refuse(floor ? 'floor' : 'room', 'needs-site', 'A floor or room needs its site.');
  else if (room && !floor) cells.refuse('room', 'needs-floor', 'A room needs its floor.');
  else return { site, floor, room };
  return undefined;
}
