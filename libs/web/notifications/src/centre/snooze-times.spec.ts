import { snoozeTimes } from './snooze-times';

const berlin = 'Europe/Berlin';
const at = (local: string): number => Date.parse(`${local}+01:00`);
const written = (now: number) => snoozeTimes(now, berlin).map((it) => [it.name, new Date(it.at).toISOString()]);

describe('Later', () => {
  it('is in an hour, this evening, tomorrow and on Monday, on the clock of the reader', () => {
    expect(written(at('2026-11-24T10:00:00'))).toEqual([
      ['hour', '2026-11-24T10:00:00.000Z'],
      ['evening', '2026-11-24T17:00:00.000Z'],
      ['tomorrow', '2026-11-25T07:00:00.000Z'],
      ['monday', '2026-11-30T07:00:00.000Z'],
    ]);
  });

  it('is no evening that is there already, and no Monday that is tomorrow', () => {
    expect(written(at('2026-11-29T17:00:00')).map(([name]) => name)).toEqual(['hour', 'tomorrow']);
  });

  it('is eight o’clock also after the clocks have changed', () => {
    const [, , tomorrow] = snoozeTimes(Date.parse('2027-03-27T09:00:00Z'), berlin);

    expect(new Date(tomorrow!.at).toISOString()).toBe('2027-03-28T06:00:00.000Z');
  });
});
