import fc from 'fast-check';
import { layDay, type DayLayout } from './day-layout';

const HOUR = 3_600_000;
const day = { start: 0, end: 24 * HOUR };
const room = { alone: 3, besideMore: 2 };
const from = (start: number, end: number) => ({ start: start * HOUR, end: end * HOUR });

interface Item {
  readonly start: number;
  readonly end: number;
}

describe('a day in a column', () => {
  it('places what is in it by its share of the day', () => {
    expect(layDay([from(6, 12)], day, room).bars).toMatchObject([
      { top: 0.25, height: 0.25, left: 0, width: 1, isCutAbove: false, isCutBelow: false },
    ]);
  });

  it('lets what overlaps share the width and spreads it where the next lane is free', () => {
    const { bars } = layDay([from(9, 12), from(9, 10), from(9, 10), from(10, 11), from(14, 15)], day, room);

    expect(bars.map((it) => [it.left * 3, it.width * 3].map(Math.round))).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
      [1, 2],
      [0, 3],
    ]);
  });

  it('keeps the short ones where there is no room for all, and tells how many more there are and from when to when', () => {
    const desks = [from(8, 17), from(8, 17), from(8, 17)];
    const { bars, more } = layDay([...desks, from(9, 10), from(11, 12)], day, room);

    expect(bars.map((it) => it.item)).toEqual([desks[0], from(9, 10), from(11, 12)]);
    expect(bars.every((it) => it.isBesideMore)).toBe(true);
    expect(more).toEqual([{ items: [desks[1], desks[2]], top: 8 / 24, height: expect.closeTo(9 / 24) }]);
  });

  it('cuts what began the day before or goes on after it, and leaves out what is elsewhere', () => {
    const { bars } = layDay([from(-3, 2), from(23, 30), from(30, 32)], day, room);

    expect(bars.map((it) => [it.isCutAbove, it.isCutBelow])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(bars[1]!.top + bars[1]!.height).toBeCloseTo(1);
  });

  it('keeps the shortest big enough to point at, at midnight too', () => {
    const { bars } = layDay([from(9, 9.01), from(23.9, 24)], day, room);

    expect(bars.every((it) => it.height >= 0.0179 && it.top + it.height <= 1.0001)).toBe(true);
  });
});

describe('any day in a column', () => {
  const quarter = HOUR / 4;
  const item = fc
    .tuple(fc.integer({ min: -8, max: 98 }), fc.integer({ min: 2, max: 60 }))
    .map(([start, length]): Item => ({ start: start * quarter, end: (start + length) * quarter }));
  const rooms = fc
    .integer({ min: 1, max: 4 })
    .chain((alone) => fc.integer({ min: 1, max: alone }).map((besideMore) => ({ alone, besideMore })));
  const days = fc.array(item, { maxLength: 12 });

  const isTogether = (a: Item, b: Item): boolean => a.start < b.end && b.start < a.end;
  const isInside = (it: Item): boolean => it.start < day.end && it.end > day.start;
  const depthOf = (items: readonly Item[]): number =>
    Math.max(0, ...items.map((at) => items.filter((it) => it.start <= at.start && at.start < it.end).length));
  const shownIn = ({ bars }: DayLayout<Item>): Item[] => bars.map((it) => it.item);
  const pairs = <T>(all: readonly T[]): [T, T][] => all.flatMap((a, i) => all.slice(i + 1).map((b): [T, T] => [a, b]));

  it('shows each that is in it once, or counts it once', () => {
    fc.assert(
      fc.property(days, rooms, (items, given) => {
        const layout = layDay(items, day, given);
        const told = [...shownIn(layout), ...layout.more.flatMap((it) => it.items)];

        expect(told.length).toBe(items.filter(isInside).length);
        expect(new Set(told)).toEqual(new Set(items.filter(isInside)));
      }),
    );
  });

  it('lets no two bars lie on each other, none leave the column, and none be narrower than the room allows', () => {
    fc.assert(
      fc.property(days, rooms, (items, given) => {
        const { bars } = layDay(items, day, given);

        for (const it of bars) {
          expect(it.left).toBeGreaterThanOrEqual(0);
          expect(it.left + it.width).toBeLessThanOrEqual(1.0001);
          expect(it.width).toBeGreaterThanOrEqual(1 / (it.isBesideMore ? given.besideMore : given.alone) - 0.0001);
        }
        for (const [a, b] of pairs(bars)) {
          const isApart = a.left + a.width <= b.left + 0.0001 || b.left + b.width <= a.left + 0.0001;
          expect(isApart || !isTogether(a.item, b.item)).toBe(true);
        }
      }),
    );
  });

  it('hides nothing that there is room for, and of the rest as few as can be', () => {
    const subsets = (items: readonly Item[]): Item[][] =>
      items.reduce<Item[][]>((all, it) => [...all, ...all.map((some) => [...some, it])], [[]]);
    const most = (items: readonly Item[], lanes: number): number =>
      Math.max(
        ...subsets(items)
          .filter((some) => depthOf(some) <= lanes)
          .map((some) => some.length),
      );
    // Long enough at either edge that nothing is drawn longer than it is.
    const inside = fc.array(item, { maxLength: 8 }).map((all) => all.filter((it) => it.start >= 0 && it.start <= 94 * quarter));
    fc.assert(
      fc.property(inside, fc.integer({ min: 1, max: 3 }), (items, lanes) => {
        expect(shownIn(layDay(items, day, { alone: lanes, besideMore: lanes })).length).toBe(most(items, lanes));
      }),
    );
  });

  it('does not depend on the order things are told in', () => {
    fc.assert(
      fc.property(days, rooms, (items, given) => {
        const facts = (all: readonly Item[]) =>
          layDay(all, day, given)
            .bars.map((it) => [it.item.start, it.item.end, it.left, it.width].join())
            .sort();

        expect(facts([...items].reverse())).toEqual(facts(items));
      }),
    );
  });

  it('parts what has no room by time', () => {
    fc.assert(
      fc.property(days, rooms, (items, given) => {
        const { more } = layDay(items, day, given);

        for (const [a, b] of pairs(more)) expect(a.top + a.height <= b.top + 0.0001 || b.top + b.height <= a.top + 0.0001).toBe(true);
      }),
    );
  });
});
