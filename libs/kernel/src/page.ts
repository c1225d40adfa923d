/** One page of a list, in the envelope every list answers with. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly page: PageEnd;
}

export interface PageEnd {
  /** Opaque to clients; null on the last page. */
  readonly nextCursor: string | null;
  readonly hasMore: boolean;
}

/** What a cursor may carry: the sort key of the last row, always ended by its id so that the order is total. */
export type CursorKey = readonly (string | number | boolean | null)[];

/** Longer ones were not made by us. */
const LONGEST_CURSOR = 2048;

export const PAGE_LIMIT = 50;
export const PAGE_LIMIT_MAX = 200;

/**
 * The page of rows that were fetched with `limit + 1`: the row too many only tells that there are more.
 * @param keyOf sort key of a row, its id last
 */
export function pageOf<T>(rows: readonly T[], limit: number, keyOf: (row: T) => CursorKey): Page<T> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { data, page: { hasMore, nextCursor: hasMore ? encodeCursor(keyOf(last)) : null } };
}

/** A sort key as base64url, safe in a query string. */
export function encodeCursor(key: CursorKey): string {
  const bytes = new TextEncoder().encode(JSON.stringify(key));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/**
 * The sort key a cursor carries; undefined for anything that `encodeCursor` did not make with that many values.
 * The values themselves are still the client's: bind them, and check those that must be instants or ids.
 */
export function decodeCursor(cursor: string, values: number): CursorKey | undefined {
  if (cursor.length > LONGEST_CURSOR || !/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  try {
    const bytes = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes, (it) => it.charCodeAt(0)));
    const key: unknown = JSON.parse(text);
    return isCursorKey(key) && key.length === values ? key : undefined;
  } catch {
    return undefined;
  }
}

function isCursorKey(value: unknown): value is CursorKey {
  return Array.isArray(value) && value.every((it) => it === null || ['string', 'number', 'boolean'].includes(typeof it));
}
