import { isDeepStrictEqual } from 'node:util';

/** What was and what is, of the fields that differ. */
export interface Difference {
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

/** The fields of `after` that were different before; undefined when none was. Order of keys inside values does not count. */
export function difference(before: object, after: object): Difference | undefined {
  const was = before as Readonly<Record<string, unknown>>;
  const is = after as Readonly<Record<string, unknown>>;
  const changed = Object.keys(is).filter((key) => !isDeepStrictEqual(was[key], is[key]));
  if (changed.length === 0) return undefined;
  return { before: pick(was, changed), after: pick(is, changed) };
}

const pick = (from: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(keys.map((key) => [key, from[key] ?? null]));
