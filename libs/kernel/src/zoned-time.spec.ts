import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { minutesBetween, type Interval } from './interval';
import {
  addCivilDays,
  addDays,
  atMinute,
  dayIntervals,
  daysBetween,
  formatOffset,
  isTimeZone,
  minuteOfDay,
  offsetMinutes,
  startOfDay,
  toCivil,
  toInstant,
  weekdayOf,
} from './zoned-time';

const PARIS = 'Europe/Paris';
const LORD_HOWE = 'Australia/Lord_Howe';
const zones = Intl.supportedValuesOf('timeZone').filter((it) => isTimeZone(it));

const utc = (text: string): Date => new Date(`${text}Z`);
const hoursOf = ([day]: readonly Interval[]): number => (day ? minutesBetween(day.start, day.end) / 60 : 0);

describe('isTimeZone', () => {
  it('knows the names of the IANA database, links included, as they are spelled', () => {
    expect(['Europe/Paris', 'UTC', 'US/Eastern', 'Asia/Kolkata', 'Asia/Calcutta', 'Etc/GMT+5'].every(isTimeZone)).toBe(true);
    expect(['europe/paris', 'Paris', '+01:00', 'UTC+1', 'Mars/Base', '', ' UTC', 'Europe/Paris\n', '__proto__'].some(isTimeZone)).toBe(
      false,
    );
  });

  it('refuses to compute with anything else', () => {
    expect(() => toCivil(utc('2027-01-01T00:00'), 'Mars/Base')).toThrow(RangeError);
    expect(() => toCivil(utc('2027-01-01T00:00'), '+01:00x')).toThrow(RangeError);
    expect(() => toInstant('2027-01-01T00:00', 'europe/paris')).toThrow(RangeError);
  });
});

describe('Europe/Paris on 28 March 2027, when 02:00 becomes 03:00', () => {
  it('moves a time in the gap to the first instant after it and offers both neighbours', () => {
    expect(toInstant('2027-03-28T02:30', PARIS)).toEqual({
      instant: utc('2027-03-28T01:00'),
      resolution: 'gap',
      neighbours: [utc('2027-03-28T00:30'), utc('2027-03-28T01:30')],
    });
    expect(toCivil(utc('2027-03-28T00:30'), PARIS).time).toBe('01:30');
    expect(toCivil(utc('2027-03-28T01:30'), PARIS).time).toBe('03:30');
  });

  it('counts the first minute of the gap into it, and its end not', () => {
    expect(toInstant('2027-03-28T01:59', PARIS).resolution).toBe('exact');
    expect(toInstant('2027-03-28T02:00', PARIS).resolution).toBe('gap');
    expect(toInstant('2027-03-28T03:00', PARIS)).toEqual({ instant: utc('2027-03-28T01:00'), resolution: 'exact' });
  });

  it('has 23 hours', () => {
    expect(hoursOf(dayIntervals('2027-03-28', PARIS))).toBe(23);
    expect(hoursOf(dayIntervals('2027-03-29', PARIS))).toBe(24);
  });
});

describe('Europe/Paris on 31 October 2027, when 03:00 becomes 02:00', () => {
  it('takes the first of two passes and offers both', () => {
    expect(toInstant('2027-10-31T02:30', PARIS)).toEqual({
      instant: utc('2027-10-31T00:30'),
      resolution: 'overlap',
      neighbours: [utc('2027-10-31T00:30'), utc('2027-10-31T01:30')],
    });
  });

  it('counts the hour before the change as the one that comes twice', () => {
    expect(toInstant('2027-10-31T02:00', PARIS).resolution).toBe('overlap');
    expect(toInstant('2027-10-31T02:59', PARIS).resolution).toBe('overlap');
    expect(toInstant('2027-10-31T03:00', PARIS)).toEqual({ instant: utc('2027-10-31T02:00'), resolution: 'exact' });
  });

  it('shows the same clock time at two instants', () => {
    expect(toCivil(utc('2027-10-31T00:30'), PARIS)).toEqual({ date: '2027-10-31', time: '02:30', weekday: 7, minuteOfDay: 150 });
    expect(toCivil(utc('2027-10-31T01:30'), PARIS)).toEqual({ date: '2027-10-31', time: '02:30', weekday: 7, minuteOfDay: 150 });
  });

  it('has 25 hours', () => {
    expect(hoursOf(dayIntervals('2027-10-31', PARIS))).toBe(25);
  });
});

describe('other clocks', () => {
  it('shift by half an hour on Lord Howe', () => {
    expect(toInstant('2027-04-04T01:30', LORD_HOWE)).toEqual({
      instant: utc('2027-04-03T14:30'),
      resolution: 'overlap',
      neighbours: [utc('2027-04-03T14:30'), utc('2027-04-03T15:00')],
    });
    expect(toInstant('2027-10-03T02:15', LORD_HOWE)).toEqual({
      instant: utc('2027-10-02T15:30'),
      resolution: 'gap',
      neighbours: [utc('2027-10-02T15:15'), utc('2027-10-02T15:45')],
    });
    expect(hoursOf(dayIntervals('2027-04-04', LORD_HOWE))).toBe(24.5);
    expect(hoursOf(dayIntervals('2027-10-03', LORD_HOWE))).toBe(23.5);
  });

  it('left out 30 December 2011 in Apia', () => {
    expect(dayIntervals('2011-12-30', 'Pacific/Apia')).toEqual([]);
    expect(startOfDay('2011-12-30', 'Pacific/Apia')).toEqual(utc('2011-12-30T10:00'));
    expect(hoursOf(dayIntervals('2011-12-29', 'Pacific/Apia'))).toBe(24);
    expect(toInstant('2011-12-30T12:00', 'Pacific/Apia').resolution).toBe('gap');
  });

  it('begin the day at 01:00 where they jump at midnight', () => {
    expect(toCivil(startOfDay('2027-04-30', 'Africa/Cairo'), 'Africa/Cairo').time).toBe('01:00');
    expect(hoursOf(dayIntervals('2027-04-30', 'Africa/Cairo'))).toBe(23);
  });

  it('end the day an hour early where they jump to midnight', () => {
    expect(hoursOf(dayIntervals('2027-03-27', 'America/Nuuk'))).toBe(23);
    expect(toInstant('2027-03-27T23:30', 'America/Nuuk').instant).toEqual(startOfDay('2027-03-28', 'America/Nuuk'));
  });

  it('are written as people read them', () => {
    const winter = utc('2027-01-01T00:00');

    expect(
      [PARIS, 'UTC', 'Asia/Kolkata', 'America/St_Johns', LORD_HOWE, 'Pacific/Pago_Pago'].map((it) => formatOffset(winter, it)),
    ).toEqual(['UTC+1', 'UTC', 'UTC+5:30', 'UTC−3:30', 'UTC+11', 'UTC−11']);
    expect(formatOffset(utc('2027-07-01T00:00'), PARIS)).toBe('UTC+2');
  });
});

describe('clock times counted from the date', () => {
  it('go on into the days after', () => {
    expect(atMinute('2027-03-22', 90, PARIS)).toEqual(toInstant('2027-03-22T01:30', PARIS));
    expect(atMinute('2027-03-22', 1440 + 90, PARIS)).toEqual(toInstant('2027-03-23T01:30', PARIS));
    expect(atMinute('2027-03-27', 1440 + 150, PARIS).resolution).toBe('gap');
  });

  it('stay the same over days that are longer or shorter, to the millisecond', () => {
    const evening = new Date('2027-03-27T21:00:00.250Z');

    expect(minutesBetween(evening, addCivilDays(evening, 1, PARIS))).toBe(23 * 60);
    expect(addCivilDays(evening, -1, PARIS)).toEqual(new Date('2027-03-26T21:00:00.250Z'));
    expect(minutesBetween(utc('2027-10-30T12:00'), addCivilDays(utc('2027-10-30T12:00'), 1, PARIS))).toBe(25 * 60);
    expect(addCivilDays(utc('2027-03-27T01:30'), 1, PARIS)).toEqual(utc('2027-03-28T01:00'));
  });
});

describe('civil dates', () => {
  it('go on across months, leap days and years', () => {
    expect(addDays('2027-12-31', 1)).toBe('2028-01-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2027-03-01', -1)).toBe('2027-02-28');
    expect(daysBetween('2027-03-27', '2027-03-29')).toBe(2);
  });

  it('have weekdays from Monday 1 to Sunday 7', () => {
    expect(['2027-03-22', '2027-03-28', '1969-12-31', '1970-01-01'].map(weekdayOf)).toEqual([1, 7, 3, 4]);
  });

  it('refuse what is no date', () => {
    expect(() => addDays('2027-02-30', 1)).toThrow(RangeError);
    expect(() => startOfDay('tomorrow', PARIS)).toThrow(RangeError);
  });
});

describe('every IANA zone, against Temporal', () => {
  const start = Date.UTC(2000, 0, 1) / 60_000;
  const end = Date.UTC(2100, 0, 1) / 60_000;
  const anInstant = fc.integer({ min: start, max: end }).map((it) => new Date(it * 60_000));
  const aZone = fc.constantFrom(...zones);

  it('shows the same clock', () => {
    fc.assert(
      fc.property(anInstant, aZone, (instant, zone) => {
        const expected = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);

        expect(toCivil(instant, zone)).toEqual({
          date: expected.toPlainDate().toString(),
          time: expected.toPlainTime().toString({ smallestUnit: 'minute' }),
          weekday: expected.dayOfWeek,
          minuteOfDay: expected.hour * 60 + expected.minute,
        });
        expect(minuteOfDay(instant, zone)).toBe(expected.hour * 60 + expected.minute);
        expect(offsetMinutes(instant, zone)).toBe(expected.offsetNanoseconds / 60e9);
      }),
      { numRuns: 300 },
    );
  });

  it('means the same instant, at random and around every change of 2027', () => {
    const changes = zones.flatMap((zone) => changesOf2027(zone).map((at) => ({ zone, at })));
    const nearChange = fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -180, max: 180 }))
      .map(([{ zone, at }, minutes]) => ({ zone, civil: civilOf(new Date(at + minutes * 60_000), zone) }));
    const anywhere = fc.tuple(anInstant, aZone).map(([instant, zone]) => ({ zone, civil: civilOf(instant, zone) }));
    const shifted = fc
      .tuple(fc.oneof(nearChange, anywhere), fc.integer({ min: -90, max: 90 }))
      .map(([{ zone, civil }, minutes]) => ({ zone, civil: civil.add({ minutes }) }));

    fc.assert(
      fc.property(shifted, ({ zone, civil }) => {
        const earlier = civil.toZonedDateTime(zone, { disambiguation: 'earlier' });
        const later = civil.toZonedDateTime(zone, { disambiguation: 'later' });
        const inGap = !earlier.toPlainDateTime().equals(civil);

        const found = toInstant(civil.toString({ smallestUnit: 'minute' }), zone);

        expect(found.resolution).toBe(inGap ? 'gap' : earlier.equals(later) ? 'exact' : 'overlap');
        const expected = inGap ? earlier.getTimeZoneTransition('next') : earlier;
        expect(found.instant.getTime()).toBe(expected?.epochMilliseconds);
        if (found.neighbours) {
          expect(found.neighbours.map((it) => it.getTime())).toEqual([earlier.epochMilliseconds, later.epochMilliseconds]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('has days that follow each other without gap or overlap', () => {
    fc.assert(
      fc.property(anInstant, aZone, (instant, zone) => {
        const { date } = toCivil(instant, zone);
        const [today] = dayIntervals(date, zone);

        expect(today?.end).toEqual(startOfDay(addDays(date, 1), zone));
        expect((today?.start.getTime() ?? NaN) <= instant.getTime() && instant.getTime() < (today?.end.getTime() ?? NaN)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  function civilOf(instant: Date, zone: string): Temporal.PlainDateTime {
    return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDateTime();
  }

  function changesOf2027(zone: string): number[] {
    const newYear = Temporal.PlainDateTime.from('2027-01-01T00:00').toZonedDateTime(zone);
    const changes: number[] = [];
    for (let it = newYear.getTimeZoneTransition('next'); it && it.year === 2027; it = it.getTimeZoneTransition('next')) {
      changes.push(it.epochMilliseconds);
    }
    return changes;
  }
});
