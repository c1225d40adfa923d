type Fields = Readonly<Record<string, unknown>>;

/** What was and what is, of the fields that differ. */
export interface Difference {
  readonly before: Fields;
  readonly after: Fields;
}

/** The fields of `after` that were different before; undefined when none was. Order of keys inside values does not count. */
export function difference(before: object, after: object): Difference | undefined {
  const was = before as Fields;
  const is = after as Fields;
  const changed = Object.keys(is).filter((key) => canonical(was[key]) !== canonical(is[key]));
  if (changed.length === 0) return undefined;
  return { before: pick(was, changed), after: pick(is, changed) };
}

/** One text for one value: what is not there is null, instants are texts, keys in their order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, it: unknown) =>
    it !== null && typeof it === 'object' && !Array.isArray(it) ? Object.fromEntries(Object.entries(it).sort(byKey)) : it,
  ) ?? 'null';

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);

const pick = (from: Fields, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(keys.map((key) => [key, from[key] ?? null]));
