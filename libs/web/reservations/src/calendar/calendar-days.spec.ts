import { datesOf, spanOfDates, stepDate } from './calendar-days';

describe('the dates of a view', () => {
  it('are seven from the first day of the reader’s week', () => {
    expect(datesOf('week', '2026-11-25', 1)).toEqual([
      '2026-11-23',
      '2026-11-24',
      '2026-11-25',
      '2026-11-26',
      '2026-11-27',
      '2026-11-28',
      '2026-11-29',
    ]);
    expect(datesOf('week', '2026-11-25', 7)[0]).toBe('2026-11-22');
  });

  it.each([
    ['2026-11-15', 1, '2026-10-26', 42],
    ['2027-02-10', 1, '2027-02-01', 28],
    ['2026-12-31', 7, '2026-11-29', 35],
  ])('are whole weeks around the month of %s', (date, weekStart, first, count) => {
    const dates = datesOf('month', date, weekStart);

    expect([dates[0], dates.length]).toEqual([first, count]);
  });

  it('step by day, week and month, and back over the turn of the year', () => {
    expect(stepDate('day', '2026-12-31', 1)).toBe('2027-01-01');
    expect(stepDate('week', '2026-12-31', -1)).toBe('2026-12-24');
    expect(stepDate('month', '2027-01-31', -1)).toBe('2026-12-01');
    expect(stepDate('month', '2026-01-31', 1)).toBe('2026-02-01');
  });

  it('take an hour more where the clocks go back', () => {
    const { start, end } = spanOfDates(['2026-10-25'], 'Europe/Berlin');

    expect(end - start).toBe(25 * 3_600_000);
  });
});
