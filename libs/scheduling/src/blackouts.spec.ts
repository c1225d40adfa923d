import { blackoutsWithin, type Blackout } from './blackouts';
import { parseRule } from './recurrence-rule';

const source = { level: 'resource' } as const;
const span = (start: string, end: string) => ({ start: new Date(start), end: new Date(end) });
const recurring = (rrule: string, local: string, minutes: number, timeZone = 'Europe/Paris'): Blackout => ({
  // First times are not looked at where there is a rule.
  ...span('2020-01-01T00:00:00Z', '2020-01-01T01:00:00Z'),
  ...{ source, reason: 'Cleaning' },
  recurrence: { start: local, timeZone, minutes, rule: parseRule(rrule).rule!, exdates: [], rdates: [] },
});
const within = (blackout: Blackout, start: string, end: string): string[] =>
  blackoutsWithin([blackout], span(start, end)).map((it) => `${it.start.toISOString().slice(0, 16)}–${it.end.toISOString().slice(0, 16)}`);

describe('blackoutsWithin', () => {
  it('gives one that is once where it touches the window', () => {
    const once = { ...span('2026-12-07T10:00:00Z', '2026-12-07T12:00:00Z'), source };

    expect(blackoutsWithin([once], span('2026-12-07T11:00:00Z', '2026-12-07T13:00:00Z'))).toEqual([once]);
    expect(blackoutsWithin([once], span('2026-12-07T12:00:00Z', '2026-12-07T13:00:00Z'))).toEqual([]);
  });

  it('keeps the clock when the clocks change', () => {
    const sundays = recurring('FREQ=WEEKLY', '2027-03-21T12:00:00', 60);

    expect(within(sundays, '2027-03-20T00:00:00Z', '2027-03-29T00:00:00Z')).toEqual([
      '2027-03-21T11:00–2027-03-21T12:00',
      '2027-03-28T10:00–2027-03-28T11:00',
    ]);
  });

  it('finds what began before the window, and in the year before', () => {
    const holidays = recurring('FREQ=YEARLY', '2025-12-20T00:00:00', 20 * 1440);

    expect(within(holidays, '2027-01-05T09:00:00Z', '2027-01-05T10:00:00Z')).toEqual(['2026-12-19T23:00–2027-01-08T23:00']);
    expect(within(holidays, '2027-01-09T09:00:00Z', '2027-01-09T10:00:00Z')).toEqual([]);
  });

  it('has no time before its first and after its last', () => {
    const twice = recurring('FREQ=DAILY;COUNT=2', '2026-12-31T10:00:00', 30, 'UTC');

    expect(within(twice, '2026-01-01T00:00:00Z', '2028-01-01T00:00:00Z')).toEqual([
      '2026-12-31T10:00–2026-12-31T10:30',
      '2027-01-01T10:00–2027-01-01T10:30',
    ]);
  });

  it('keeps reason and source with each time', () => {
    const [first] = blackoutsWithin(
      [recurring('FREQ=DAILY', '2026-12-07T10:00:00', 60)],
      span('2026-12-08T00:00:00Z', '2026-12-09T00:00:00Z'),
    );

    expect(first).toMatchObject({ reason: 'Cleaning', source });
  });
});
