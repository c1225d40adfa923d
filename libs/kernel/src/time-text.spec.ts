import * as fc from 'fast-check';
import {
  civilMilliseconds,
  dateOfEpochDay,
  epochDay,
  formatClockTime,
  formatDuration,
  formatInstant,
  isCivilDate,
  isCivilDateTime,
  parseClockTime,
  parseDuration,
  parseInstant,
} from './time-text';

describe('parseInstant', () => {
  it.each([
    ['2026-12-01T13:00:00Z', '2026-12-01T13:00:00.000Z'],
    ['2026-12-01t13:00:00z', '2026-12-01T13:00:00.000Z'],
    ['2026-12-01T13:00:00+01:00', '2026-12-01T12:00:00.000Z'],
    ['2026-12-01T00:30:00+05:45', '2026-11-30T18:45:00.000Z'],
    ['2026-12-31T20:00:00-09:30', '2027-01-01T05:30:00.000Z'],
    ['2026-12-01T13:00:00-00:00', '2026-12-01T13:00:00.000Z'],
    ['2026-12-01T13:00:00.5Z', '2026-12-01T13:00:00.500Z'],
    ['2026-12-01T13:00:00.123999999Z', '2026-12-01T13:00:00.123Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ])('reads %s', (text, utc) => {
    expect(parseInstant(text)?.toISOString()).toBe(utc);
  });

  it.each([
    '2026-12-01T13:00:00',
    '2026-12-01T13:00Z',
    '2026-12-01',
    '2026-12-01 13:00:00Z',
    '2026-12-01T24:00:00Z',
    '2026-12-01T13:60:00Z',
    '2026-12-01T13:00:61Z',
    '2026-12-01T13:00:00+24:00',
    '2026-12-01T13:00:00+01:60',
    '2026-12-01T13:00:00+0100',
    '2026-12-01T13:00:00.Z',
    '2026-13-01T13:00:00Z',
    '2026-02-29T13:00:00Z',
    '2026-06-31T13:00:00Z',
    '+012026-06-30T13:00:00Z',
    ' 2026-12-01T13:00:00Z',
    '2026-12-01T13:00:00Z\n',
    '٢٠٢٦-12-01T13:00:00Z',
    '',
  ])('refuses %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('reads back what formatInstant writes', () => {
    const instants = fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true });
    fc.assert(fc.property(instants, (it) => expect(parseInstant(formatInstant(it))).toEqual(it)));
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseInstant(text)));
  });
});

describe('formatInstant', () => {
  it('writes UTC with Z, and milliseconds only where there are some', () => {
    expect(formatInstant(new Date('2026-12-01T13:00:00+02:00'))).toBe('2026-12-01T11:00:00Z');
    expect(formatInstant(new Date('2026-12-01T13:00:00.250Z'))).toBe('2026-12-01T13:00:00.250Z');
  });
});

describe('civil dates and times', () => {
  it('know which dates the calendar has', () => {
    expect(['2024-02-29', '2000-02-29', '2027-12-31'].every(isCivilDate)).toBe(true);
    expect(['2023-02-29', '1900-02-29', '2027-04-31', '2027-00-10', '2027-1-1', '2027-01-01Z', ''].some(isCivilDate)).toBe(false);
  });

  it('count days as the calendar does, from the year 0 to 9999', () => {
    const digits = (value: number, width: number): string => String(value).padStart(width, '0');
    const year = fc.integer({ min: 0, max: 9999 });
    const leapish = fc.constantFrom(1900, 2000, 2023, 2024, 2100, 0, 4, 100, 400);
    fc.assert(
      fc.property(fc.oneof(year, leapish), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }), (y, month, day) => {
        const text = `${digits(y, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
        const parsed = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);

        expect(isCivilDate(text)).toBe(exists);
        expect(epochDay(text)).toBe(exists ? parsed.getTime() / 86_400_000 : undefined);
        if (exists) expect(dateOfEpochDay(epochDay(text) ?? NaN)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('are read with and without seconds, and never with an offset', () => {
    expect(civilMilliseconds('2027-03-28T02:30')).toBe(Date.UTC(2027, 2, 28, 2, 30));
    expect(civilMilliseconds('2027-03-28T02:30:15.25')).toBe(Date.UTC(2027, 2, 28, 2, 30, 15, 250));
    expect(
      ['2027-03-28T24:00', '2027-03-28T02:60', '2027-03-28T02:30:60', '2027-03-28T02:30Z', '2027-02-30T02:30'].some(isCivilDateTime),
    ).toBe(false);
  });

  it('count clock times in minutes, 24:00 included', () => {
    expect([parseClockTime('00:00'), parseClockTime('08:05'), parseClockTime('24:00')]).toEqual([0, 485, 1440]);
    expect(['24:01', '8:00', '08:60', '25:00', '08:00:00', ''].map(parseClockTime)).toEqual(Array(6).fill(undefined));
    expect([0, 485, 1440].map(formatClockTime)).toEqual(['00:00', '08:05', '24:00']);
  });
});

describe('durations', () => {
  it.each([
    ['PT0S', 0],
    ['PT45M', 45],
    ['PT1H30M', 90],
    ['PT90M', 90],
    ['P1D', 1440],
    ['P1DT12H', 2160],
    ['P2W', 20160],
    ['P90D', 129600],
    ['PT3600S', 60],
  ])('read %s as %i minutes', (text, minutes) => {
    expect(parseDuration(text)).toBe(minutes);
  });

  it.each(['P', 'PT', 'P1DT', 'P1M', 'P1Y', 'PT1.5H', '-PT15M', 'PT-15M', '+PT15M', 'PT90S', '15', 'pt15m', 'PT15M ', 'PT1M1H', 'P1H', ''])(
    'refuse %j',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  it.each([
    [0, 'PT0S'],
    [15, 'PT15M'],
    [90, 'PT1H30M'],
    [1440, 'P1D'],
    [1500, 'P1DT1H'],
    [129600, 'P90D'],
  ])('write %i minutes as %s', (minutes, text) => {
    expect(formatDuration(minutes)).toBe(text);
  });

  it('are read back as they were written', () => {
    fc.assert(fc.property(fc.nat({ max: 1_000_000_000 }), (minutes) => expect(parseDuration(formatDuration(minutes))).toBe(minutes)));
  });

  it('refuse to write part of a minute or less than nothing', () => {
    expect(() => formatDuration(0.5)).toThrow(RangeError);
    expect(() => formatDuration(-1)).toThrow(RangeError);
  });
});
