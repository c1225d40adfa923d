import { layDay } from './day-layout';

const hour = 3_600_000;
const day = { start: 0, end: 24 * hour };
const from = (start: number, end: number) => ({ start: start * hour, end: end * hour });

describe('a day in a column', () => {
  it('places what is in it by its share of the day', () => {
    expect(layDay([from(6, 12)], day)).toMatchObject([
      { top: 0.25, height: 0.25, left: 0, width: 1, isCutAbove: false, isCutBelow: false },
    ]);
  });

  it('lets what overlaps share the width and gives the rest all of it', () => {
    const laid = layDay([from(9, 11), from(10, 12), from(11, 13), from(14, 15)], day);

    expect(laid.map((it) => [it.left, it.width])).toEqual([
      [0, 0.5],
      [0.5, 0.5],
      [0, 0.5],
      [0, 1],
    ]);
  });

  it('cuts what began the day before or goes on after it, and leaves out what is elsewhere', () => {
    const laid = layDay([from(-3, 2), from(23, 30), from(30, 32)], day);

    expect(laid.map((it) => [it.isCutAbove, it.isCutBelow])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(laid[1]!.top + laid[1]!.height).toBeCloseTo(1);
  });

  it('keeps the shortest big enough to point at', () => {
    expect(layDay([from(9, 9.01)], day)[0]!.height).toBeGreaterThanOrEqual(0.018);
  });
});
