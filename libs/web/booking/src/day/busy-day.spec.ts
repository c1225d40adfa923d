import type { AvailabilityAnswer } from '../resources-api';
import { busyTimeOf, fullTime, stripOf, type BusyBar } from './busy-day';

const from = Date.parse('2026-11-24T00:00:00Z');
const window = { start: from, end: from + 86_400_000 };
const hour = (hours: number): number => from + hours * 3_600_000;

const answer: AvailabilityAnswer = {
  from: '2026-11-24T00:00:00Z',
  resources: ['turing', 'noether'],
  closed: [[0, 8 * 3600, 18 * 3600, 24 * 3600], []],
  blackouts: [[{ start: 12 * 3600, end: 13 * 3600, reason: 'Cleaning' }], []],
  assigned: [[], [{ start: 0, end: 3600, person: null }]],
  bars: {
    id: ['a', 'b', 'c', 'd'],
    resource: [0, 0, 1, 0],
    start: [9 * 3600, 10 * 3600, 9 * 3600, 14 * 3600],
    end: [10 * 3600, 11 * 3600, 10 * 3600, 15 * 3600],
    heldStart: [9 * 3600, 10 * 3600, 9 * 3600, 14 * 3600],
    heldEnd: [10.25 * 3600, 11.25 * 3600, 10 * 3600, 15 * 3600],
    status: ['confirmed', 'pending', 'confirmed', 'held'],
    title: ['Sync', null, null, null],
    mine: [1, 0, 0, 1],
    quantity: [1, 1, 1, 1],
  },
};

describe('busy time of one resource', () => {
  it('is read from the columns of a grid, without one’s own holds', () => {
    const busy = busyTimeOf(answer, 0, window);

    expect(busy.bars.map((it) => it.id)).toEqual(['a', 'b']);
    expect(busy.bars[0]).toMatchObject({ start: hour(9), end: hour(10), held: { end: hour(10.25) }, mine: true });
    expect(busy.closed).toEqual([
      { start: hour(0), end: hour(8) },
      { start: hour(18), end: hour(24) },
    ]);
    expect(busy.blackouts[0]).toMatchObject({ reason: 'Cleaning' });
  });

  it('becomes the picture of a strip', () => {
    const strip = stripOf(busyTimeOf(answer, 0, window), 1, 1);

    expect(strip.map((it) => it.state)).toEqual(['closed', 'closed', 'down', 'mine', 'pending']);
  });
});

describe('full time of several units', () => {
  const bar = (start: number, end: number, quantity = 1): BusyBar => ({
    id: `${start}`,
    start: hour(start),
    end: hour(end),
    held: { start: hour(start), end: hour(end) },
    status: 'confirmed',
    title: null,
    mine: false,
    quantity,
  });

  it('is only where fewer units are left than wanted', () => {
    const bars = [bar(9, 12, 2), bar(10, 11)];

    expect(fullTime(bars, 4, 1)).toEqual([]);
    expect(fullTime(bars, 3, 1)).toEqual([{ start: hour(10), end: hour(11) }]);
    expect(fullTime(bars, 4, 2)).toEqual([{ start: hour(10), end: hour(11) }]);
  });

  it('is all of it where every unit is wanted', () => {
    expect(fullTime([bar(9, 12)], 2, 2)).toEqual([{ start: hour(9), end: hour(12) }]);
  });
});
