import { emptyQuery } from './find-query';
import { clockStart, movedBy, wishOf } from './wish';

const zone = 'Europe/Berlin';
const now = Date.parse('2026-11-24T10:53:00+01:00');
const at = { zone, now, step: 15 };
const iso = (instant: number): string => new Date(instant).toISOString();

describe('the time a search means', () => {
  it('is the slot that is running, where nothing was said', () => {
    const { span, window } = wishOf(emptyQuery, at);

    expect(iso(span.start)).toBe('2026-11-24T09:45:00.000Z');
    expect(iso(span.end)).toBe('2026-11-24T10:45:00.000Z');
    expect(window).toEqual(span);
  });

  it('is the morning of another day', () => {
    expect(iso(wishOf({ ...emptyQuery, date: '2026-11-26' }, at).span.start)).toBe('2026-11-26T08:00:00.000Z');
  });

  it('reaches two hours both ways, but not into what has passed', () => {
    const { window } = wishOf({ ...emptyQuery, start: 12 * 60, flex: 'around' }, at);

    expect(iso(window.start)).toBe('2026-11-24T09:45:00.000Z');
    expect(iso(window.end)).toBe('2026-11-24T14:00:00.000Z');
  });

  it('is what is left of the day, and at least as long as is wanted', () => {
    const { window } = wishOf({ ...emptyQuery, flex: 'day' }, at);
    const late = wishOf({ ...emptyQuery, flex: 'day', minutes: 180 }, { ...at, now: Date.parse('2026-11-24T23:00:00+01:00') });

    expect(iso(window.start)).toBe('2026-11-24T09:45:00.000Z');
    expect(iso(window.end)).toBe('2026-11-24T23:00:00.000Z');
    expect(late.window.end - late.window.start).toBe(180 * 60_000);
  });

  it('keeps to the clock of the zone on the day clocks change', () => {
    const { day, span } = wishOf({ ...emptyQuery, date: '2026-03-29', start: 9 * 60 }, at);

    expect(iso(span.start)).toBe('2026-03-29T07:00:00.000Z');
    expect((day.end - day.start) / 3_600_000).toBe(23);
  });

  it('moves over midnight into the next date', () => {
    const start = Date.parse('2026-11-24T23:45:00+01:00');

    expect(movedBy({ start, end: start }, 1, zone, 15)).toEqual({ date: '2026-11-25', start: 0 });
    expect(clockStart(start, 'UTC')).toEqual({ date: '2026-11-24', start: 22 * 60 + 45 });
  });
});
