import { HOUR, MINUTE } from '../span';
import { endSlots, startSlots, type Ground } from './slots';

const zone = 'Europe/Berlin';
const at = (clock: string, day = 24): number => Date.parse(`2026-11-${day}T${clock}:00+01:00`);
const span = (from: string, to: string) => ({ start: at(from), end: at(to) });
const clock = (instant: number): string => new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' }).format(instant);

function ground(given: Partial<Ground> = {}): Ground {
  return {
    zone,
    step: 30,
    shortest: 30 * MINUTE,
    longest: 4 * HOUR,
    bufferBefore: 0,
    bufferAfter: 0,
    taken: [],
    shut: [span('00:00', '08:00'), { start: at('18:00'), end: at('00:00', 25) }],
    earliest: at('00:00'),
    ...given,
  };
}

describe('the starts a day offers', () => {
  it('are the open ones, each free for the whole length', () => {
    const slots = startSlots(ground(), '2026-11-24', HOUR);

    expect(clock(slots[0]!.at)).toBe('08:00');
    expect(clock(slots.at(-1)!.at)).toBe('17:30');
    expect(slots.slice(0, -1).every((it) => it.state === 'free')).toBe(true);
  });

  it('leave out what has passed', () => {
    expect(clock(startSlots(ground({ earliest: at('13:10') }), '2026-11-24', HOUR)[0]!.at)).toBe('13:30');
  });

  it('say until when they are taken, and how long a gap is', () => {
    const slots = startSlots(ground({ taken: [span('10:00', '11:00')] }), '2026-11-24', 2 * HOUR);
    const find = (text: string) => slots.find((it) => clock(it.at) === text);

    expect(find('10:30')).toMatchObject({ state: 'taken', until: at('11:00') });
    expect(find('09:30')).toMatchObject({ state: 'short', until: at('10:00') });
    expect(find('11:00')).toMatchObject({ state: 'free' });
    expect(find('17:00')).toMatchObject({ state: 'short', until: at('18:00') });
  });

  it('keep the distance their own buffers need', () => {
    const slots = startSlots(
      ground({ taken: [span('10:00', '11:00')], bufferBefore: 15 * MINUTE, bufferAfter: 15 * MINUTE }),
      '2026-11-24',
      HOUR,
    );
    const find = (text: string) => slots.find((it) => clock(it.at) === text);

    expect(find('09:00')).toMatchObject({ state: 'short', until: at('09:45') });
    expect(find('11:00')).toMatchObject({ state: 'taken', until: at('11:15') });
    expect(find('11:30')).toMatchObject({ state: 'free' });
  });

  it('do not exist in the hour clocks jump over', () => {
    const slots = startSlots(ground({ shut: [], earliest: 0 }), '2026-03-29', 30 * MINUTE);

    expect(slots.map((it) => clock(it.at)).slice(0, 6)).toEqual(['00:00', '00:30', '01:00', '01:30', '03:00', '03:30']);
  });
});

describe('the ends a start offers', () => {
  it('go from the shortest to the longest length', () => {
    const ends = endSlots(ground(), at('09:00'));

    expect(ends.map((it) => clock(it.at))).toEqual(['09:30', '10:00', '10:30', '11:00', '11:30', '12:00', '12:30', '13:00']);
    expect(ends[0]!.lasts).toBe(30 * MINUTE);
  });

  it('stop at the next claim and at closing time', () => {
    expect(clock(endSlots(ground({ taken: [span('10:30', '11:00')] }), at('09:00')).at(-1)!.at)).toBe('10:30');
    expect(clock(endSlots(ground(), at('16:00')).at(-1)!.at)).toBe('18:00');
  });

  it('are shown as taken where nothing is free, rather than not at all', () => {
    const ends = endSlots(ground({ taken: [span('08:30', '11:00')] }), at('09:00'));

    expect(ends.length).toBeGreaterThan(0);
    expect(ends.every((it) => it.state === 'taken')).toBe(true);
  });

  it('run past midnight where it is open', () => {
    const ends = endSlots(ground({ shut: [] }), at('22:30'));

    expect(ends.map((it) => clock(it.at))).toContain('00:30');
  });
});
