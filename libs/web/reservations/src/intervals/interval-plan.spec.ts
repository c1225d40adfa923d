import { areApart, joined, plan, released, type Piece } from './interval-plan';

const at = (hour: number): number => Date.UTC(2026, 10, 24, hour);
const span = (from: number, to: number) => ({ start: at(from), end: at(to) });
const day: Piece = { id: 'day', name: 'My day', ...span(9, 17) };
const lab: Piece = { id: 'lab', name: 'Lab', ...span(18, 20) };

describe('a plan of intervals', () => {
  it('releases a part out of the middle, at an end, or out of two parts', () => {
    expect(released([span(9, 17)], span(12, 14))).toEqual([span(9, 12), span(14, 17)]);
    expect(released([span(9, 17)], span(8, 10))).toEqual([span(10, 17)]);
    expect(released([span(9, 12), span(14, 17)], span(11, 15))).toEqual([span(9, 11), span(15, 17)]);
  });

  it('grows the nearest part over a neighbour and what lies between', () => {
    expect(joined([span(9, 12), span(14, 17)], lab)).toEqual([span(9, 12), span(14, 20)]);
    expect(joined([span(9, 12), span(14, 17)], span(6, 8))).toEqual([span(6, 12), span(14, 17)]);
  });

  it('names what goes on at another time, and what is new', () => {
    const planned = plan(day, [lab], [span(9, 12), span(13, 17)]);

    expect(planned.map(({ before, after }) => ({ before, after }))).toEqual([
      { before: null, after: span(9, 12) },
      { before: span(9, 17), after: span(13, 17) },
    ]);
  });

  it('names a neighbour that goes into it, and one that is cut', () => {
    expect(plan(day, [lab], [span(9, 20)])).toEqual([
      { id: 'day', name: 'My day', before: span(9, 17), after: span(9, 20), isNeighbour: false },
      { id: 'lab', name: 'Lab', before: span(18, 20), after: null, isNeighbour: true },
    ]);
    expect(plan(day, [lab], [span(9, 19)])).toContainEqual({
      id: 'lab',
      name: 'Lab',
      before: span(18, 20),
      after: span(19, 20),
      isNeighbour: true,
    });
  });

  it('leaves out a neighbour that keeps its time', () => {
    expect(plan(day, [lab], [span(9, 16)]).map((it) => it.id)).toEqual(['day']);
  });

  it('says whether parts are apart', () => {
    expect([areApart([span(9, 10), span(10, 11)]), areApart([span(9, 11), span(10, 12)]), areApart([span(11, 9)])]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
