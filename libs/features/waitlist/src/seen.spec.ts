import { Seen } from './seen';

describe('What was seen', () => {
  it('is read once for all who ask the same, until something may have been given', async () => {
    const seen = new Seen();
    const reads: string[] = [];
    const look = (resource: string, start: string) =>
      seen.once(['busy', [resource], { start: new Date(start) }], () => {
        reads.push(`${resource} ${start}`);
        return Promise.resolve(reads.length);
      });

    expect(await Promise.all([look('a', '2026-12-07'), look('a', '2026-12-07'), look('b', '2026-12-07'), look('a', '2026-12-08')])).toEqual(
      [1, 1, 2, 3],
    );
    seen.forget();
    expect(await look('a', '2026-12-07')).toBe(4);
    expect(reads).toEqual(['a 2026-12-07', 'b 2026-12-07', 'a 2026-12-08', 'a 2026-12-07']);
  });
});
