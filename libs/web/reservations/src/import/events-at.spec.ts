import { eventsAt } from './events-at';

describe('eventsAt', () => {
  it('takes whole events and the zones they may need', () => {
    const lines = ['BEGIN:VCALENDAR', 'BEGIN:VTIMEZONE', 'TZID:X', 'END:VTIMEZONE', 'BEGIN:VEVENT', 'UID:1', 'END:VEVENT'];
    const text = [...lines, 'BEGIN:VEVENT', 'UID:2', 'END:VEVENT', 'END:VCALENDAR'].join('\n');

    const taken = eventsAt(text, [8]).split('\r\n');

    expect(taken).toContain('TZID:X');
    expect(taken).toContain('UID:2');
    expect(taken).not.toContain('UID:1');
    expect(taken.at(-2)).toBe('END:VCALENDAR');
  });

  it('leaves out an event that does not end', () => {
    expect(eventsAt('BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1', [2])).not.toContain('VEVENT');
  });
});
