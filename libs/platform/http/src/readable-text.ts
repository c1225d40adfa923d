import { Problem } from '@berth/contracts';

const MAX_DEPTH = 20;

/**
 * Refuses what can be JSON but neither stored nor shown: NUL characters, lone surrogates, and nesting no DTO has.
 * @throws Problem `malformed-request`
 */
export function demandReadable(value: unknown, depth = 0): void {
  if (typeof value === 'string') {
    if (value.includes('\u0000') || !value.isWellFormed())
      throw new Problem('malformed-request', { detail: 'A text has a NUL character or half of a surrogate pair.' });
    return;
  }
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return;
  if (depth >= MAX_DEPTH) throw new Problem('malformed-request', { detail: `The body is nested deeper than ${MAX_DEPTH} levels.` });
  for (const [key, part] of Object.entries(value)) {
    demandReadable(key, depth + 1);
    demandReadable(part, depth + 1);
  }
}
