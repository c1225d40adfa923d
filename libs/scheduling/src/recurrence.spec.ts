import * as fc from 'fast-check';
import { endOfLength, lengthOf, occurrences, reachesItsEnd, splitAt, type Recurrence } from './recurrence';
import { formatRule, parseRule } from './recurrence-rule';

const PARIS = 'Europe/Paris';

function recurring(rrule: string, start: string, others: Partial<Recurrence> = {}): Recurrence {
  const { rule, errors } = parseRule(rrule);
  if (!rule) throw new Error(JSON.stringify(errors));
  return { start, timeZone: PARIS, minutes: 60, rule, exdates: [], rdates: [], ...others };
}

const far = new Date('2045-01-01T00:00:00Z');
const startsOf = (it: Recurrence, most = 10): string[] =>
  occurrences(it, far, most).map((at) => at.start.toISOString().replace(':00.000Z', 'Z'));
const datesOf = (it: Recurrence, most = 10): string[] => occurrences(it, far, most).map((at) => at.local.slice(0, 10));
const errorsOf = (rrule: string): string[] => parseRule(rrule).errors.map((it) => it.code);

describe('A recurrence', () => {
  it('stays at nine in Paris when the clocks change', () => {
    const weekly = recurring('FREQ=WEEKLY;COUNT=3', '2026-10-19T09:00:00');

    expect(startsOf(weekly)).toEqual(['2026-10-19T07:00Z', '2026-10-26T08:00Z', '2026-11-02T08:00Z']);
  });

  it('starts at the first instant after a gap, and says so', () => {
    const nightly = recurring('FREQ=DAILY;COUNT=3', '2027-03-27T02:30:00');

    expect(occurrences(nightly, far, 10).map((it) => [it.local, it.start.toISOString(), it.resolution])).toEqual([
      ['2027-03-27T02:30:00', '2027-03-27T01:30:00.000Z', 'exact'],
      ['2027-03-28T02:30:00', '2027-03-28T01:00:00.000Z', 'gap'],
      ['2027-03-29T02:30:00', '2027-03-29T00:30:00.000Z', 'exact'],
    ]);
  });

  it('takes the first of two times in an overlap, and says so', () => {
    const nightly = recurring('FREQ=DAILY;COUNT=2', '2026-10-25T02:30:00');

    expect(occurrences(nightly, far, 10).map((it) => [it.start.toISOString(), it.resolution])).toEqual([
      ['2026-10-25T00:30:00.000Z', 'overlap'],
      ['2026-10-26T01:30:00.000Z', 'exact'],
    ]);
  });

  it('comes on 29 February in leap years only', () => {
    expect(datesOf(recurring('FREQ=YEARLY', '2024-02-29T09:00:00'), 3)).toEqual(['2024-02-29', '2028-02-29', '2032-02-29']);
  });

  it('never comes on 30 February, and says so at once', () => {
    expect(datesOf(recurring('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', '2026-01-01T09:00:00'))).toEqual([]);
  });

  it('leaves out months without a 31st', () => {
    expect(datesOf(recurring('FREQ=MONTHLY;COUNT=4', '2026-01-31T09:00:00'))).toEqual([
      '2026-01-31',
      '2026-03-31',
      '2026-05-31',
      '2026-07-31',
    ]);
  });

  it.each([
    ['the last working day', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3', ['2026-12-31', '2027-01-29', '2027-02-26']],
    ['the second Tuesday', 'FREQ=MONTHLY;BYDAY=2TU;COUNT=3', ['2026-12-08', '2027-01-12', '2027-02-09']],
    ['the last Friday', 'FREQ=MONTHLY;BYDAY=-1FR;COUNT=2', ['2026-12-25', '2027-01-29']],
    ['the last day', 'FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3', ['2026-12-31', '2027-01-31', '2027-02-28']],
    ['Friday the 13th', 'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2', ['2027-08-13', '2028-10-13']],
    ['every second week', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO;COUNT=4', ['2026-12-01', '2026-12-06', '2026-12-15', '2026-12-20']],
    ['weeks from Sunday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=4', ['2026-12-01', '2026-12-13', '2026-12-15', '2026-12-27']],
  ])('knows %s', (_name, rrule, dates) => {
    expect(datesOf(recurring(rrule, '2026-12-01T09:00:00'))).toEqual(dates);
  });

  it('leaves exceptions out, counts them, and adds further dates in order', () => {
    const series = recurring('FREQ=WEEKLY;COUNT=3', '2026-12-01T09:00:00', {
      exdates: ['2026-12-08T09:00:00'],
      rdates: ['2026-12-17T15:00:00', '2026-12-10T09:00:00', '2026-12-15T09:00:00'],
    });

    expect(occurrences(series, far, 10).map((it) => it.local)).toEqual([
      '2026-12-01T09:00:00',
      '2026-12-10T09:00:00',
      '2026-12-15T09:00:00',
      '2026-12-17T15:00:00',
    ]);
  });

  it('ends with the instant, the local time or the day of UNTIL, inclusive', () => {
    const until = (text: string): string[] => datesOf(recurring(`FREQ=DAILY;UNTIL=${text}`, '2026-12-01T09:00:00'));

    expect(until('20261203T080000Z')).toEqual(['2026-12-01', '2026-12-02', '2026-12-03']);
    expect(until('20261203T075959Z')).toEqual(['2026-12-01', '2026-12-02']);
    expect(until('20261203T090000')).toEqual(['2026-12-01', '2026-12-02', '2026-12-03']);
    expect(until('20261202')).toEqual(['2026-12-01', '2026-12-02']);
  });

  it('lasts days by the calendar and hours by the time that passes', () => {
    const start = new Date('2027-03-27T17:00:00Z');
    const end = new Date('2027-03-29T06:00:00Z');

    expect(lengthOf({ start, end }, PARIS)).toBe(1440 + 14 * 60);
    expect(endOfLength(start, 1440 + 14 * 60, PARIS)).toEqual(end);
  });

  it('is the same in two windows as in one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('FREQ=DAILY;COUNT=40', 'FREQ=WEEKLY;BYDAY=MO,TH', 'FREQ=MONTHLY;BYDAY=-1FR', 'FREQ=DAILY;INTERVAL=3'),
        fc.integer({ min: 0, max: 400 }),
        (rrule, days) => {
          const it = recurring(rrule, '2026-10-01T09:00:00');
          const [middle, end] = [new Date(Date.UTC(2026, 9, 1 + days)), new Date('2028-01-01T00:00:00Z')];
          const parts = [...occurrences(it, middle, Infinity), ...occurrences(it, end, Infinity, middle)];
          expect(parts).toEqual(occurrences(it, end, Infinity));
        },
      ),
    );
  });

  it('parted at an occurrence gives the same occurrences', () => {
    const it = recurring('FREQ=WEEKLY;BYDAY=MO,TH;COUNT=9', '2026-12-03T09:00:00', {
      exdates: ['2026-12-10T09:00:00', '2026-12-21T09:00:00'],
      rdates: ['2026-12-12T10:00:00'],
    });
    const all = occurrences(it, far, 20);
    for (const at of all.slice(1).filter((one) => !one.local.endsWith('10:00:00'))) {
      const parts = splitAt(it, at.recurrenceId);
      expect([...occurrences(parts!.before, far, 20), ...occurrences(parts!.from, far, 20)].map((one) => one.local)).toEqual(
        all.map((one) => one.local),
      );
    }
  });

  it('counts only as far as anybody may book', () => {
    expect(reachesItsEnd(recurring('FREQ=WEEKLY;COUNT=366', '2026-12-01T09:00:00'))).toBe(true);
    expect(reachesItsEnd(recurring('FREQ=YEARLY;COUNT=100', '2026-12-01T09:00:00'))).toBe(false);
    expect(reachesItsEnd(recurring('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1', '2026-12-01T09:00:00'))).toBe(false);
  });
});

describe('parseRule', () => {
  it.each([
    ['', ['wrong-type', 'missing-field']],
    ['FREQ=SECONDLY;COUNT=5', ['not-allowed']],
    ['FREQ=MINUTELY', ['not-allowed']],
    ['FREQ=HOURLY', ['not-allowed']],
    ['FREQ=DAILY;COUNT=367', ['out-of-range']],
    ['FREQ=DAILY;COUNT=1000000000', ['out-of-range']],
    ['FREQ=DAILY;COUNT=0', ['out-of-range']],
    ['FREQ=DAILY;INTERVAL=0', ['out-of-range']],
    ['FREQ=DAILY;COUNT=2;UNTIL=20261201', ['inconsistent']],
    ['FREQ=DAILY;COUNT=2;COUNT=3', ['duplicate']],
    ['FREQ=DAILY;BYHOUR=9', ['not-allowed']],
    ['FREQ=DAILY;BYDAY=XX', ['not-allowed']],
    ['FREQ=WEEKLY;BYDAY=2MO', ['inconsistent']],
    ['FREQ=WEEKLY;BYMONTHDAY=3', ['inconsistent']],
    ['FREQ=MONTHLY;BYDAY=6MO', ['out-of-range']],
    ['FREQ=MONTHLY;BYMONTHDAY=32', ['out-of-range']],
    ['FREQ=MONTHLY;BYSETPOS=1', ['inconsistent']],
    ['FREQ=DAILY;UNTIL=tomorrow', ['not-a-date']],
    ['FREQ=DAILY;UNTIL=20260230', ['not-a-date']],
    ['FREQ=SOON;COUNT=x;WKST=XX', ['not-allowed', 'out-of-range', 'not-allowed']],
    [`FREQ=DAILY;BYMONTHDAY=${'1,'.repeat(600)}1`, ['out-of-range']],
  ])('refuses %s', (rrule, codes) => {
    expect(errorsOf(rrule).sort()).toEqual(codes.sort());
  });

  it.each([
    'FREQ=WEEKLY;UNTIL=20261201T090000Z;INTERVAL=2;BYDAY=MO,WE;WKST=SU',
    'FREQ=MONTHLY;COUNT=4;BYMONTHDAY=-1,15',
    'FREQ=YEARLY;UNTIL=20271201;BYMONTH=3,10;BYDAY=-1SU,2TU;BYSETPOS=1',
  ])('reads %s, and writes a rule that is read the same', (rrule) => {
    const { rule } = parseRule(rrule);

    expect(parseRule(`RRULE:${formatRule(rule!)}`)).toEqual({ rule, errors: [] });
  });

  it('survives any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseRule(text)));
  });
});
