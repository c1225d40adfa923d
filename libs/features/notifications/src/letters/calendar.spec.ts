import { endOfLength, occurrences, parseRule, type Recurrence } from '@berth/scheduling';
import fc from 'fast-check';
import type { CalendarDate } from '../telling/draft';
import { datesIn } from '../testing';
import { calendarOf } from './calendar';

const parties = {
  organization: 'Acme',
  sender: 'berth@acme.example',
  to: { name: 'Ada', email: 'ada@acme.example' },
  link: 'https://berth.example/me/bookings',
};
const now = new Date('2026-12-01T08:00:00Z');
const recurring = (text: string, start: string, timeZone = 'Europe/Paris', minutes = 60): Recurrence => ({
  ...{ start, timeZone, minutes, exdates: [], rdates: [] },
  rule: parseRule(text).rule!,
});
const named = (start: Date, { minutes, timeZone }: Recurrence): CalendarDate => ({
  ...{ recurrenceId: start, start, end: endOfLength(start, minutes, timeZone), title: 'Sync', place: 'Turing' },
});
const datesOf = (recurrence: Recurrence, most = 40): CalendarDate[] =>
  occurrences(recurrence, new Date('2029-12-31T00:00:00Z'), most).map((it) => named(it.start, recurrence));
const invite = (recurrence: Recurrence, dates: readonly CalendarDate[], openUntil: Date | null = null): string => {
  const series = { recurrence, openUntil, title: 'Sync', place: 'Turing', dates: dates as [CalendarDate, ...CalendarDate[]] };
  return calendarOf({ method: 'REQUEST', uid: 'series', sequence: 7, date: dates[0]!, series }, parties, now);
};
const spans = (dates: readonly CalendarDate[]): string[] => dates.map((it) => `${it.start.toISOString()}/${it.end.toISOString()}`).sort();

describe('A series in a calendar', () => {
  it('is read as the dates that stand, whichever of them were left out or moved', () => {
    const rules = ['FREQ=DAILY;COUNT=20', 'FREQ=WEEKLY;BYDAY=MO,WE;COUNT=30', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;COUNT=20'];
    const rarer = [
      'FREQ=MONTHLY;BYDAY=-1FR;COUNT=12',
      'FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=12',
      'FREQ=DAILY;INTERVAL=3;UNTIL=20270331T120000Z',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...rules, ...rarer),
        fc.constantFrom('Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'),
        fc.array(fc.constantFrom('stays', 'stays', 'stays', 'gone', 'moved'), { minLength: 40, maxLength: 40 }),
        (rule, zone, fates) => {
          const recurrence = recurring(rule, '2027-02-24T09:30:00', zone);
          const dates = datesOf(recurrence).flatMap((it, i) => {
            if (fates[i] === 'gone') return [];
            const start = new Date(it.start.getTime() + 5 * 3_600_000);
            return fates[i] === 'moved' ? [{ ...it, start, end: new Date(start.getTime() + 1_800_000), place: 'Curie' }] : [it];
          });
          fc.pre(dates.length > 0);
          expect(datesIn(invite(recurrence, dates)).dates).toEqual(spans(dates));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps the reading of its clock through a change of the clocks, and brings the clock along', () => {
    const recurrence = recurring('FREQ=WEEKLY;COUNT=4', '2027-03-15T10:00:00');
    const text = invite(recurrence, datesOf(recurrence));

    expect(text).toContain('DTSTART;TZID=Europe/Paris:20270315T100000');
    expect(text).toContain('RRULE:FREQ=WEEKLY;UNTIL=20270405T080000Z');
    expect(text).toMatch(
      /BEGIN:VTIMEZONE\r\nTZID:Europe\/Paris[\s\S]*BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:\+0100\r\nTZOFFSETTO:\+0200/,
    );
    expect(datesIn(text).dates.map((it) => it.slice(0, 16))).toEqual([
      '2027-03-15T09:00',
      '2027-03-22T09:00',
      '2027-03-29T08:00',
      '2027-04-05T08:00',
    ]);
  });

  it('says a reading the clock jumped over as the date it is', () => {
    const recurrence = recurring('FREQ=DAILY;COUNT=4', '2027-03-26T02:30:00');
    const dates = datesOf(recurrence);
    const text = invite(recurrence, dates);

    expect(text).toContain('EXDATE;TZID=Europe/Paris:20270328T023000');
    expect(text).toContain('RDATE;TZID=Europe/Paris:20270328T030000');
    expect(datesIn(text).dates).toEqual(spans(dates));
  });

  it('has dates besides the rule, and none where they are all there is', () => {
    const recurrence = recurring('FREQ=WEEKLY;COUNT=3', '2027-01-04T10:00:00');
    const extra = named(new Date('2027-01-07T13:00:00Z'), recurrence);
    const [first, , third] = datesOf(recurrence);
    expect(datesIn(invite(recurrence, [first!, extra, third!])).dates).toEqual(spans([first!, extra, third!]));
    const alone = invite(recurrence, [extra]);
    expect(alone).not.toMatch(/RRULE|RDATE|EXDATE/);
    expect(datesIn(alone).dates).toEqual(spans([extra]));
  });

  it('goes on without end where it does, but for what could not be had', () => {
    const recurrence = recurring('FREQ=WEEKLY', '2027-01-04T10:00:00');
    const dates = datesOf(recurrence, 5).filter((_, i) => i !== 4 && i !== 1);
    const text = invite(recurrence, dates, new Date('2027-02-03T00:00:00Z'));

    expect(text).toMatch(/RRULE:FREQ=WEEKLY\r\n/);
    const read = datesIn(text, 5).dates.map((it) => it.slice(0, 10));
    expect(read).toEqual(['2027-01-04', '2027-01-18', '2027-01-25', '2027-02-08', '2027-02-15']);
  });

  it('lasts days by the calendar', () => {
    const recurrence = recurring('FREQ=WEEKLY;COUNT=3', '2027-03-20T10:00:00', 'Europe/Paris', 2 * 1440);
    const dates = datesOf(recurrence);
    expect(invite(recurrence, dates)).toContain('DURATION:P2D');
    expect(datesIn(invite(recurrence, dates)).dates).toEqual(spans(dates));
  });

  it('names the one date that is cancelled', () => {
    const date = named(new Date('2027-03-29T08:00:00Z'), recurring('FREQ=WEEKLY', '2027-03-15T10:00:00'));
    const about = { at: date.recurrenceId, timeZone: 'Europe/Paris' };
    const text = calendarOf({ method: 'CANCEL', uid: 'series', sequence: 8, date, named: about }, parties, now);

    expect(text).toContain('METHOD:CANCEL');
    expect(text).toContain('RECURRENCE-ID;TZID=Europe/Paris:20270329T100000');
    expect(text).toContain('STATUS:CANCELLED');
  });
});
