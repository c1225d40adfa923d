import { parseDuration } from '@berth/kernel';
import type { FindQuery } from '../query/find-query';

/** Answer of `GET /availability/rows`, as far as finding needs it: one array a column. */
export interface RowsAnswer {
  readonly types: readonly { readonly id: string; readonly key: string; readonly name: string }[];
  readonly sites: readonly { readonly id: string; readonly name: string; readonly timeZone: string }[];
  readonly floors: readonly { readonly id: string; readonly name: string; readonly siteId: string }[];
  readonly rules: readonly {
    readonly slotStep: string;
    readonly bufferBefore: string;
    readonly bufferAfter: string;
    readonly mayLeaveOpenHours: boolean;
  }[];
  readonly rows: {
    readonly id: readonly string[];
    readonly name: readonly string[];
    readonly type: readonly number[];
    readonly site: readonly number[];
    readonly floor: readonly number[];
    readonly capacity: readonly (number | null)[];
    readonly units: readonly number[];
    readonly status: readonly string[];
    readonly bookable: readonly boolean[];
    readonly rules: readonly number[];
    readonly tags: readonly (readonly string[])[];
  };
}

/** A resource somebody could book, as facets and strips see it. Lengths in minutes. */
export interface CatalogueRow {
  readonly id: string;
  readonly typeKey: string | null;
  readonly siteId: string | null;
  readonly floorId: string | null;
  readonly capacity: number | null;
  readonly units: number;
  readonly tags: readonly string[];
  readonly step: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  /** Whether closed time may be booked. */
  readonly mayLeaveOpenHours: boolean;
}

/** A choice with the number of resources it would leave. */
export interface Facet {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

export interface Facets {
  readonly types: readonly Facet[];
  readonly floors: readonly Facet[];
  readonly tags: readonly Facet[];
}

export interface Catalogue {
  readonly rows: ReadonlyMap<string, CatalogueRow>;
  readonly types: RowsAnswer['types'];
  readonly sites: RowsAnswer['sites'];
  readonly floors: RowsAnswer['floors'];
}

const STEP = 15;

export function catalogueOf({ types, sites, floors, rules, rows }: RowsAnswer): Catalogue {
  const known = rules.map((it) => ({
    step: parseDuration(it.slotStep) || STEP,
    bufferBefore: parseDuration(it.bufferBefore) ?? 0,
    bufferAfter: parseDuration(it.bufferAfter) ?? 0,
    mayLeaveOpenHours: it.mayLeaveOpenHours,
  }));
  const all = rows.id.flatMap((id, i): CatalogueRow[] =>
    rows.bookable[i] === false || rows.status[i] === 'archived'
      ? []
      : [
          {
            id,
            typeKey: types[rows.type[i]!]?.key ?? null,
            siteId: sites[rows.site[i]!]?.id ?? null,
            floorId: floors[rows.floor[i]!]?.id ?? null,
            capacity: rows.capacity[i] ?? null,
            units: rows.units[i] ?? 1,
            tags: rows.tags[i] ?? [],
            ...known[rows.rules[i]!]!,
          },
        ],
  );
  return { rows: new Map(all.map((it) => [it.id, it])), types, sites, floors };
}

type Narrowing = Pick<FindQuery, 'type' | 'floor' | 'people' | 'tags'> & { readonly siteId: string | null };

/** Every value that occurs, counted among what the other choices leave. */
export function facetsOf(catalogue: Catalogue, query: Narrowing): Facets {
  const rows = [...catalogue.rows.values()];
  const left = (without: Partial<Narrowing>): CatalogueRow[] => rows.filter((it) => matches(it, { ...query, ...without }));
  const typeNames = new Map(catalogue.types.map((it) => [it.key, it.name]));
  const floorNames = new Map(catalogue.floors.map((it) => [it.id, it.name]));
  return {
    types: counted(left({ type: null }), (it) => [it.typeKey], typeNames),
    floors: counted(left({ floor: null }), (it) => [it.floorId], floorNames).sort((a, b) => a.label.localeCompare(b.label)),
    tags: counted(left({}), (it) => it.tags).sort((a, b) => b.count - a.count || a.label.localeCompare(b.label)),
  };
}

/** The step most of them begin at; slots of a search begin at it. */
export function usualStep(rows: Iterable<CatalogueRow>): number {
  const counts = new Map<number, number>();
  for (const { step } of rows) counts.set(step, (counts.get(step) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? STEP;
}

function matches(row: CatalogueRow, { siteId, floor, type, people, tags }: Narrowing): boolean {
  return (
    (siteId === null || row.siteId === siteId) &&
    (floor === null || row.floorId === floor) &&
    (type === null || row.typeKey === type) &&
    (people === null || (row.capacity ?? 0) >= people) &&
    tags.every((it) => row.tags.includes(it))
  );
}

function counted(
  rows: readonly CatalogueRow[],
  valuesOf: (row: CatalogueRow) => readonly (string | null)[],
  labels?: ReadonlyMap<string, string>,
): Facet[] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const value of valuesOf(row)) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, label: labels?.get(value) ?? value, count }));
}
