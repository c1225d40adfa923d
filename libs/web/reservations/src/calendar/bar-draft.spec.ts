import { carried } from './bar-draft';

const at = (text: string): number => Date.parse(text);
const span = { start: at('2026-10-24T08:00:00Z'), end: at('2026-10-24T09:00:00Z') };

describe('a bar that is carried', () => {
  it('stays at its hour on the clock when the clocks change, and keeps its length', () => {
    expect(carried(span, 'move', 1, 0, 'Europe/Berlin')).toEqual({ start: at('2026-10-25T09:00:00Z'), end: at('2026-10-25T10:00:00Z') });
  });

  it('goes over midnight into the next day', () => {
    expect(carried(span, 'move', 0, 15 * 60, 'Europe/Berlin').start).toBe(at('2026-10-24T23:00:00Z'));
  });

  it('changes one end only, which never passes the other', () => {
    expect(carried(span, 'end', 0, 30, 'Europe/Berlin')).toEqual({ start: span.start, end: at('2026-10-24T09:30:00Z') });
    expect(carried(span, 'end', 0, -300, 'Europe/Berlin').end).toBe(at('2026-10-24T08:15:00Z'));
    expect(carried(span, 'start', 0, 300, 'Europe/Berlin').start).toBe(at('2026-10-24T08:45:00Z'));
  });
});
