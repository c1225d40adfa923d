import { pressKey, type CursorWorld, type GridCursor } from './grid-cursor';
import { aBar, aRow, at, contentOf } from '../testing';

const HOUR = 3_600_000;
const mine = aBar('10:00', '11:00', { mine: true });
const content = contentOf({
  bars: [aBar('09:00', '10:00'), mine, aBar('12:00', '13:00')],
  closed: [
    { start: at('00:00'), end: at('08:00') },
    { start: at('20:00'), end: at('00:00') + 24 * HOUR },
  ],
});
const world: CursorWorld = {
  lines: 40,
  page: 12,
  row: (line) => (line === 0 ? null : { row: aRow(), content, grid: { step: 15, timeZone: 'Europe/Berlin' }, length: 60 }),
  day: () => ({ start: at('00:00'), end: at('00:00') + 24 * HOUR }),
  dayStep: (time, days) => time + days * 24 * HOUR,
  mayEdit: (bar) => bar.mine,
};
const cursor: GridCursor = { line: 3, time: at('14:00'), mode: 'browse', draft: null, bar: null };

function press(from: GridCursor, ...keys: string[]) {
  return keys.reduce<{ cursor: GridCursor; act?: unknown }>(
    (it, key) =>
      pressKey(it.cursor, { key: key.replace(/^.*\+/, ''), ctrl: key.startsWith('Ctrl+'), shift: key.startsWith('Shift+') }, world) ?? it,
    {
      cursor: from,
    },
  );
}

describe('grid cursor', () => {
  it('moves by slot, row, day and screen', () => {
    expect(press(cursor, 'ArrowRight', 'ArrowRight', 'ArrowDown').cursor).toMatchObject({ time: at('14:30'), line: 4 });
    expect(press(cursor, 'Ctrl+ArrowLeft').cursor.time).toBe(at('14:00') - 24 * HOUR);
    expect(press(cursor, 'PageDown').cursor.line).toBe(15);
    expect(press(cursor, 'PageUp').cursor.line).toBe(0);
  });

  it('goes to opening and closing time', () => {
    expect(press(cursor, 'Home').cursor.time).toBe(at('08:00'));
    expect(press(cursor, 'End').cursor.time).toBe(at('19:45'));
  });

  it('goes from gap to gap', () => {
    expect(press({ ...cursor, time: at('09:30') }, 'n').cursor.time).toBe(at('11:00'));
    expect(press({ ...cursor, time: at('11:00') }, 'n').cursor.time).toBe(at('13:00'));
    expect(press({ ...cursor, time: at('13:00') }, 'p').cursor.time).toBe(at('11:00'));
  });

  it('books the slot beside a bar in a handful of keys', () => {
    const { act } = press({ ...cursor, time: at('10:00') }, 'n', 'Enter', 'ArrowLeft', 'Enter');

    expect(act).toEqual({ kind: 'book', draft: { line: 3, start: at('11:00'), end: at('11:45') } });
  });

  it('draws the same time over several rows with Shift, and on another row instead without', () => {
    const drawing = press({ ...cursor, time: at('14:00') }, 'Enter', 'Shift+ArrowDown', 'Shift+ArrowDown').cursor;

    expect(press(drawing, 'Enter').act).toEqual({ kind: 'book', draft: { line: 3, lastLine: 5, start: at('14:00'), end: at('15:00') } });
    expect(press(drawing, 'ArrowDown', 'Enter').act).toEqual({ kind: 'book', draft: { line: 4, start: at('14:00'), end: at('15:00') } });
    // The heading above the first row is no row.
    const upwards = press({ ...cursor, line: 1, time: at('14:00') }, 'Enter', 'Shift+ArrowUp').cursor;
    expect(upwards.draft).toMatchObject({ line: 1, lastLine: 1 });
  });

  it('draws no longer than the gap', () => {
    expect(press({ ...cursor, time: at('11:30') }, 'Enter').cursor.draft).toEqual({ line: 3, start: at('11:30'), end: at('12:00') });
  });

  it('opens what stands at the cursor', () => {
    expect(press({ ...cursor, time: at('10:15') }, 'Enter').act).toEqual({ kind: 'open', bar: mine });
  });

  it('opens the resource of its row', () => {
    expect(press(cursor, 'o').act).toEqual({ kind: 'open-resource', resourceId: 'turing' });
  });

  it('moves a bar of mine over time and rows, and gives up on Escape', () => {
    const moved = press({ ...cursor, time: at('10:00') }, 'm', 'ArrowRight', 'ArrowDown', 'Enter');

    expect(moved.act).toEqual({
      kind: 'drop',
      bar: mine,
      from: 3,
      draft: { line: 4, start: at('10:15'), end: at('11:15') },
      copies: false,
    });
    expect(press({ ...cursor, time: at('10:00') }, 'm', 'ArrowRight', 'Escape').cursor).toEqual({ ...cursor, time: at('10:00') });
    expect(press({ ...cursor, time: at('09:00') }, 'm').cursor.mode).toBe('browse');
  });

  it('copies a bar of mine to another row', () => {
    const copied = press({ ...cursor, time: at('10:00') }, 'd', 'ArrowDown', 'Enter');

    expect(copied.act).toEqual({
      kind: 'drop',
      bar: mine,
      from: 3,
      draft: { line: 4, start: at('10:00'), end: at('11:00') },
      copies: true,
    });
  });

  it('stretches a bar by its end', () => {
    expect(press({ ...cursor, time: at('10:00') }, 'r', 'ArrowRight', 'ArrowRight', 'Enter').act).toMatchObject({
      draft: { start: at('10:00'), end: at('11:30') },
    });
  });

  it('folds a heading', () => {
    expect(press({ ...cursor, line: 0 }, 'Enter').act).toEqual({ kind: 'toggle', line: 0 });
  });
});
