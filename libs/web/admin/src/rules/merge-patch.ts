/** The merge patch (RFC 7396) that turns one JSON value into another: what is gone becomes null, lists are replaced whole. */
export function mergePatch(from: unknown, to: unknown): unknown {
  if (to === undefined) return null;
  if (!isObject(from) || !isObject(to)) return to;
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return Object.fromEntries(
    keys.filter((key) => JSON.stringify(from[key]) !== JSON.stringify(to[key])).map((key) => [key, mergePatch(from[key], to[key])]),
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
