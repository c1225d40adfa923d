import { ordinalOf, rruleOf, type RepeatRule } from './repeat-rule';

const weekly: RepeatRule = { unit: 'WEEKLY', every: 1, weekdays: [], monthly: 'date', ends: { kind: 'count', count: 8 } };

describe('rruleOf', () => {
  it.each([
    [weekly, 'FREQ=WEEKLY;BYDAY=TU;COUNT=8'],
    [{ ...weekly, every: 2, weekdays: [4, 1] } as RepeatRule, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,TH;COUNT=8'],
    [{ ...weekly, unit: 'DAILY', ends: { kind: 'until', date: '2026-12-15' } } as RepeatRule, 'FREQ=DAILY;UNTIL=20261215'],
    [{ ...weekly, unit: 'MONTHLY', monthly: 'weekday', ends: { kind: 'never' } } as RepeatRule, 'FREQ=MONTHLY;BYDAY=-1TU'],
    [{ ...weekly, unit: 'MONTHLY', ends: { kind: 'never' } } as RepeatRule, 'FREQ=MONTHLY'],
  ])('writes %j', (rule, rrule) => {
    expect(rruleOf(rule, '2026-11-24')).toBe(rrule);
  });

  it('counts weekdays in the month, the last from its end', () => {
    expect(['2026-11-03', '2026-11-17', '2026-11-24', '2026-12-22', '2026-12-29'].map(ordinalOf)).toEqual([1, 3, -1, 4, -1]);
  });
});
