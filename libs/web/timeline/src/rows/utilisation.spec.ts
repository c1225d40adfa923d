import { aBar, at, contentOf } from '../testing';
import { percentOf, utilisationOf } from './utilisation';

const day = { start: at('08:00'), end: at('18:00') };

describe('utilisation', () => {
  it('is what is booked of the open time of the period', () => {
    const content = contentOf({
      bars: [aBar('07:00', '10:00'), aBar('17:00', '20:00')],
      closed: [{ start: at('08:00'), end: at('09:00') }],
    });

    expect(percentOf([utilisationOf(content, 1, day)])).toBe(22);
  });

  it('counts units, and closed time that overlaps only once', () => {
    const content = contentOf({
      bars: [aBar('14:00', '18:00', { quantity: 2 })],
      closed: [{ start: at('08:00'), end: at('12:00') }],
      blackouts: [{ start: at('11:00'), end: at('14:00'), reason: null }],
    });

    expect(percentOf([utilisationOf(content, 4, day)])).toBe(50);
  });

  it('takes what somebody is only looking at for free', () => {
    const content = contentOf({ bars: [aBar('08:00', '18:00', { status: 'held' })] });

    expect(percentOf([utilisationOf(content, 1, day)])).toBe(0);
  });

  it('is told of many resources together, and of none where nothing is open', () => {
    const busy = contentOf({ bars: [aBar('08:00', '18:00')] });

    expect(percentOf([utilisationOf(busy, 1, day), utilisationOf(contentOf(), 1, day)])).toBe(50);
    expect(percentOf([utilisationOf(contentOf({ closed: [day] }), 1, day)])).toBeNull();
  });
});
