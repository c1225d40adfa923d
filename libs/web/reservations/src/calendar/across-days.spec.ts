import { layAcross, takesDays } from './across-days';

const HOUR = 3_600_000;
const at = (day: number, hour = 0): number => Date.UTC(2026, 10, day, hour);
const span = (from: number, to: number) => ({ start: from, end: to });
const week = Array.from({ length: 7 }, (_, i) => span(at(23 + i), at(24 + i)));

describe('bookings across days', () => {
  it('last a day at least, also the day on which clocks go forward', () => {
    expect([takesDays(span(0, 24 * HOUR)), takesDays(span(0, 23 * HOUR)), takesDays(span(0, 22 * HOUR))]).toEqual([true, true, false]);
  });

  it('stand over the columns they touch, and say where they are cut', () => {
    const laid = layAcross([span(at(24, 12), at(26, 12)), span(at(20), at(24)), span(at(28), at(40)), span(at(30), at(31))], week);

    expect(laid.map(({ first, last, isCutBefore, isCutAfter }) => ({ first, last, isCutBefore, isCutAfter }))).toEqual([
      { first: 0, last: 0, isCutBefore: true, isCutAfter: false },
      { first: 1, last: 3, isCutBefore: false, isCutAfter: false },
      { first: 5, last: 6, isCutBefore: false, isCutAfter: true },
    ]);
  });

  it('share a lane where no column is both of theirs', () => {
    const laid = layAcross([span(at(23), at(25)), span(at(24), at(26)), span(at(25), at(26))], week);

    expect(laid.map((it) => [it.first, it.last, it.lane])).toEqual([
      [0, 1, 0],
      [1, 2, 1],
      [2, 2, 0],
    ]);
  });
});
