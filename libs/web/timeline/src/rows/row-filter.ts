import type { ResourceRow, RowsAnswer } from './catalogue';

/** What narrows the rows down; null and empty do not. */
export interface RowChoice {
  readonly siteId: string | null;
  readonly floor: string | null;
  readonly type: string | null;
  readonly capacity: number | null;
  readonly tags: readonly string[];
  readonly favourites: boolean;
}

/** A choice a filter offers, with the number of rows it would leave. */
export interface Facet {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

export interface Facets {
  readonly sites: readonly Facet[];
  readonly floors: readonly Facet[];
  readonly types: readonly Facet[];
  readonly tags: readonly Facet[];
}

export function matches(row: ResourceRow, choice: RowChoice): boolean {
  return (
    (choice.siteId === null || row.siteId === choice.siteId) &&
    (choice.floor === null || row.floorName === choice.floor) &&
    (choice.type === null || row.typeKey === choice.type) &&
    (choice.capacity === null || (row.capacity ?? 0) >= choice.capacity) &&
    (!choice.favourites || row.isFavourite) &&
    choice.tags.every((it) => row.tags.includes(it))
  );
}

/** What each filter offers: counted among the rows the other filters leave, so that no choice leads to an empty screen. */
export function facetsOf(rows: readonly ResourceRow[], answer: RowsAnswer, choice: RowChoice): Facets {
  const left = (without: Partial<RowChoice>) => rows.filter((it) => matches(it, { ...choice, ...without }));
  const siteNames = new Map(answer.sites.map((it) => [it.id, it.name]));
  const typeNames = new Map(answer.types.map((it) => [it.key, it.name]));
  return {
    sites: counted(
      left({ siteId: null, floor: null }),
      (it) => [it.siteId],
      (id) => siteNames.get(id) ?? id,
    ),
    floors: counted(left({ floor: null }), (it) => [it.floorName]),
    types: counted(
      left({ type: null }),
      (it) => [it.typeKey],
      (key) => typeNames.get(key) ?? key,
    ),
    tags: counted(left({}), (it) => it.tags).sort((a, b) => b.count - a.count),
  };
}

function counted(
  rows: readonly ResourceRow[],
  valuesOf: (row: ResourceRow) => readonly (string | null)[],
  labelOf = (value: string) => value,
): Facet[] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const value of valuesOf(row)) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, label: labelOf(value), count }));
}
