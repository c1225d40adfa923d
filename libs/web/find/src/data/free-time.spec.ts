import type { BusyTime } from '@berth/web/booking';
import type { CatalogueRow } from './catalogue';
import { freeWindows, isMine, isTaken, windowAt } from './free-time';

const base = Date.parse('2026-11-24T00:00:00Z');
const hour = (hours: number): number => base + hours * 3_600_000;
const span = (start: number, end: number) => ({ start: hour(start), end: hour(end) });
const row: CatalogueRow = {
  id: 'turing',
  typeKey: 'room',
  siteId: null,
  floorId: null,
  capacity: 8,
  units: 1,
  tags: [],
  step: 15,
  bufferBefore: 0,
  bufferAfter: 0,
  mayLeaveOpenHours: false,
};
const bar = (start: number, end: number, given = {}) => ({
  ...span(start, end),
  id: `${start}`,
  held: span(start, end),
  status: 'confirmed',
  title: null,
  mine: false,
  quantity: 1,
  ...given,
});
const day = (bars: BusyTime['bars'], closed: BusyTime['closed'] = []): BusyTime => ({ window: span(0, 24), bars, closed, blackouts: [] });

describe('the free time of a day', () => {
  it('is what closures and claims leave', () => {
    const busy = day([bar(10, 11), bar(13, 14)], [span(0, 8), span(18, 24)]);

    expect(freeWindows(busy, row, span(8, 20))).toEqual([span(8, 10), span(11, 13), span(14, 18)]);
  });

  it('leaves room for the buffers of what would be booked', () => {
    const busy = day([bar(10, 11)]);

    expect(freeWindows(busy, { ...row, bufferBefore: 30, bufferAfter: 60 }, span(8, 14))).toEqual([span(8, 9), span(11.5, 14)]);
  });

  it('includes closed time where that may be booked', () => {
    expect(freeWindows(day([], [span(0, 8)]), { ...row, mayLeaveOpenHours: true }, span(6, 10))).toEqual([span(6, 10)]);
  });

  it('is taken by what waits for approval', () => {
    expect(isTaken(day([bar(10, 11, { status: 'pending' })]), row, span(10, 11))).toBe(true);
  });

  it('of several units ends only where none is left', () => {
    const busy = day([bar(9, 12), bar(10, 11)]);

    expect(isTaken(busy, { ...row, units: 3 }, span(10, 11))).toBe(false);
    expect(isTaken(busy, { ...row, units: 2 }, span(10, 11))).toBe(true);
    expect(isTaken(busy, { ...row, units: 2 }, span(11, 12))).toBe(false);
  });

  it('touches what ends where it begins without taking it', () => {
    expect(isTaken(day([bar(9, 10)]), row, span(10, 11))).toBe(false);
  });

  it('tells one’s own booking from those of others', () => {
    expect(isMine(day([bar(9, 10, { mine: true })]), span(9, 10))).toBe(true);
    expect(isMine(day([bar(9, 10)]), span(9, 10))).toBe(false);
  });

  it('is read at a moment: the window around it, or the next', () => {
    const windows = [span(8, 10), span(11, 13)];

    expect(windowAt(windows, hour(9)).window).toEqual(span(8, 10));
    expect(windowAt(windows, hour(10))).toEqual({ window: null, next: span(11, 13) });
  });
});
