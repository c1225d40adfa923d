import { describe as inWords, placed, type StripInterval } from './strip-layout';

const hour = 3_600_000;
const words = {
  state: (state: string): string => state,
  time: (instant: number): string => `${instant / hour}:00`,
  free: (range: string): string => `free ${range}`,
};

describe('an interval on the strip', () => {
  it('is placed in percent of the strip', () => {
    const parts = placed([{ start: 9 * hour, end: 12 * hour, state: 'busy' }], 8 * hour, 20 * hour);

    expect(parts).toEqual([{ state: 'busy', left: (1 / 12) * 100, width: 25 }]);
  });

  it('is clipped at both edges', () => {
    const parts = placed([{ start: 0, end: 24 * hour, state: 'mine' }], 8 * hour, 20 * hour);

    expect(parts).toEqual([{ state: 'mine', left: 0, width: 100 }]);
  });

  it.each([
    ['ends where the strip starts', { start: 6 * hour, end: 8 * hour }],
    ['starts where the strip ends', { start: 20 * hour, end: 22 * hour }],
    ['is empty', { start: 9 * hour, end: 9 * hour }],
  ])('is left out when it %s', (_, interval) => {
    expect(placed([{ ...interval, state: 'busy' }], 8 * hour, 20 * hour)).toEqual([]);
  });

  it('lies above closed time', () => {
    const intervals: StripInterval[] = [
      { start: 9 * hour, end: 10 * hour, state: 'busy' },
      { start: 8 * hour, end: 20 * hour, state: 'closed' },
    ];

    expect(placed(intervals, 8 * hour, 20 * hour).map((it) => it.state)).toEqual(['closed', 'busy']);
  });
});

describe('the strip in words', () => {
  it('names every occupied stretch in order of time', () => {
    const intervals: StripInterval[] = [
      { start: 14 * hour, end: 15 * hour, state: 'held' },
      { start: 9 * hour, end: 10 * hour, state: 'busy' },
    ];

    expect(inWords(intervals, 8 * hour, 20 * hour, words)).toBe('busy 9:00–10:00, held 14:00–15:00');
  });

  it('says that all of it is free', () => {
    expect(inWords([], 8 * hour, 20 * hour, words)).toBe('free 8:00–20:00');
  });
});
