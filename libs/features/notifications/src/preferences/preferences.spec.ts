import { notificationKinds } from '../notification';
import { afterQuiet, matrixFor, nextDigest, presets, usualPreferences } from './preferences';

const berlin = 'Europe/Berlin';
const at = (text: string): Date => new Date(text);

describe('Preferences of notifications', () => {
  it('mail what is about security whatever is chosen', () => {
    const nothing = { inApp: false, email: false, push: false };
    const none = Object.fromEntries(notificationKinds.map((it) => [it, nothing]));

    for (const preset of presets) expect(matrixFor(preset, none).security.email).toBe(true);
    expect(matrixFor('own', none)['booking-confirmed']).toEqual(nothing);
  });

  it('know every kind in every preset', () => {
    for (const preset of presets) expect(Object.keys(matrixFor(preset, null)).sort()).toEqual([...notificationKinds].sort());
    expect(usualPreferences.matrix['waitlist-offered']).toEqual({ inApp: true, email: true, push: true });
  });

  it.each([
    ['2026-12-07T20:59:00Z', '2026-12-07T20:59:00Z'],
    ['2026-12-07T21:00:00Z', '2026-12-08T06:00:00Z'],
    ['2026-12-08T02:00:00Z', '2026-12-08T06:00:00Z'],
    ['2026-12-08T06:00:00Z', '2026-12-08T06:00:00Z'],
  ])('let mail of %s out at %s where it is quiet from 22:00 to 07:00 in Berlin', (told, out) => {
    expect(afterQuiet(at(told), { from: '22:00', to: '07:00', timeZone: berlin })).toEqual(at(out));
  });

  it('let quiet hours within a day end on that day, also when clocks change', () => {
    expect(afterQuiet(at('2026-12-07T12:30:00Z'), { from: '13:00', to: '14:00', timeZone: berlin })).toEqual(at('2026-12-07T13:00:00Z'));
    // 02:30 is not there on 28 March 2027: they end at the first instant after the gap.
    expect(afterQuiet(at('2027-03-27T23:00:00Z'), { from: '23:30', to: '02:30', timeZone: berlin })).toEqual(at('2027-03-28T01:00:00Z'));
    expect(afterQuiet(at('2026-12-07T12:30:00Z'), null)).toEqual(at('2026-12-07T12:30:00Z'));
  });

  it('make the digest due at its time of the day, weekly on Mondays', () => {
    expect(nextDigest(at('2026-12-07T06:59:00Z'), 'daily', '08:00', berlin)).toEqual(at('2026-12-07T07:00:00Z'));
    expect(nextDigest(at('2026-12-07T07:00:00Z'), 'daily', '08:00', berlin)).toEqual(at('2026-12-08T07:00:00Z'));
    expect(nextDigest(at('2026-12-07T07:00:00Z'), 'weekly', '08:00', berlin)).toEqual(at('2026-12-14T07:00:00Z'));
    expect(nextDigest(at('2026-12-06T23:30:00Z'), 'weekly', '08:00', berlin)).toEqual(at('2026-12-07T07:00:00Z'));
  });
});
