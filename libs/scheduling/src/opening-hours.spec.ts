import { MINUTE, addMinutes, holdsInstant, merge, minutesBetween, toCivil, weekdayOf, type Interval } from '@berth/kernel';
import * as fc from 'fast-check';
import { isInsideOpenHours, minutesOf, openIntervals, openTimesOn, type OpenTime, type WeeklyHours } from './opening-hours';
import { LORD_HOWE, PARIS, daily, local, span } from './testing';

const officeHours = daily({ opens: '08:00', closes: '12:00' }, { opens: '13:00', closes: '18:00' });
const nights = daily({ opens: '22:00', closes: '06:00' });
const hoursOf = (open: readonly Interval[]): number => open.reduce((sum, it) => sum + minutesBetween(it.start, it.end), 0) / 60;

describe('openIntervals', () => {
  it('are always where no hours are defined', () => {
    const week = span('2027-03-22T00:00', '2027-03-29T00:00');

    expect(openIntervals(undefined, PARIS, week)).toEqual([week]);
    expect(openIntervals({ days: [] }, PARIS, week)).toEqual([week]);
  });

  it('are several in a day, cut to the window', () => {
    expect(openIntervals(officeHours, PARIS, span('2027-03-22T09:00', '2027-03-22T14:00'))).toEqual([
      span('2027-03-22T09:00', '2027-03-22T12:00'),
      span('2027-03-22T13:00', '2027-03-22T14:00'),
    ]);
  });

  it('leave out weekdays without a line', () => {
    const mondays: WeeklyHours = { days: [{ weekday: 1, intervals: [{ opens: '09:00', closes: '17:00' }] }] };

    expect(openIntervals(mondays, PARIS, span('2027-03-22T00:00', '2027-03-30T00:00'))).toEqual([
      span('2027-03-22T09:00', '2027-03-22T17:00'),
      span('2027-03-29T09:00', '2027-03-29T17:00'),
    ]);
  });

  it('run through the night, and belong to the evening they begin on', () => {
    const fridayNight: WeeklyHours = { days: [{ weekday: 5, intervals: [{ opens: '22:00', closes: '04:00' }] }] };

    expect(openIntervals(fridayNight, PARIS, span('2027-03-26T00:00', '2027-03-28T00:00'))).toEqual([
      span('2027-03-26T22:00', '2027-03-27T04:00'),
    ]);
    expect(openIntervals(fridayNight, PARIS, span('2027-03-27T01:00', '2027-03-27T02:00'))).toEqual([
      span('2027-03-27T01:00', '2027-03-27T02:00'),
    ]);
  });

  it('are one across midnight where a day closes at 24:00 and the next opens at 00:00', () => {
    const window = span('2027-03-22T00:00', '2027-03-25T00:00');

    expect(openIntervals(daily({ opens: '00:00', closes: '24:00' }), PARIS, window)).toEqual([window]);
    expect(openIntervals(daily({ opens: '08:00', closes: '08:00' }), PARIS, window)).toEqual([window]);
  });

  it('follow exceptions by date instead of the weekday', () => {
    const hours: WeeklyHours = {
      ...officeHours,
      exceptions: [
        { date: '2027-03-23', intervals: [] },
        { date: '2027-03-24', intervals: [{ opens: '10:00', closes: '11:00' }] },
      ],
    };

    expect(openIntervals(hours, PARIS, span('2027-03-23T00:00', '2027-03-25T00:00'))).toEqual([
      span('2027-03-24T10:00', '2027-03-24T11:00'),
    ]);
    expect(openTimesOn('2027-03-23', hours)).toEqual([]);
  });

  it('let a night run out on a closed date', () => {
    const hours: WeeklyHours = { ...nights, exceptions: [{ date: '2027-03-23', intervals: [] }] };

    expect(openIntervals(hours, PARIS, span('2027-03-22T12:00', '2027-03-24T12:00'))).toEqual([
      span('2027-03-22T22:00', '2027-03-23T06:00'),
    ]);
  });

  it('may be open always but on closed dates', () => {
    const hours: WeeklyHours = { days: [], exceptions: [{ date: '2027-12-25', intervals: [] }] };

    expect(openIntervals(hours, PARIS, span('2027-12-24T12:00', '2027-12-26T12:00'))).toEqual([
      span('2027-12-24T12:00', '2027-12-25T00:00'),
      span('2027-12-26T00:00', '2027-12-26T12:00'),
    ]);
  });
});

describe('open hours on days that clocks change', () => {
  it('keep the clock in Europe/Paris on 28 March 2027: 08:00 is an hour earlier in UTC, the night an hour shorter', () => {
    const [morning] = openIntervals(officeHours, PARIS, span('2027-03-28T00:00', '2027-03-28T12:00'));
    const night = openIntervals(nights, PARIS, span('2027-03-27T12:00', '2027-03-28T12:00'));

    expect(morning?.start).toEqual(new Date('2027-03-28T06:00:00Z'));
    expect(hoursOf(night)).toBe(7);
  });

  it('make the night of 31 October 2027 an hour longer', () => {
    expect(hoursOf(openIntervals(nights, PARIS, span('2027-10-30T12:00', '2027-10-31T12:00')))).toBe(9);
    expect(hoursOf(openIntervals(daily({ opens: '00:00', closes: '24:00' }), PARIS, span('2027-10-31T00:00', '2027-11-01T00:00')))).toBe(
      25,
    );
  });

  it('move an opening in the gap to the first instant after it, and are none where both ends lie in it', () => {
    const sunday = span('2027-03-28T00:00', '2027-03-28T12:00');

    expect(openIntervals(daily({ opens: '02:30', closes: '05:00' }), PARIS, sunday)).toEqual([
      { start: new Date('2027-03-28T01:00:00Z'), end: new Date('2027-03-28T03:00:00Z') },
    ]);
    expect(openIntervals(daily({ opens: '02:10', closes: '02:50' }), PARIS, sunday)).toEqual([]);
  });

  it('take the first of two passes of the clock', () => {
    const sunday = span('2027-10-31T00:00', '2027-10-31T12:00');

    expect(openIntervals(daily({ opens: '02:30', closes: '02:45' }), PARIS, sunday)).toEqual([
      { start: new Date('2027-10-31T00:30:00Z'), end: new Date('2027-10-31T00:45:00Z') },
    ]);
  });

  it('shift by half an hour on Lord Howe', () => {
    const all = daily({ opens: '00:00', closes: '24:00' });

    expect(hoursOf(openIntervals(all, LORD_HOWE, span('2027-04-04T00:00', '2027-04-05T00:00', LORD_HOWE)))).toBe(24.5);
    expect(hoursOf(openIntervals(all, LORD_HOWE, span('2027-10-03T00:00', '2027-10-04T00:00', LORD_HOWE)))).toBe(23.5);
  });
});

describe('minutesOf', () => {
  it('counts a night beyond 1440, and knows what is no time', () => {
    expect(minutesOf({ opens: '22:00', closes: '06:00' })).toEqual({ opens: 1320, closes: 1800 });
    expect(minutesOf({ opens: '08:00', closes: '24:00' })).toEqual({ opens: 480, closes: 1440 });
    expect(minutesOf({ opens: '24:00', closes: '06:00' })).toBeUndefined();
    expect(minutesOf({ opens: '8', closes: '09:00' })).toBeUndefined();
    expect(minutesOf({ opens: '08:00', closes: '9' })).toBeUndefined();
  });
});

describe('isInsideOpenHours', () => {
  it('asks for all of the time, in one piece', () => {
    expect(isInsideOpenHours(officeHours, PARIS, span('2027-03-22T08:00', '2027-03-22T12:00'))).toBe(true);
    expect(isInsideOpenHours(officeHours, PARIS, span('2027-03-22T11:00', '2027-03-22T14:00'))).toBe(false);
    expect(isInsideOpenHours(officeHours, PARIS, span('2027-03-22T07:45', '2027-03-22T09:00'))).toBe(false);
    expect(isInsideOpenHours(officeHours, PARIS, span('2027-03-22T19:00', '2027-03-22T20:00'))).toBe(false);
    expect(isInsideOpenHours(nights, PARIS, span('2027-03-22T23:00', '2027-03-23T05:00'))).toBe(true);
  });
});

describe('open hours, against a clock read minute by minute', () => {
  const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const time: fc.Arbitrary<OpenTime> = fc
    .tuple(fc.integer({ min: 0, max: 47 }), fc.integer({ min: 0, max: 48 }))
    .map(([opens, closes]) => ({ opens: clock(opens * 30), closes: clock(closes * 30) }));
  const someHours: fc.Arbitrary<WeeklyHours> = fc
    .array(fc.array(time, { maxLength: 2 }), { minLength: 7, maxLength: 7 })
    .map((days) => ({ days: days.map((intervals, index) => ({ weekday: (index + 1) as 1, intervals })) }));
  const START = new Date('2027-05-03T00:00:00Z');

  it('are open exactly when a clock on the wall says so', () => {
    fc.assert(
      fc.property(someHours, fc.nat({ max: 20_000 }), fc.integer({ min: 1, max: 3000 }), (hours, offset, length) => {
        const window = { start: addMinutes(START, offset), end: addMinutes(START, offset + length) };

        const open = openIntervals(hours, PARIS, window);

        expect(merge(open)).toEqual(open);
        for (let at = window.start; at < window.end; at = new Date(at.getTime() + 15 * MINUTE)) {
          expect(open.some((it) => holdsInstant(it, at))).toBe(isOpenByClock(hours, at));
        }
      }),
    );
  });

  function isOpenByClock(hours: WeeklyHours, at: Date): boolean {
    const { date, minuteOfDay } = toCivil(at, PARIS);
    const today = hours.days.find((it) => it.weekday === weekdayOf(date))?.intervals ?? [];
    const yesterday = hours.days.find((it) => it.weekday === ((weekdayOf(date) + 5) % 7) + 1)?.intervals ?? [];
    const runs = (times: readonly OpenTime[], minute: number): boolean =>
      times.some((it) => {
        const { opens = 0, closes = 0 } = minutesOf(it) ?? {};
        return opens <= minute && minute < closes;
      });
    return runs(today, minuteOfDay) || runs(yesterday, minuteOfDay + 1440);
  }

  it('give the same for a window as for its two parts', () => {
    const minutes = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(
        someHours,
        minutes,
        minutes,
        fc.constantFrom(local('2027-03-27T12:00'), local('2027-10-30T12:00')),
        (hours, a, b, start) => {
          const middle = addMinutes(start, a);
          const end = addMinutes(middle, b);

          const parts = [...openIntervals(hours, PARIS, { start, end: middle }), ...openIntervals(hours, PARIS, { start: middle, end })];

          expect(merge(parts)).toEqual(openIntervals(hours, PARIS, { start, end }));
        },
      ),
    );
  });
});
