import fc from 'fast-check';
import { isCalendar, readCalendar } from './calendar-events';

const bytes = (...lines: string[]) => new TextEncoder().encode(lines.join('\r\n'));
const calendar = (...lines: string[]) => bytes('BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR');
const refusal = (file: Uint8Array): unknown => {
  try {
    readCalendar(file);
    return undefined;
  } catch (error) {
    return (error as { extensions: { errors: { code: string }[] } }).extensions.errors[0]?.code;
  }
};

describe('readCalendar', () => {
  it('reads events with their line, folded lines, quoted parameters and escaped text', () => {
    const { events } = readCalendar(
      calendar('BEGIN:VEVENT', 'SUMMARY:Weekly\\, with c', ' offee', 'DTSTART;TZID="Europe/Berlin":20261207T090000', 'END:VEVENT'),
    );

    expect(events).toEqual([
      {
        line: 3,
        properties: [
          { name: 'summary', parameters: {}, type: 'text', values: ['Weekly, with coffee'] },
          { name: 'dtstart', parameters: { tzid: 'Europe/Berlin' }, type: 'date-time', values: ['2026-12-07T09:00:00'] },
        ],
      },
    ]);
  });

  it('lets a broken event break no other, and closes one that does not end', () => {
    const { events } = readCalendar(
      calendar('BEGIN:VEVENT', 'no property', 'END:VEVENT', 'BEGIN:VEVENT', 'UID:open', 'BEGIN:VEVENT', 'UID:whole', 'END:VEVENT'),
    );

    expect(events.map((it) => [it.line, it.broken === undefined])).toEqual([
      [3, false],
      [6, false],
      [8, true],
    ]);
  });

  it('looks into no alarm of an event, and learns what zones are called', () => {
    const { events, zones } = readCalendar(
      calendar(
        ...['BEGIN:VTIMEZONE', 'TZID:W. Europe', 'X-LIC-LOCATION:Europe/Berlin', 'END:VTIMEZONE'],
        ...['BEGIN:VEVENT', 'BEGIN:VALARM', 'DESCRIPTION:ring', 'END:VALARM', 'UID:1', 'END:VEVENT'],
      ),
    );

    expect(events[0]?.properties.map((it) => it.name)).toEqual(['uid']);
    expect(zones.get('W. Europe')).toBe('Europe/Berlin');
  });

  it.each([
    ['not-a-calendar', bytes('BEGIN:VCARD', 'END:VCARD')],
    ['no-events', calendar()],
    ['nul-character', calendar('BEGIN:VEVENT', 'UID:\u0000', 'END:VEVENT')],
    ['too-many-rows', calendar(...Array.from({ length: 501 }, () => 'BEGIN:VEVENT\r\nEND:VEVENT'))],
  ])('says clearly that a file is refused: %s', (code, file) => {
    expect(refusal(file)).toBe(code);
  });

  it('never fails otherwise, whatever the lines', () => {
    const word = fc.constantFrom(
      'BEGIN:VEVENT',
      'END:VEVENT',
      'BEGIN:VTIMEZONE',
      'DTSTART;TZID=',
      'RRULE:FREQ=',
      'EXDATE:',
      ':',
      ';',
      '"',
      ' ',
      '\r\n',
    );
    const noise = fc.array(fc.oneof(word, fc.string()), { maxLength: 40 }).map((parts) => calendar(parts.join('')));
    fc.assert(
      fc.property(noise, (file) => {
        expect([undefined, 'no-events', 'nul-character']).toContain(refusal(file));
      }),
      { numRuns: 300 },
    );
  });
});

describe('isCalendar', () => {
  it('knows one by how it begins, with a mark and empty lines before it too', () => {
    expect(isCalendar(bytes('\uFEFF', 'begin:vcalendar'))).toBe(true);
    expect(isCalendar(bytes('resource,start,end'))).toBe(false);
  });
});
