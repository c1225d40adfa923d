import { parseEnd, parseTime } from './time-entry';

const clock = (minute: number | undefined) =>
  minute === undefined ? undefined : `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

describe('a typed time', () => {
  it.each([
    ['14', '14:00'],
    ['9', '09:00'],
    ['1430', '14:30'],
    ['930', '09:30'],
    ['14:30', '14:30'],
    ['14.30', '14:30'],
    ['14h30', '14:30'],
    ['14h', '14:00'],
    ['14 Uhr', '14:00'],
    ['2pm', '14:00'],
    ['2 PM', '14:00'],
    ['2 p.m.', '14:00'],
    ['2:15p', '14:15'],
    ['230p', '14:30'],
    ['12am', '00:00'],
    ['12pm', '12:00'],
    ['0', '00:00'],
    ['24', '24:00'],
    ['2', '02:00'],
    [' 08:05 ', '08:05'],
  ])('is read from %s as %s', (text, expected) => {
    expect(clock(parseTime(text, 'h23'))).toBe(expected);
  });

  it.each([
    ['2', '14:00'],
    ['230', '14:30'],
    ['6', '18:00'],
    ['7', '07:00'],
    ['11', '11:00'],
    ['12', '12:00'],
    ['2am', '02:00'],
    ['2:00 AM', '02:00'],
  ])('on a 12-hour clock is read from %s as %s', (text, expected) => {
    expect(clock(parseTime(text, 'h12'))).toBe(expected);
  });

  it.each(['', 'noonish', '25', '24:15', '14:60', '13am', '0pm', '14:3', '1 2 3 4 5', '-3'])('is not read from %j', (text) => {
    expect(parseTime(text, 'h23')).toBeUndefined();
  });
});

describe('a typed end', () => {
  const at14 = 14 * 60;

  it('is the next time the clock shows it', () => {
    expect(parseEnd('15:30', at14, 'h23')).toEqual({ atMinute: 15 * 60 + 30 });
    expect(parseEnd('9', at14, 'h23')).toEqual({ atMinute: 33 * 60 });
    expect(parseEnd('14:00', at14, 'h23')).toEqual({ atMinute: 38 * 60 });
    expect(parseEnd('24', at14, 'h23')).toEqual({ atMinute: 24 * 60 });
  });

  it('takes the half of the day that fits the start on a 12-hour clock', () => {
    expect(parseEnd('3', at14, 'h12')).toEqual({ atMinute: 15 * 60 });
    expect(parseEnd('11', 9 * 60, 'h12')).toEqual({ atMinute: 11 * 60 });
    expect(parseEnd('1', 22 * 60, 'h12')).toEqual({ atMinute: 25 * 60 });
    expect(parseEnd('3am', at14, 'h12')).toEqual({ atMinute: 27 * 60 });
  });

  it.each([
    ['+90', 90],
    ['90 min', 90],
    ['45m', 45],
    ['+2', 120],
    ['+1:30', 90],
    ['1.5h', 90],
    ['0,5 h', 30],
    ['+3h', 180],
  ])('may be a length: %s is %i minutes', (text, expected) => {
    expect(parseEnd(text, at14, 'h23')).toEqual({ lastingMinutes: expected });
  });

  it('is read from what the field wrote itself', () => {
    expect(parseEnd('15:00 · 1 h', at14, 'h23')).toEqual({ atMinute: 15 * 60 });
  });

  it.each(['', '+0', '0 min', 'later'])('is not read from %j', (text) => {
    expect(parseEnd(text, at14, 'h23')).toBeUndefined();
  });
});
