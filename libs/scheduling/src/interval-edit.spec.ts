import { type Interval, merge, overlaps, subtract, union } from '@berth/kernel';
import fc from 'fast-check';
import { editIntervals } from './interval-edit';

const at = (hour: number): Date => new Date(Date.UTC(2026, 11, 7, hour));
const span = (from: number, to: number): Interval => ({ start: at(from), end: at(to) });
const reservation = (id: string, from: number, to: number) => ({ id, ...span(from, to) });

describe('Editing intervals', () => {
  it('splits: the identity stays with the part that shares most time', () => {
    expect(editIntervals(reservation('a', 9, 14), [], [span(9, 10), span(11, 14)])).toEqual({
      changed: [reservation('a', 11, 14)],
      added: [{ ...span(9, 10), from: 'a' }],
      gone: [],
    });
  });

  it('merges: a neighbour that is covered is gone', () => {
    expect(editIntervals(reservation('a', 9, 10), [reservation('b', 10, 11)], [span(9, 11)])).toEqual({
      changed: [reservation('a', 9, 11)],
      added: [],
      gone: ['b'],
    });
  });

  it('trims a neighbour that is covered in part', () => {
    expect(editIntervals(reservation('a', 9, 10), [reservation('b', 10, 12)], [span(9, 11)])).toEqual({
      changed: [reservation('a', 9, 11), reservation('b', 11, 12)],
      added: [],
      gone: [],
    });
  });

  it('cuts a neighbour in two where it is covered in the middle', () => {
    expect(editIntervals(reservation('a', 12, 13), [reservation('b', 9, 16)], [span(11, 12)])).toEqual({
      changed: [reservation('a', 11, 12), reservation('b', 12, 16)],
      added: [{ ...span(9, 11), from: 'b' }],
      gone: [],
    });
  });

  it('leaves a neighbour alone whose time is wanted as it is', () => {
    expect(editIntervals(reservation('a', 9, 10), [reservation('b', 11, 12)], [span(9, 10), span(11, 12)])).toEqual({
      changed: [],
      added: [],
      gone: [],
    });
  });

  it('covers what is wanted and what the neighbours had besides, no instant twice, and forgets no identity', () => {
    const disjoint = fc
      .uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 4, maxLength: 12 })
      .map((hours) => hours.toSorted((a, b) => a - b))
      .map((hours) => Array.from({ length: Math.floor(hours.length / 2) }, (_, i) => span(hours[2 * i]!, hours[2 * i + 1]!)));
    fc.assert(
      fc.property(disjoint, disjoint, fc.nat(), (had, wanted, pick) => {
        const family = had.map((it, i) => ({ id: String(i), ...it }));
        const target = family[pick % family.length]!;
        const neighbours = family.filter((it) => it !== target);

        const edit = editIntervals(target, neighbours, wanted);

        const moved = new Map(edit.changed.map((it) => [it.id, it]));
        const living = family.filter((it) => !edit.gone.includes(it.id)).map((it) => moved.get(it.id) ?? it);
        const after: Interval[] = [...living, ...edit.added];
        const times = (of: readonly Interval[]) => of.map((it) => [it.start.getTime(), it.end.getTime()]);
        expect(times(merge(after))).toEqual(times(merge(union(wanted, subtract(neighbours, wanted)))));
        expect(after.some((a, i) => after.some((b, j) => i < j && overlaps(a, b)))).toBe(false);
        expect(edit.gone.filter((id) => moved.has(id))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});
