import { v7 } from 'uuid';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A new id: UUIDv7 (RFC 9562 §5.7), so that ids made later sort later and index inserts stay at the right edge. */
export function newId(): string {
  return v7();
}

/** Whether the text has the form of an id. Any UUID does: one of another version is unknown, not malformed. */
export function isId(text: string): boolean {
  return ID.test(text);
}
