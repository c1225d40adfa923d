import type { Occurrence } from './recurrence';
import { pairReckoned } from './reckoned-again';

const at = (text: string): Date => new Date(`2027-03-${text}:00Z`);
const stored = (text: string) => ({ recurrenceId: at(text) });
const reckoned = (text: string): Occurrence => ({
  ...{ recurrenceId: at(text), start: at(text), end: new Date(at(text).getTime() + 3_600_000) },
  ...{ local: '', resolution: 'exact' },
});
const pairs = (formers: string[], next: string[]): string[] =>
  pairReckoned(formers.map(stored), next.map(reckoned)).map(
    ({ former, occurrence }) => `${former.recurrenceId.toISOString().slice(8, 16)} → ${occurrence.start.toISOString().slice(8, 16)}`,
  );

describe('Dates of a series that are reckoned again', () => {
  it('stay what they are where the rules say the same', () => {
    expect(pairs(['01T09:00', '08T09:00'], ['01T09:00', '08T09:00'])).toEqual(['01T09:00 → 01T09:00', '08T09:00 → 08T09:00']);
  });

  it('become those some hours away, each another, across midnight too', () => {
    expect(pairs(['01T23:30', '02T23:30'], ['02T00:30', '03T00:30'])).toEqual(['01T23:30 → 02T00:30', '02T23:30 → 03T00:30']);
  });

  it('keep to those that stayed when only some move, and take no date of another week', () => {
    expect(pairs(['01T09:00', '08T09:00', '15T09:00'], ['01T09:00', '08T08:00', '22T09:00'])).toEqual([
      '01T09:00 → 01T09:00',
      '08T09:00 → 08T08:00',
    ]);
  });
});
