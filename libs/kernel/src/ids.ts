import { v7 } from 'uuid';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const ID_BYTES = 16;
/** Random bytes for the next ids: asking the system for 16 at a time takes longer than all the rest. */
const pool = new Uint8Array(256 * ID_BYTES);
let used = pool.length;
let count = 0;

/**
 * A new id: UUIDv7 (RFC 9562 §5.7), so that ids made later sort later and index inserts stay at the right edge. A counter orders those of
 * one millisecond; its steps are random, so that two ids do not tell how many were made between them (§6.2).
 */
export function newId(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const random = pool.subarray(used, (used += ID_BYTES));
  count = (count + 1 + (random[0] ?? 0)) >>> 0;
  return v7({ random, seq: count });
}

/** Whether the text has the form of an id. Any UUID does: one of another version is unknown, not malformed. */
export function isId(text: string): boolean {
  return ID.test(text);
}
