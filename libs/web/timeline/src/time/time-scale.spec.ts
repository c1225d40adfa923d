import { datesOf, fittingRate, stepDate, timeAt, timeScale, xOf, FOLD_WIDTH, type ScaleOptions } from './time-scale';
import { minuteOfDay, ticks } from './ticks';
import { at } from '../testing';

const HOUR = 3_600_000;
const berlin = { zone: 'Europe/Berlin', weekStart: 1, pxPerHour: 10 } as const;
const day = (date: string, more: Partial<ScaleOptions> = {}) => timeScale({ view: 'day', date, ...berlin, ...more });

describe('time scale', () => {
  it('shows the period the view is named after', () => {
    expect(datesOf('day', '2026-11-24', 1)).toEqual(['2026-11-24']);
    expect(datesOf('work-week', '2026-11-28', 1)).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27']);
    expect(datesOf('week', '2026-11-24', 7).at(0)).toBe('2026-11-22');
    expect(datesOf('month', '2026-02-11', 1)).toHaveLength(28);
  });

  it('steps by whole periods', () => {
    expect(stepDate('day', '2026-03-01', -1)).toBe('2026-02-28');
    expect(stepDate('work-week', '2026-11-24', 1)).toBe('2026-12-01');
    expect(stepDate('month', '2026-01-31', 1)).toBe('2026-02-01');
    expect(stepDate('month', '2026-03-31', -1)).toBe('2026-02-01');
  });

  it('draws a day of 23 hours narrower and one of 25 wider', () => {
    expect(day('2026-03-29').width).toBe(230);
    expect(day('2026-10-25').width).toBe(250);
    expect(day('2026-11-24').width).toBe(240);
  });

  it('puts wall-clock noon where it is on the day clocks change', () => {
    expect(xOf(day('2026-03-29'), Date.parse('2026-03-29T12:00:00+02:00'))).toBe(110);
    expect(xOf(day('2026-10-25'), Date.parse('2026-10-25T12:00:00+01:00'))).toBe(130);
  });

  it('finds the instant under each pixel again', () => {
    const week = timeScale({ view: 'week', date: '2026-03-25', ...berlin, hours: { from: 7, to: 20 } });

    for (let time = week.start; time < week.end; time += HOUR / 4) expect(timeAt(week, xOf(week, time))).toBeCloseTo(time, -2);
  });

  it('folds nights to a sliver that still keeps the order of time', () => {
    const scale = day('2026-11-24', { hours: { from: 7, to: 20 } });

    expect(scale.width).toBe(13 * 10 + 2 * FOLD_WIDTH);
    expect(xOf(scale, at('07:00'))).toBe(FOLD_WIDTH);
    expect(xOf(scale, at('03:30'))).toBe(FOLD_WIDTH / 2);
  });

  it('clamps what lies outside', () => {
    const scale = day('2026-11-24');

    expect(xOf(scale, scale.start - HOUR)).toBe(0);
    expect(xOf(scale, scale.end + HOUR)).toBe(scale.width);
    expect(timeAt(scale, -5)).toBe(scale.start);
    expect(timeAt(scale, scale.width + 5)).toBe(scale.end);
  });

  it('fits a period into a width', () => {
    const rate = fittingRate('week', '2026-11-24', 1, { from: 7, to: 20 }, 1000);

    expect(timeScale({ view: 'week', date: '2026-11-24', ...berlin, pxPerHour: rate, hours: { from: 7, to: 20 } }).width).toBeCloseTo(1000);
  });
});

describe('ticks', () => {
  it('label clock hours and skip the one that did not exist', () => {
    const scale = day('2026-03-29');
    const hours = ticks(scale, 0, scale.width, 60, 60).filter((it) => it.kind === 'hour');

    expect(hours).toHaveLength(22);
    expect(hours.map((it) => minuteOfDay(it.at, 'Europe/Berlin') / 60)).not.toContain(2);
  });

  it('stand on clock hours in a zone that moves by half an hour', () => {
    const scale = timeScale({ view: 'day', date: '2026-04-05', zone: 'Australia/Lord_Howe', weekStart: 1, pxPerHour: 10 });

    const shown = ticks(scale, 0, scale.width, 60, 60).map((it) =>
      new Intl.DateTimeFormat('en-GB', { timeZone: 'Australia/Lord_Howe', minute: '2-digit' }).format(it.at),
    );
    expect(new Set(shown)).toEqual(new Set(['0']));
  });

  it('leave folded nights alone', () => {
    const scale = day('2026-11-24', { hours: { from: 7, to: 20 } });

    expect(ticks(scale, 0, scale.width, 60, 120).filter((it) => it.kind !== 'day')).toHaveLength(14);
  });
});
