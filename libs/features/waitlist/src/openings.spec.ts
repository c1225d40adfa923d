import { openingsOf } from './openings';
import { offerUntil } from './waitlist-order';

const at = (time: string): Date => new Date(`2026-12-07T${time}:00Z`);
const facts = {
  resourceIds: ['r1', 'r2'],
  start: '2026-12-07T09:00:00Z',
  end: '2026-12-07T10:00:00Z',
  heldStart: '2026-12-07T08:45:00Z',
  heldEnd: '2026-12-07T10:30:00Z',
};
const openings = (type: string, data: unknown) => openingsOf({ type, time: at('08:00'), data });

describe('openingsOf', () => {
  it('takes the whole time of what is given up, buffers included, of every resource', () => {
    expect(openings('reservation.cancelled', facts)).toEqual([
      { resourceId: 'r1', start: at('08:45'), end: at('10:30') },
      { resourceId: 'r2', start: at('08:45'), end: at('10:30') },
    ]);
  });

  it('takes the former time of what is moved, on the former resources and the present', () => {
    const moved = {
      ...facts,
      resourceIds: ['r2'],
      previous: { start: '2026-12-07T13:00:00Z', end: '2026-12-07T14:00:00Z', resourceIds: ['r1'] },
    };

    expect(openings('reservation.moved', moved)).toEqual([
      { resourceId: 'r1', start: at('12:45'), end: at('14:30') },
      { resourceId: 'r2', start: at('12:45'), end: at('14:30') },
    ]);
  });

  it('takes nothing where only words changed, or time was taken', () => {
    expect(openings('reservation.updated', { ...facts, previous: { title: 'Old' } })).toEqual([]);
    expect(openings('reservation.created', facts)).toEqual([]);
    expect(openings('hold.created', facts)).toEqual([]);
  });

  it('takes all the time that would do for who joins', () => {
    const joined = { resourceId: null, start: '2026-12-07T09:00:00Z', end: '2026-12-07T10:00:00Z', flexMinutes: 30 };

    expect(openings('waitlist.joined', joined)).toEqual([{ start: at('08:30'), end: at('10:30') }]);
  });
});

describe('offerUntil', () => {
  it('gives thirty minutes, no longer than to the start, and a minute at least', () => {
    expect(offerUntil(at('08:00'), at('12:00'))).toEqual(at('08:30'));
    expect(offerUntil(at('08:00'), at('08:10'))).toEqual(at('08:10'));
    expect(offerUntil(at('08:00'), at('07:50'))).toEqual(at('08:01'));
  });
});
