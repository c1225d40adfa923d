import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../tasks/paths.mjs';
import { HOLES } from './holes.mjs';

// Planting them takes minutes; that they can be planted is seen here, so that none is lost when the code around it moves.
describe('A planted hole', () => {
  it.each(Object.entries(HOLES))('still has its place: %s', (_name, { file, from, to }) => {
    expect(readFileSync(join(root, file), 'utf8').split(from)).toHaveLength(2);
    expect(to).not.toBe(from);
  });
});
