import { clickedDraft, draftOf, extentOf, type Gesture } from './draft';
import { aBar, at, minutes } from '../testing';

const quarter = { step: 15, timeZone: 'Europe/Berlin' };
const create: Gesture = { kind: 'create', line: 2, grabbed: at('14:07') };
const bar = aBar('10:00', '11:00', { mine: true });

describe('draft', () => {
  it('spans the slots from the one pressed to the one reached', () => {
    expect(draftOf(create, 2, at('14:50'), quarter)).toEqual({ line: 2, start: at('14:00'), end: at('15:00') });
    expect(draftOf(create, 2, at('13:40'), quarter)).toEqual({ line: 2, start: at('13:30'), end: at('14:15') });
  });

  it('is one slot at least and stays on the row it began', () => {
    expect(draftOf(create, 5, at('14:07'), quarter)).toEqual({ line: 2, start: at('14:00'), end: at('14:15') });
  });

  it('goes over the rows up or down to the pointer where that is wanted, as far as one booking may', () => {
    const extent = (line: number) => extentOf(draftOf({ ...create, isAcross: true }, line, at('14:07'), quarter));

    expect([extent(5), extent(0), extent(2), extent(60)]).toEqual([
      { first: 2, last: 5 },
      { first: 0, last: 2 },
      { first: 2, last: 2 },
      { first: 2, last: 21 },
    ]);
  });

  it('moves a bar by what the pointer moved, onto slots and onto the row under it', () => {
    const move: Gesture = { kind: 'move', line: 1, grabbed: at('10:20'), bar };

    expect(draftOf(move, 4, at('12:32'), quarter)).toEqual({ line: 4, start: at('12:15'), end: at('13:15') });
  });

  it('keeps the elapsed length of what is moved across a change of clocks', () => {
    const night = aBar('2026-10-24T22:00:00+02:00', '2026-10-25T06:00:00+01:00', { mine: true });
    const move: Gesture = { kind: 'move', line: 0, grabbed: night.start, bar: night };

    const draft = draftOf(move, 0, night.start + minutes(24 * 60), quarter);
    expect(draft.end - draft.start).toBe(night.end - night.start);
  });

  it('stretches either end, never past the other', () => {
    expect(draftOf({ kind: 'stretch-end', line: 1, grabbed: at('11:00'), bar }, 3, at('11:50'), quarter)).toEqual({
      line: 1,
      start: at('10:00'),
      end: at('11:45'),
    });
    expect(draftOf({ kind: 'stretch-end', line: 1, grabbed: at('11:00'), bar }, 1, at('08:00'), quarter).end).toBe(at('10:15'));
    expect(draftOf({ kind: 'stretch-start', line: 1, grabbed: at('10:00'), bar }, 1, at('12:00'), quarter).start).toBe(at('10:45'));
  });

  it('of a click takes the slot under it', () => {
    expect(clickedDraft(3, at('14:20'), { step: 30, timeZone: 'Europe/Berlin' }, 60)).toEqual({
      line: 3,
      start: at('14:00'),
      end: at('15:00'),
    });
  });

  it('lies on the slots of the resource, not of the reader', () => {
    const kolkata = { step: 60, timeZone: 'Asia/Kolkata' };

    expect(clickedDraft(0, Date.parse('2026-11-24T10:10:00Z'), kolkata, 60).start).toBe(Date.parse('2026-11-24T09:30:00Z'));
  });
});
