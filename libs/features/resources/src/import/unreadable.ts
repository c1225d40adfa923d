import type { Problem } from '@berth/contracts';
import { validationFailed } from '@berth/platform/http';

/** What keeps a file from being read at all. */
export type UnreadableCode =
  | 'empty-file'
  | 'nul-character'
  | 'lone-quote'
  | 'line-too-long'
  | 'too-many-rows'
  | 'too-many-columns'
  | 'duplicate-header'
  | 'missing-column'
  | 'not-csv'
  | 'not-a-calendar'
  | 'no-events';

/** A file that cannot be taken as a whole, with the line where that shows. */
export function unreadable(code: UnreadableCode, detail: string, params: Readonly<Record<string, string | number>> = {}): Problem {
  return validationFailed([{ pointer: '/file', code, detail, params }]);
}
