import * as fc from 'fast-check';
import { formatHours, parseHours } from './hours-document';

const nine = { opens: '09:00', closes: '17:00' };
const errorsOf = (json: unknown, pointer?: string) => parseHours(json, pointer).errors.map((it) => `${it.pointer} ${it.code}`);

describe('parseHours', () => {
  it('reads weekdays, nights, 24:00 and exceptions', () => {
    const document = {
      days: [
        {
          weekday: 1,
          intervals: [
            { opens: '08:00', closes: '12:00' },
            { opens: '13:00', closes: '24:00' },
          ],
        },
        { weekday: 5, intervals: [{ opens: '22:00', closes: '04:00' }] },
        { weekday: 7, intervals: [] },
      ],
      exceptions: [
        { date: '2027-12-25', closed: true, reason: 'Christmas' },
        { date: '2027-12-24', intervals: [nine] },
      ],
    };

    const { hours, errors } = parseHours(document);

    expect(errors).toEqual([]);
    expect(hours?.exceptions?.[0]).toEqual({ date: '2027-12-25', intervals: [], reason: 'Christmas' });
    expect(formatHours(hours ?? { days: [] })).toEqual(document);
  });

  it('reads empty hours, which are always open', () => {
    expect(parseHours({ days: [] })).toEqual({ hours: { days: [] }, errors: [] });
  });

  it('refuses times that are none, and says where', () => {
    expect(
      errorsOf({
        days: [
          { weekday: 0, intervals: [nine] },
          {
            weekday: 1,
            intervals: [
              { opens: '24:00', closes: '25:00' },
              { opens: '9:00', closes: '17:00' },
            ],
          },
          { weekday: 2, intervals: [{ opens: '09:00', closes: '24:01' }, { opens: '09:00' }, 'always'] },
          { weekday: '3', intervals: [nine] },
          { weekday: 4 },
          5,
        ],
      }),
    ).toEqual([
      '/days/0/weekday out-of-range',
      '/days/1/intervals/0/opens not-a-time',
      '/days/1/intervals/1/opens not-a-time',
      '/days/2/intervals/0/closes not-a-time',
      '/days/2/intervals/1/closes not-a-time',
      '/days/2/intervals/2 wrong-type',
      '/days/3/weekday out-of-range',
      '/days/4/intervals wrong-type',
      '/days/5 wrong-type',
    ]);
  });

  it('refuses what is listed twice or overlaps', () => {
    expect(
      errorsOf({
        days: [
          { weekday: 1, intervals: [nine] },
          { weekday: 1, intervals: [] },
        ],
      }),
    ).toEqual(['/days/1 duplicate']);
    expect(
      errorsOf({
        days: [],
        exceptions: [
          { date: '2027-01-01', closed: true },
          { date: '2027-01-01', closed: true },
        ],
      }),
    ).toEqual(['/exceptions/1 duplicate']);
    expect(errorsOf({ days: [{ weekday: 1, intervals: [nine, { opens: '16:59', closes: '18:00' }] }] })).toEqual([
      '/days/0/intervals overlapping',
    ]);
    expect(errorsOf({ days: [{ weekday: 1, intervals: [nine, { opens: '17:00', closes: '18:00' }] }] })).toEqual([]);
    expect(
      errorsOf({
        days: [
          {
            weekday: 1,
            intervals: [
              { opens: '22:00', closes: '06:00' },
              { opens: '05:00', closes: '07:00' },
            ],
          },
        ],
      }),
    ).toEqual([]);
  });

  it('wants an exception either closed or with its own times', () => {
    expect(
      errorsOf({
        days: [],
        exceptions: [
          { date: '2027-01-01' },
          { date: '2027-01-02', closed: true, intervals: [nine] },
          { date: '2027-01-03', closed: false },
          { date: '2027-02-30', closed: true },
          { date: '2027-01-05', closed: 'yes', intervals: [nine] },
          { date: '2027-01-06', closed: true, reason: 5 },
        ],
      }),
    ).toEqual([
      '/exceptions/0 inconsistent',
      '/exceptions/1 inconsistent',
      '/exceptions/2 inconsistent',
      '/exceptions/3/date not-a-date',
      '/exceptions/4/closed wrong-type',
      '/exceptions/5/reason wrong-type',
    ]);
  });

  it('refuses unknown fields and too long lists', () => {
    expect(errorsOf({ days: [{ weekday: 1, intervals: [{ ...nine, note: '' }], open: true }], zone: 'UTC' }, '/hours')).toEqual([
      '/hours/zone unknown-field',
      '/hours/days/0/open unknown-field',
      '/hours/days/0/intervals/0/note unknown-field',
    ]);
    expect(errorsOf({ days: Array(8).fill({ weekday: 1, intervals: [] }) })).toEqual(['/days out-of-range']);
    expect(errorsOf({})).toEqual(['/days wrong-type']);
    expect(errorsOf(null)).toEqual([' wrong-type']);
  });

  it('never throws on any JSON', () => {
    const almost = fc.record({
      days: fc.array(fc.record({ weekday: fc.jsonValue(), intervals: fc.jsonValue() })),
      exceptions: fc.jsonValue(),
    });
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), almost), (json) => void parseHours(json)));
  });
});
