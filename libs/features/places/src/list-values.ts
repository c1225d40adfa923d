import { Problem } from '@berth/contracts';
import { isId } from '@berth/kernel';

/** Pattern for `ilike`: texts that have this one in them, whatever it consists of. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** An id out of a cursor. @throws Problem `invalid-cursor` */
export function cursorId(value: unknown): string {
  if (typeof value !== 'string' || !isId(value)) throw new Problem('invalid-cursor');
  return value;
}

/** A text out of a cursor. @throws Problem `invalid-cursor` */
export function cursorText(value: unknown): string {
  if (typeof value !== 'string' || value.includes('\u0000') || !value.isWellFormed()) throw new Problem('invalid-cursor');
  return value;
}

/** A 32-bit number out of a cursor. @throws Problem `invalid-cursor` */
export function cursorWhole(value: unknown): number {
  if (typeof value !== 'number' || (value | 0) !== value) throw new Problem('invalid-cursor');
  return value;
}
