import { signal } from '@angular/core';
import { selection } from './selection';

const rowsOf = (...ids: string[]) => ids.map((id) => ({ id }));
const idsOf = (it: ReturnType<typeof selection>) => it.chosen().map((row) => row.id);

describe('a selection', () => {
  it('ticks and unticks one by one', () => {
    const it = selection(signal(rowsOf('a', 'b', 'c')));

    it.tick('a');
    it.tick('c');
    it.tick('a');

    expect(idsOf(it)).toEqual(['c']);
    expect(it.hasAll()).toBe(false);
  });

  it('takes a range in either direction, and lets one go', () => {
    const it = selection(signal(rowsOf('a', 'b', 'c', 'd')));

    it.tick('c');
    it.tick('a', true);
    expect(idsOf(it)).toEqual(['a', 'b', 'c']);
    it.tick('b', true);
    expect(idsOf(it)).toEqual(['c']);
  });

  it('grows and shrinks by going from row to row', () => {
    const it = selection(signal(rowsOf('a', 'b', 'c')));

    it.reach('a', 'b');
    it.reach('b', 'c');
    expect(idsOf(it)).toEqual(['a', 'b', 'c']);
    it.reach('c', 'b');
    expect(idsOf(it)).toEqual(['a', 'b']);
  });

  it('forgets what has left the list, and begins a range anew where its beginning has', () => {
    const rows = signal(rowsOf('a', 'b', 'c'));
    const it = selection(rows);

    it.tick('a');
    rows.set(rowsOf('b', 'c'));
    it.tick('c', true);

    expect(idsOf(it)).toEqual(['c']);
  });
});
