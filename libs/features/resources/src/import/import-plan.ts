import { type PlaceIndex, type PlacePath, patchedPolicy } from '@berth/places';
import { isDeepStrictEqual } from 'node:util';
import { effectivePolicyOf, type ResourceRow, type ResourceValues, valuesOf } from '../catalogue/resource';
import type { Columns, ImportField } from './columns';
import type { CsvRecord } from './csv-table';
import type { Draft, ReadRow, RowError } from './row-reader';

/** What would be written of a row; places are named, they may not be there yet. */
export interface Intent {
  readonly draft: Draft;
  /** The resource it is; undefined for a new one. */
  readonly existing?: ResourceRow;
  /** Own values without place; `typeId` is missing where the default type is meant. */
  readonly values: Omit<ResourceValues, 'typeId' | 'siteId' | 'floorId' | 'roomId'> & { readonly typeId?: string };
  /** Where it goes; undefined leaves it where it is. */
  readonly place?: PlacePath;
}

export type RowAction = 'create' | 'update' | 'unchanged' | 'error';

/** A cell before and after, as text. */
export interface CellChange {
  readonly from: string;
  readonly to: string;
}

/** One row of the file and what becomes of it. */
export interface PlannedRow {
  /** Line of the file. */
  readonly row: number;
  readonly name: string;
  readonly action: RowAction;
  /** Cells of the columns that mean something, by header. */
  readonly cells: Readonly<Record<string, string>>;
  /** Of an update: the cells that differ from what the resource has now. */
  readonly changes?: Readonly<Record<string, CellChange>>;
}

export interface ImportPlan {
  readonly rows: readonly PlannedRow[];
  readonly failed: readonly RowError[];
  readonly creates: readonly Intent[];
  readonly updates: readonly Intent[];
}

/** What the organization has that rows are measured against. */
export interface Stock {
  readonly existing: readonly ResourceRow[];
  readonly places: PlaceIndex;
  /** Whether a new resource of that type at that site would need approval by itself. */
  readonly inheritsApproval: (typeId: string | undefined, siteId: string | null) => boolean;
  /** Units of a resource that reservations have, now or later. */
  readonly unitsInUse: (resourceId: string) => number;
}

/** Decides of each row what it is: new, changed, the same, or wrong. Pure; nothing of it is written yet. */
export function planImport(records: readonly CsvRecord[], read: readonly ReadRow[], columns: Columns, stock: Stock): ImportPlan {
  const matching = new Matching(columns, stock.existing);
  const plan = { rows: [] as PlannedRow[], failed: [] as RowError[], creates: [] as Intent[], updates: [] as Intent[] };
  records.forEach((record, i) => {
    const { draft, errors: wrong } = read[i]!;
    const match = draft && matching.match(draft);
    const refused = match?.error ?? (draft && match?.existing && unitsRefused(draft, match.existing, columns, stock));
    const errors = refused ? [refused] : wrong;
    const cells = cellsOf(record, columns);
    plan.failed.push(...errors);
    if (!draft || errors.length > 0) {
      plan.rows.push({ row: record.line, name: record.cells[columns.of.get('name')?.index ?? 0] ?? '', action: 'error', cells });
      return;
    }
    const intent = intentOf(draft, match?.existing, stock);
    const changes = intent.existing && changesOf(intent, intent.existing, columns);
    const action = !changes ? 'create' : Object.keys(changes).length > 0 ? 'update' : 'unchanged';
    if (action === 'create') plan.creates.push(intent);
    if (action === 'update') plan.updates.push(intent);
    plan.rows.push({ row: record.line, name: draft.name, action, cells, ...(action === 'update' && { changes }) });
  });
  return plan;
}

/** The same place in the names two people give it. */
export const folded = (text: string | null | undefined): string => (text ?? '').normalize('NFC').toLowerCase();

function unitsRefused(draft: Draft, existing: ResourceRow, columns: Columns, stock: Stock): RowError | undefined {
  const inUse = draft.units === undefined || draft.units >= existing.units ? 0 : stock.unitsInUse(existing.id);
  if (draft.units === undefined || draft.units >= inUse) return undefined;
  const detail = `Reservations have ${inUse} units of it.`;
  return { row: draft.line, column: columns.of.get('units')?.header ?? null, code: 'units-in-use', detail };
}

/** Which resource a row is: by its external id where it has one, else by name and location. */
class Matching {
  private readonly byExternalId: ReadonlyMap<string, ResourceRow>;
  private readonly byName: Map<string, ResourceRow[]>;
  /** Line that named a resource first, by key. */
  private readonly lines = new Map<string, number>();

  constructor(
    private readonly columns: Columns,
    existing: readonly ResourceRow[],
  ) {
    this.byExternalId = new Map(existing.flatMap((it) => (it.external_id === null ? [] : [[it.external_id, it]])));
    this.byName = Map.groupBy(
      existing.filter((it) => it.status !== 'archived'),
      (it) => nameKey(it.name, it.location),
    );
  }

  match(draft: Draft): { existing?: ResourceRow; error?: RowError } {
    const key = draft.externalId === undefined ? nameKey(draft.name, draft.location) : `id:${draft.externalId}`;
    const first = this.lines.get(key);
    const field = draft.externalId === undefined ? 'name' : 'external_id';
    if (first !== undefined) return { error: this.error(draft, field, 'duplicate-row', `The same resource stands in line ${first}.`) };
    this.lines.set(key, draft.line);
    if (draft.externalId !== undefined) return { existing: this.byExternalId.get(draft.externalId) };
    const [existing, other] = this.byName.get(key) ?? [];
    if (other)
      return {
        error: this.error(draft, field, 'ambiguous', 'Several resources have that name and location; an external id tells them apart.'),
      };
    return { existing };
  }

  private error(draft: Draft, field: ImportField, code: string, detail: string): RowError {
    return { row: draft.line, column: this.columns.of.get(field)?.header ?? null, code, detail };
  }
}

const nameKey = (name: string, location: string | null | undefined): string => JSON.stringify([folded(name), folded(location)]);

function intentOf(draft: Draft, existing: ResourceRow | undefined, stock: Stock): Intent {
  const before = existing && valuesOf(existing);
  const place = draft.place && !(existing && liesAt(existing, draft.place)) ? draft.place : undefined;
  return {
    draft,
    existing,
    place,
    values: {
      name: draft.name,
      typeId: draft.type?.id ?? before?.typeId,
      parentId: before?.parentId ?? null,
      description: draft.description ?? before?.description ?? null,
      location: draft.location ?? before?.location ?? null,
      capacity: draft.capacity ?? before?.capacity ?? null,
      units: draft.units ?? before?.units ?? 1,
      tags: draft.tags ?? before?.tags ?? [],
      timeZone: draft.timeZone ?? before?.timeZone ?? null,
      externalId: draft.externalId ?? before?.externalId ?? null,
      bookable: before?.bookable ?? true,
      policy: policyOf(draft, existing, stock),
    },
  };
}

/** Only what differs from what counts already is said: a resource that inherits its approval goes on inheriting it. */
function policyOf({ requiresApproval, type, place }: Draft, existing: ResourceRow | undefined, stock: Stock): ResourceValues['policy'] {
  const own = existing ? valuesOf(existing).policy : {};
  if (requiresApproval === undefined) return own;
  const siteId = (place && stock.places.find({ site: place.site })?.siteId) ?? null;
  const counts = existing ? isApproved(existing) : stock.inheritsApproval(type?.id, siteId);
  return counts === requiresApproval ? own : patchedPolicy(own, { approval: { mode: requiresApproval ? 'required' : 'none' } });
}

const isApproved = (row: ResourceRow): boolean => effectivePolicyOf(row).approval.value.mode === 'required';

/** Whether it lies there already, as far as the path goes. */
const liesAt = (row: ResourceRow, { site, floor, room }: PlacePath): boolean =>
  folded(row.site_name) === folded(site) &&
  (!floor || folded(row.floor_name) === folded(floor)) &&
  (!room || folded(row.room_name) === folded(room));

/** Fields that are shown as they are compared; the rest have a line of their own below. */
const plain: readonly (readonly [ImportField, (values: Intent['values']) => unknown])[] = [
  ['name', (it) => it.name],
  ['external_id', (it) => it.externalId],
  ['description', (it) => it.description],
  ['location', (it) => it.location],
  ['capacity', (it) => it.capacity],
  ['units', (it) => it.units],
  ['time_zone', (it) => it.timeZone],
  ['tags', (it) => it.tags],
];

function changesOf({ draft, values, place }: Intent, row: ResourceRow, columns: Columns): Record<string, CellChange> {
  const before = valuesOf(row);
  const changes: Record<string, CellChange> = {};
  const tell = (field: ImportField, from: unknown, to: unknown): void => {
    const header = columns.of.get(field)?.header;
    if (header !== undefined && !isDeepStrictEqual(from, to)) changes[header] = { from: textOf(from), to: textOf(to) };
  };
  if (place) tellPlace(place, row, columns, tell);
  for (const [field, value] of plain) tell(field, value(before), value(values));
  if (draft.type && draft.type.id !== before.typeId) tell('type', row.type_name, draft.type.name);
  if (draft.requiresApproval !== undefined) tell('requires_approval', isApproved(row), draft.requiresApproval);
  return changes;
}

/** A place is told in the columns that said it: its own, or the location that reads as a path. */
function tellPlace(
  place: PlacePath,
  row: ResourceRow,
  columns: Columns,
  tell: (field: ImportField, from: unknown, to: unknown) => void,
): void {
  if (!columns.of.has('site')) {
    const names = [row.site_name, row.floor_name, row.room_name].filter((it) => it !== null);
    tell('location', names.join('/'), [place.site, place.floor, place.room].filter(Boolean).join('/'));
    return;
  }
  tell('site', row.site_name, place.site);
  if (place.floor) tell('floor', row.floor_name, place.floor);
  if (place.room) tell('room', row.room_name, place.room);
}

const textOf = (value: unknown): string =>
  Array.isArray(value) ? value.join(', ') : value === null || value === undefined ? '' : String(value);

function cellsOf(record: CsvRecord, columns: Columns): Record<string, string> {
  return Object.fromEntries(
    [...columns.of.values()].sort((a, b) => a.index - b.index).map((it) => [it.header, record.cells[it.index] ?? '']),
  );
}
