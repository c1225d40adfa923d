import { markdown, median, shortfalls, summarise } from './report.mjs';

const side = (rate, p99 = 4, statuses = { 201: 100 }) => ({ rate, p50: 1, p99, statuses });
const results = ({ rounds, race = [{ 201: 1, 409: 9 }], ratio = 1, late = 90, deadlocks = [0, 0] }) => ({
  machine: '2 × test',
  steady: [{ connections: 10, rounds, summary: summarise(rounds) }],
  race: {
    clients: 10,
    ratio,
    rounds: race.map((statuses) => ({ clients: 10, berth: { seconds: 1, statuses }, reference: { seconds: 1, statuses } })),
  },
  series: [{ single: { p50: 5, p95: 9 }, check: { p50: 20, p95: 30 }, book: { p50: 40, p95: late } }],
  deadlocks,
});
const fine = [80, 90, 70].map((rate) => ({ berth: side(rate), reference: side(100) }));

describe('The bench report', () => {
  it('takes the median of the ratios of each round', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([1, 2, 3, 4])).toBe(2.5);
    expect(summarise(fine).rate).toBeCloseTo(0.8);
  });

  it('is content when the floors are met', () => {
    expect(shortfalls(results({ rounds: fine }))).toEqual([]);
    expect(markdown(results({ rounds: fine }))).toContain('All floors are met.');
  });

  it.each([
    ['a low rate', { rounds: [{ berth: side(50), reference: side(100) }] }],
    ['a long tail', { rounds: [{ berth: side(90, 9), reference: side(100, 4) }] }],
    ['an answer other than 201', { rounds: [{ berth: side(90, 4, { 201: 99, 500: 1 }), reference: side(100) }] }],
    ['two winners', { rounds: fine, race: [{ 201: 2, 409: 8 }] }],
    ['a slow race', { rounds: fine, ratio: 1.6 }],
    ['a late series', { rounds: fine, late: 151 }],
    ['a deadlock', { rounds: fine, deadlocks: [1, 0] }],
  ])('names %s', (_, run) => {
    expect(shortfalls(results(run))).toHaveLength(1);
    expect(markdown(results(run))).toContain('Missed:');
  });
});
