import { furthest, occurrences, type Recurrence, splitAt } from './recurrence';
import { shifted } from './recurrence-change';
import { joinedAgain } from './recurrence-join';
import { parseRule } from './recurrence-rule';

function recurring(rrule: string, others: Partial<Recurrence> = {}): Recurrence {
  const { rule } = parseRule(rrule);
  return { start: '2026-12-07T09:00:00', timeZone: 'Europe/Paris', minutes: 60, rule: rule!, exdates: [], rdates: [], ...others };
}
const datesOf = (it: Recurrence): string[] => occurrences(it, furthest(it), 20).map((one) => one.local);

describe('A recurrence that was parted', () => {
  it.each([
    ['FREQ=WEEKLY;COUNT=6'],
    ['FREQ=WEEKLY;BYDAY=MO,WE;COUNT=9'],
    ['FREQ=DAILY;UNTIL=20261224T080000Z'],
    ['FREQ=WEEKLY;INTERVAL=2'],
    ['FREQ=MONTHLY;BYDAY=1MO;COUNT=8'],
  ])('is one again wherever it was parted: %s', (rrule) => {
    const whole = recurring(rrule, { exdates: ['2026-12-21T09:00:00'], rdates: ['2027-01-09T10:30:00'] });
    for (const at of occurrences(whole, furthest(whole), 6).slice(1)) {
      const parts = splitAt(whole, at.recurrenceId);
      if (parts) expect(datesOf(joinedAgain(parts.before, parts.from)!)).toEqual(datesOf(whole));
    }
  });

  it('stays two where the second is at another hour or lasts longer, and is one when that is taken back', () => {
    const whole = recurring('FREQ=WEEKLY;COUNT=6');
    const parts = splitAt(whole, occurrences(whole, furthest(whole), 3).at(-1)!.recurrenceId)!;
    const moved = shifted(parts.from, parts.from.start.replace('T09', 'T11'), 60)!;

    expect(joinedAgain(parts.before, moved)).toBeUndefined();
    expect(joinedAgain(parts.before, { ...parts.from, minutes: 90 })).toBeUndefined();
    expect(datesOf(joinedAgain(parts.before, shifted(moved, moved.start.replace('T11', 'T09'), 60)!)!)).toEqual(datesOf(whole));
  });
});
