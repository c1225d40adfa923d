import * as fc from 'fast-check';
import {
  addMinutes,
  contains,
  gaps,
  holdsInstant,
  intersect,
  intersection,
  interval,
  isSameInterval,
  merge,
  minutesBetween,
  overlaps,
  splitAtUtcMidnight,
  subtract,
  union,
  type Interval,
} from './interval';

/** The oracle: an afternoon as a row of minutes, one bit each. Every operation is a bit operation on it. */
const MINUTES = 96;
const NOON = new Date('2027-03-28T12:00:00Z');
const at = (minute: number): Date => addMinutes(NOON, minute);
const between = (from: number, to: number): Interval => interval(at(from), at(to));
const minutes = Array.from({ length: MINUTES }, (_, index) => index);
const bitmapOf = (intervals: readonly Interval[]): boolean[] => minutes.map((it) => intervals.some((span) => holdsInstant(span, at(it))));
const countOf = (bits: readonly boolean[]): number => bits.filter(Boolean).length;
const lengthOf = (intervals: readonly Interval[]): number => intervals.reduce((sum, it) => sum + minutesBetween(it.start, it.end), 0);

const anInterval = fc
  .tuple(fc.integer({ min: 0, max: MINUTES - 1 }), fc.integer({ min: 1, max: 30 }))
  .map(([start, length]) => between(start, Math.min(start + length, MINUTES)));
const intervals = fc.array(anInterval, { maxLength: 9 });

const isMerged = (list: readonly Interval[]): boolean =>
  list.every((it, index) => index === 0 || (list[index - 1]?.end.getTime() ?? 0) < it.start.getTime());

describe('interval', () => {
  it('refuses to be empty, reversed or not a time', () => {
    expect(() => interval(at(5), at(5))).toThrow(RangeError);
    expect(() => interval(at(6), at(5))).toThrow(RangeError);
    expect(() => interval(new Date(NaN), at(5))).toThrow(RangeError);
    expect(() => interval(at(5), new Date(NaN))).toThrow(RangeError);
  });

  it('holds its start and not its end', () => {
    expect(holdsInstant(between(0, 10), at(0))).toBe(true);
    expect(holdsInstant(between(0, 10), at(10))).toBe(false);
  });

  it('lets one begin the moment another ends', () => {
    expect(overlaps(between(0, 10), between(10, 20))).toBe(false);
    expect(intersection(between(0, 10), between(10, 20))).toBeUndefined();
    expect(overlaps(between(0, 11), between(10, 20))).toBe(true);
  });

  it('contains itself', () => {
    expect(contains(between(0, 10), between(0, 10))).toBe(true);
    expect(contains(between(0, 10), between(0, 11))).toBe(false);
    expect(contains(between(1, 10), between(0, 10))).toBe(false);
  });

  it('counts minutes with their sign and fraction', () => {
    expect(minutesBetween(at(0), at(90))).toBe(90);
    expect(minutesBetween(at(90), at(0))).toBe(-90);
    expect(minutesBetween(at(0), new Date(at(0).getTime() + 30_000))).toBe(0.5);
  });
});

describe('two intervals', () => {
  it('overlap exactly when they share a minute', () => {
    fc.assert(
      fc.property(anInterval, anInterval, (a, b) => {
        const shared = countOf(minutes.map((it) => holdsInstant(a, at(it)) && holdsInstant(b, at(it))));

        expect(overlaps(a, b)).toBe(shared > 0);
        expect(overlaps(b, a)).toBe(shared > 0);
        expect(lengthOf([intersection(a, b)].filter((it) => it !== undefined))).toBe(shared);
      }),
    );
  });

  it('contain one another exactly when nothing of the inner is left over', () => {
    fc.assert(fc.property(anInterval, anInterval, (a, b) => expect(contains(a, b)).toBe(subtract([b], [a]).length === 0)));
  });

  it('are the same exactly when each contains the other', () => {
    fc.assert(fc.property(anInterval, anInterval, (a, b) => expect(isSameInterval(a, b)).toBe(contains(a, b) && contains(b, a))));
  });

  it('fall into what is shared and what is not: a = (a ∩ b) ∪ (a ∖ b)', () => {
    fc.assert(
      fc.property(anInterval, anInterval, (a, b) => {
        const shared = intersect([a], [b]);
        const rest = subtract([a], [b]);

        expect(union(shared, rest)).toEqual([a]);
        expect(intersect(shared, rest)).toEqual([]);
      }),
    );
  });
});

describe('lists of intervals, against a bitmap of minutes', () => {
  it('merge into the same minutes, in order and apart', () => {
    fc.assert(
      fc.property(intervals, (list) => {
        expect(bitmapOf(merge(list))).toEqual(bitmapOf(list));
        expect(isMerged(merge(list))).toBe(true);
      }),
    );
  });

  it('unite as the bits do', () => {
    fc.assert(
      fc.property(intervals, intervals, (a, b) => {
        const [left, right] = [bitmapOf(a), bitmapOf(b)];

        expect(bitmapOf(union(a, b))).toEqual(left.map((it, index) => it || right[index]));
        expect(isMerged(union(a, b))).toBe(true);
      }),
    );
  });

  it('intersect as the bits do', () => {
    fc.assert(
      fc.property(intervals, intervals, (a, b) => {
        const [left, right] = [bitmapOf(a), bitmapOf(b)];

        expect(bitmapOf(intersect(a, b))).toEqual(left.map((it, index) => it && right[index]));
        expect(isMerged(intersect(a, b))).toBe(true);
      }),
    );
  });

  it('subtract as the bits do', () => {
    fc.assert(
      fc.property(intervals, intervals, (a, b) => {
        const [left, right] = [bitmapOf(a), bitmapOf(b)];

        expect(bitmapOf(subtract(a, b))).toEqual(left.map((it, index) => it && !right[index]));
        expect(isMerged(subtract(a, b))).toBe(true);
      }),
    );
  });

  it('say the same whatever order they come in, and how often they are merged', () => {
    fc.assert(
      fc.property(intervals, (list) => {
        expect(merge([...list].reverse())).toEqual(merge(list));
        expect(merge(merge(list))).toEqual(merge(list));
        expect(union(list, list)).toEqual(merge(list));
        expect(intersect(list, list)).toEqual(merge(list));
        expect(subtract(list, list)).toEqual([]);
      }),
    );
  });

  it('commute, associate and distribute', () => {
    fc.assert(
      fc.property(intervals, intervals, intervals, (a, b, c) => {
        expect(union(a, b)).toEqual(union(b, a));
        expect(intersect(a, b)).toEqual(intersect(b, a));
        expect(union(union(a, b), c)).toEqual(union(a, union(b, c)));
        expect(intersect(intersect(a, b), c)).toEqual(intersect(a, intersect(b, c)));
        expect(intersect(a, union(b, c))).toEqual(union(intersect(a, b), intersect(a, c)));
        expect(union(a, intersect(b, c))).toEqual(intersect(union(a, b), union(a, c)));
      }),
    );
  });

  it('obey De Morgan within a window', () => {
    fc.assert(
      fc.property(intervals, intervals, (a, b) => {
        const window = between(0, MINUTES);

        expect(gaps(window, union(a, b))).toEqual(intersect(gaps(window, a), gaps(window, b)));
        expect(gaps(window, intersect(a, b))).toEqual(union(gaps(window, a), gaps(window, b)));
        expect(gaps(window, gaps(window, a))).toEqual(merge(a));
      }),
    );
  });

  it('subtract one after the other as all at once', () => {
    fc.assert(
      fc.property(intervals, intervals, intervals, (a, b, c) => {
        expect(subtract(subtract(a, b), c)).toEqual(subtract(a, union(b, c)));
        expect(subtract(a, b)).toEqual(intersect(a, gaps(between(0, MINUTES), b)));
      }),
    );
  });

  it('leave gaps that fill the window: free ∪ busy = asked, free ∩ busy = ∅', () => {
    fc.assert(
      fc.property(anInterval, intervals, (asked, busy) => {
        const free = gaps(asked, busy);
        const taken = intersect([asked], busy);

        expect(union(free, taken)).toEqual([asked]);
        expect(intersect(free, taken)).toEqual([]);
      }),
    );
  });

  it('are never changed by being used', () => {
    fc.assert(
      fc.property(intervals, intervals, (a, b) => {
        const before = JSON.stringify([a, b]);

        union(a, b);
        intersect(a, b);
        subtract(a, b);

        expect(JSON.stringify([a, b])).toBe(before);
      }),
    );
  });
});

describe('splitAtUtcMidnight', () => {
  const span = (start: string, end: string): Interval => interval(new Date(start), new Date(end));

  it('leaves a day alone, also one that ends at midnight', () => {
    const day = span('2027-03-28T00:00:00Z', '2027-03-29T00:00:00Z');

    expect(splitAtUtcMidnight(day)).toEqual([day]);
  });

  it('cuts a night at midnight', () => {
    expect(splitAtUtcMidnight(span('2027-03-28T22:00:00Z', '2027-03-29T06:00:00Z'))).toEqual([
      span('2027-03-28T22:00:00Z', '2027-03-29T00:00:00Z'),
      span('2027-03-29T00:00:00Z', '2027-03-29T06:00:00Z'),
    ]);
  });

  it('gives pieces of one UTC day at most that add up to the whole', () => {
    const instant = fc.date({ min: new Date('1965-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 40 * 1440 }), (start, length) => {
        const whole = interval(start, addMinutes(start, length));

        const pieces = splitAtUtcMidnight(whole);

        expect(merge(pieces)).toEqual([whole]);
        expect(lengthOf(pieces)).toBeCloseTo(length, 6);
        const days = pieces.map((it) => it.start.toISOString().slice(0, 10));
        expect(new Set(days).size).toBe(pieces.length);
        expect(pieces.map((it) => new Date(it.end.getTime() - 1).toISOString().slice(0, 10))).toEqual(days);
      }),
    );
  });
});
