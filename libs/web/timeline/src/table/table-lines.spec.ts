import { linesOf } from './table-lines';
import { aBar, at, contentOf, minutes } from '../testing';

const day = { start: at('00:00'), end: at('00:00') + minutes(24 * 60) };
const closed = [
  { start: day.start, end: at('08:00') },
  { start: at('18:00'), end: day.end },
];

describe('table lines', () => {
  it('tell bars and the gaps between them in order', () => {
    const row = contentOf({ closed, bars: [aBar('09:00', '10:00'), aBar('10:00', '11:30')] });

    expect(linesOf(row, 1, [day], minutes(15)).map((it) => [it.kind, it.start, it.end])).toEqual([
      ['free', at('08:00'), at('09:00')],
      ['bar', at('09:00'), at('10:00')],
      ['bar', at('10:00'), at('11:30')],
      ['free', at('11:30'), at('18:00')],
    ]);
  });

  it('leave out gaps shorter than a slot, and count buffers as taken', () => {
    const row = contentOf({ closed, bars: [aBar('08:05', '17:30', { heldEnd: at('17:55') })] });

    expect(linesOf(row, 1, [day], minutes(15)).map((it) => it.kind)).toEqual(['bar']);
  });

  it('call a pool free while a unit is left', () => {
    const row = contentOf({ closed, bars: [aBar('09:00', '12:00'), aBar('10:00', '11:00')] });

    expect(
      linesOf(row, 2, [day], minutes(15))
        .filter((it) => it.kind === 'free')
        .map((it) => [it.start, it.end]),
    ).toEqual([
      [at('08:00'), at('10:00')],
      [at('11:00'), at('18:00')],
    ]);
  });

  it('say why time is blocked', () => {
    const row = contentOf({ closed, blackouts: [{ start: at('12:00'), end: at('13:00'), reason: 'Calibration' }] });

    expect(linesOf(row, 1, [day], minutes(15)).find((it) => it.kind === 'blackout')).toMatchObject({ reason: 'Calibration' });
  });
});
