import { addMinutes, overlaps, type Interval } from '@berth/kernel';
import * as fc from 'fast-check';
import { assignLanes, clusterOf, crowdedTime, peak, type LaneAssignment, type TakenLane } from './lanes';

const EIGHT = new Date('2027-03-22T08:00:00Z');
const at = (hour: number): Date => addMinutes(EIGHT, hour * 60);
const between = (from: number, to: number): Interval => ({ start: at(from), end: at(to) });
const taken = (lane: number, from: number, to: number, reservationId: string, pinned = false): TakenLane => ({
  lane,
  s: at(from),
  e: at(to),
  reservationId,
  pinned,
});

describe('assignLanes', () => {
  it('takes the lane with the tightest idle gap before', () => {
    const rows = [taken(1, 0, 1, 'a'), taken(2, 0, 3, 'b'), taken(3, 0, 2, 'c')];

    expect(assignLanes({ units: 3, taken: rows, wished: between(3, 4), quantity: 1 })).toEqual({ lanes: [2], moves: [] });
    expect(assignLanes({ units: 3, taken: rows, wished: between(2, 3), quantity: 1 })).toEqual({ lanes: [3], moves: [] });
    expect(assignLanes({ units: 3, taken: rows, wished: between(3, 4), quantity: 2 })).toEqual({ lanes: [2, 3], moves: [] });
    expect(assignLanes({ units: 3, taken: [taken(3, 0, 3, 'a')], wished: between(3, 4), quantity: 2 })).toEqual({
      lanes: [1, 3],
      moves: [],
    });
  });

  it('takes the first lane of an empty pool', () => {
    expect(assignLanes({ units: 3, taken: [], wished: between(0, 1), quantity: 2 })).toEqual({ lanes: [1, 2], moves: [] });
  });

  it('re-packs when no lane is free but the units are never all taken', () => {
    // Lane 1 is taken early, lane 2 late: neither is free from 0 to 4, but one unit always is.
    const rows = [taken(1, 0, 2, 'a'), taken(2, 2, 4, 'b')];

    expect(assignLanes({ units: 2, taken: rows, wished: between(0, 4), quantity: 1 })).toEqual({
      lanes: [2],
      moves: [{ reservationId: 'b', from: 2, to: 1 }],
    });
  });

  it('never moves a unit that was handed out', () => {
    const rows = [taken(1, 0, 2, 'a', true), taken(2, 2, 4, 'b')];
    const bothPinned = [taken(1, 0, 2, 'a', true), taken(2, 2, 4, 'b', true)];

    expect(assignLanes({ units: 2, taken: rows, wished: between(0, 4), quantity: 1 })).toEqual({
      lanes: [2],
      moves: [{ reservationId: 'b', from: 2, to: 1 }],
    });
    expect(assignLanes({ units: 2, taken: bothPinned, wished: between(0, 4), quantity: 1 })).toBeUndefined();
  });

  it('has no room when all units are taken at one instant', () => {
    const rows = [taken(1, 0, 2, 'a'), taken(2, 1, 4, 'b')];

    expect(assignLanes({ units: 2, taken: rows, wished: between(0, 4), quantity: 1 })).toBeUndefined();
    expect(assignLanes({ units: 2, taken: [], wished: between(0, 4), quantity: 3 })).toBeUndefined();
  });

  it('moves all days of a long reservation together', () => {
    const rows = [taken(1, 0, 16, 'long'), taken(1, 16, 40, 'long'), taken(2, 40, 42, 'b'), taken(1, 42, 44, 'c')];

    const assignment = assignLanes({ units: 2, taken: rows, wished: between(10, 43), quantity: 1 });

    expect(assignment).toBeDefined();
    expectSound(rows, between(10, 43), assignment);
    expect(new Set(assignment?.moves.map((it) => it.reservationId)).size).toBe(assignment?.moves.length);
  });

  it('does not look at over-booking on lanes above the units', () => {
    expect(assignLanes({ units: 1, taken: [taken(2, 0, 4, 'over')], wished: between(0, 4), quantity: 1 })).toEqual({
      lanes: [1],
      moves: [],
    });
  });

  it('gives up on a puzzle whose choices would take hours to try', () => {
    const lanes = Array.from({ length: 12 }, (_, index) => index + 1);
    const early = lanes.slice(1).map((lane) => taken(lane, 0, 1, `early-${lane}`));
    const handedOut = lanes.map((lane) => taken(lane, lane + 1, lane + 2, `out-${lane}`, true));

    expect(assignLanes({ units: 12, taken: [...early, ...handedOut], wished: between(0.5, 40), quantity: 1 })).toBeUndefined();
  });
});

describe('assignLanes, against trying everything', () => {
  interface Small {
    readonly units: number;
    readonly rows: readonly TakenLane[];
    readonly wished: Interval;
    readonly quantity: number;
  }

  const anHour = fc.integer({ min: 0, max: 9 });
  const aRow = fc.tuple(fc.integer({ min: 1, max: 3 }), anHour, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 4 }));
  const small = (pins: fc.Arbitrary<boolean>): fc.Arbitrary<Small> =>
    fc
      .record({
        units: fc.integer({ min: 1, max: 3 }),
        drafts: fc.array(fc.tuple(aRow, pins), { maxLength: 7 }),
        wished: fc.tuple(anHour, fc.integer({ min: 1, max: 8 })).map(([from, length]) => between(from, from + length)),
        quantity: fc.integer({ min: 1, max: 2 }),
      })
      .map(({ drafts, ...rest }) => ({ ...rest, rows: placed(drafts, rest.units) }));

  it('finds room exactly when there is some, and never overlaps', () => {
    fc.assert(
      fc.property(small(fc.boolean()), ({ units, rows, wished, quantity }) => {
        const assignment = assignLanes({ units, taken: rows, wished, quantity });

        expect(assignment !== undefined).toBe(isFeasible(units, rows, wished, quantity));
        expectSound(rows, wished, assignment);
        if (assignment) expect(assignment.lanes).toHaveLength(quantity);
      }),
      { numRuns: 1500 },
    );
  });

  it('finds room without pins exactly when the peak leaves some', () => {
    // Claims of one row each: the case in which interval colouring is optimal.
    const single = small(fc.constant(false)).filter(({ rows }) => new Set(rows.map((it) => it.reservationId)).size === rows.length);
    fc.assert(
      fc.property(single, ({ units, rows, wished, quantity }) => {
        expect(assignLanes({ units, taken: rows, wished, quantity }) !== undefined).toBe(peak(rows, wished) + quantity <= units);
      }),
      { numRuns: 500 },
    );
  });

  it('finds room in a full house of one-row claims without trying twice, however many they are', () => {
    const draft = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(fc.array(draft, { minLength: 60, maxLength: 120 }), fc.integer({ min: 0, max: 180 }), (drafts, from) => {
        const rows: TakenLane[] = [];
        drafts.forEach(([start, length], index) => {
          const row = (lane: number): TakenLane => taken(lane, start, start + length, `r${index}`);
          const lane = [5, 4, 3, 2, 1].find((it) => !rows.some((other) => other.lane === it && overlaps(spanOf(other), spanOf(row(it)))));
          if (lane) rows.push(row(lane));
        });
        const wished = between(from, from + 30);

        const assignment = assignLanes({ units: 6, taken: rows, wished, quantity: 1 });
        const packed = assignLanes({ units: 5, taken: rows, wished, quantity: 1 });

        expect(assignment).toBeDefined();
        expect(packed !== undefined).toBe(peak(rows, wished) < 5);
        expectSound(rows, wished, packed);
      }),
      { numRuns: 60 },
    );
  });

  /** Only drafts that the guard would have let in, one lane being pinned for all rows of a claim or none. */
  function placed(drafts: readonly (readonly [readonly [number, number, number, number], boolean])[], units: number): TakenLane[] {
    const rows: TakenLane[] = [];
    for (const [[lane, from, length, claim], pinned] of drafts) {
      const row = taken(lane, from, from + length, `claim-${claim}`, pinned);
      const clashes = rows.some((it) => it.lane === lane && overlaps(spanOf(it), spanOf(row)));
      if (lane <= units && !clashes) rows.push(row);
    }
    return rows;
  }

  function isFeasible(units: number, rows: readonly TakenLane[], wished: Interval, quantity: number): boolean {
    const keys = [...new Set(rows.map((it) => `${it.lane} ${it.reservationId}`))];
    const jobs = keys.map((key) => rows.filter((it) => `${it.lane} ${it.reservationId}` === key));
    const fits = (lanes: readonly number[]): boolean => {
      if (lanes.length < jobs.length) {
        const rowsOfNext = jobs[lanes.length] ?? [];
        const choices = rowsOfNext.some((it) => it.pinned) ? [rowsOfNext[0]?.lane ?? 0] : Array.from({ length: units }, (_, it) => it + 1);
        return choices.some((lane) => isFreeOn(lane, lanes, rowsOfNext.map(spanOf)) && fits([...lanes, lane]));
      }
      return Array.from({ length: units }, (_, it) => it + 1).filter((lane) => isFreeOn(lane, lanes, [wished])).length >= quantity;
    };
    const isFreeOn = (lane: number, lanes: readonly number[], spans: readonly Interval[]): boolean =>
      !lanes.some((it, index) => it === lane && jobs[index]?.some((row) => spans.some((span) => overlaps(spanOf(row), span))));
    return fits([]);
  }
});

describe('peak', () => {
  it('counts the lanes taken at one instant, not all of the window', () => {
    const rows = [taken(1, 0, 2, 'a'), taken(2, 2, 4, 'b'), taken(1, 3, 5, 'c')];

    expect(peak(rows, between(0, 5))).toBe(2);
    expect(peak(rows, between(0, 3))).toBe(1);
    expect(peak(rows, between(5, 6))).toBe(0);
    expect(peak([], between(0, 5))).toBe(0);
  });
});

describe('crowdedTime', () => {
  it('is where fewer units are free than wanted', () => {
    const rows = [taken(1, 0, 4, 'a'), taken(2, 2, 6, 'b'), taken(3, 3, 4, 'c')];

    expect(crowdedTime(rows, 3, 1)).toEqual([between(3, 4)]);
    expect(crowdedTime(rows, 3, 2)).toEqual([between(2, 4)]);
    expect(crowdedTime(rows, 3, 3)).toEqual([between(0, 6)]);
    expect(crowdedTime([], 3, 1)).toEqual([]);
  });

  it('holds a window exactly when the peak leaves no room in it', () => {
    const aRow = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 5 }));
    fc.assert(
      fc.property(
        fc.array(aRow, { maxLength: 8 }),
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 1, max: 3 }),
        (drafts, from, quantity) => {
          const rows = drafts.map(([lane, start, length], index) => taken(lane, start, start + length, `r${index}`));
          const hour = between(from, from + 1);

          expect(crowdedTime(rows, 4, quantity).some((it) => overlaps(it, hour))).toBe(
            peak(rows, hour) > 0 && peak(rows, hour) + quantity > 4,
          );
        },
      ),
    );
  });
});

describe('clusterOf', () => {
  it('reaches as far as reservations hang together, across lanes and through their other days', () => {
    const rows = [taken(1, 0, 2, 'a'), taken(2, 1, 4, 'b'), taken(1, 4, 6, 'c'), taken(3, 20, 22, 'a'), taken(2, 21, 25, 'd')];

    expect(clusterOf(rows, between(4, 5))).toEqual(between(4, 6));
    expect(clusterOf(rows, between(3, 4))).toEqual(between(0, 25));
    expect(clusterOf([], between(3, 4))).toEqual(between(3, 4));
  });
});

const spanOf = (row: TakenLane): Interval => ({ start: row.s, end: row.e });

/** After the moves no two rows overlap on a lane, the wished lanes are free, and nothing pinned has moved. */
function expectSound(rows: readonly TakenLane[], wished: Interval, assignment: LaneAssignment | undefined): void {
  if (!assignment) return;
  const moved = rows.map((row) => {
    const move = assignment.moves.find((it) => it.reservationId === row.reservationId && it.from === row.lane);
    if (move) expect(row.pinned).toBe(false);
    return move ? { ...row, lane: move.to } : row;
  });
  const all = [
    ...moved,
    ...assignment.lanes.map((lane) => ({ lane, s: wished.start, e: wished.end, reservationId: 'wished', pinned: false })),
  ];
  const clashes = all.flatMap((a, index) => all.slice(index + 1).filter((b) => a.lane === b.lane && overlaps(spanOf(a), spanOf(b))));
  expect(clashes).toEqual([]);
}
