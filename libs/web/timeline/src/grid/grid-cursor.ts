import type { SlotGrid } from '@berth/scheduling';
import { across, draftOf, snapDown, snapUp, type Draft } from '../drag/draft';
import type { Bar, Span } from '../rows/bar';
import type { ResourceRow } from '../rows/catalogue';
import { freeSpanAt, isFreeAt, type RowContent } from '../rows/row-board';

/** Where the keyboard is, and what it is doing there. */
export interface GridCursor {
  readonly line: number;
  /** Epoch milliseconds, on a slot of the row. */
  readonly time: number;
  readonly mode: 'browse' | 'draw' | 'move' | 'copy' | 'stretch';
  /** The draft while drawing, moving, copying or stretching. */
  readonly draft: Draft | null;
  readonly bar: Bar | null;
}

/** What a key asks for beyond moving the cursor. */
export type CursorAct =
  | { readonly kind: 'book'; readonly draft: Draft }
  | { readonly kind: 'open'; readonly bar: Bar }
  | { readonly kind: 'open-resource'; readonly resourceId: string }
  | { readonly kind: 'drop'; readonly bar: Bar; readonly from: number; readonly draft: Draft; readonly copies: boolean }
  | { readonly kind: 'toggle'; readonly line: number };

/** One row as the keyboard sees it; a heading has none. */
export interface CursorRow {
  readonly row: ResourceRow;
  readonly content: RowContent;
  readonly grid: SlotGrid;
  /** Minutes one Enter books. */
  readonly length: number;
}

/** What the cursor moves over. */
export interface CursorWorld {
  readonly lines: number;
  row(line: number): CursorRow | null;
  /** The civil day, in the zone of the axis, that holds the instant. */
  day(time: number): Span;
  /** The start of the next or previous civil day at the same clock time. */
  dayStep(time: number, days: number): number;
  /** Lines a screen shows. */
  readonly page: number;
  mayEdit(bar: Bar): boolean;
}

export interface KeyPress {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
}

export interface CursorStep {
  readonly cursor: GridCursor;
  readonly act?: CursorAct;
}

const MINUTE = 60_000;
const EDITS: Readonly<Record<string, 'move' | 'copy' | 'stretch'>> = { m: 'move', d: 'copy', r: 'stretch' };

/** What a key does; null when it means nothing here. */
export function pressKey(cursor: GridCursor, press: KeyPress, world: CursorWorld): CursorStep | null {
  if (cursor.mode === 'draw') return draw(cursor, press, world);
  return cursor.mode === 'browse' ? browse(cursor, press, world) : edit(cursor, press, world);
}

/** The bar at the cursor; of several the one that began last. */
export function barAt(content: RowContent, time: number): Bar | undefined {
  return content.bars.findLast((it) => it.start <= time && time < it.end);
}

function browse(cursor: GridCursor, { key, ctrl }: KeyPress, world: CursorWorld): CursorStep | null {
  const here = world.row(cursor.line);
  const stay = (change: Partial<GridCursor>): CursorStep => ({ cursor: { ...cursor, ...change } });
  const vertical = { ArrowUp: -1, ArrowDown: 1, PageUp: -world.page, PageDown: world.page }[key];
  if (vertical !== undefined) return stay({ line: nextLine(cursor.line, vertical, world) });
  if (!here) return key === 'Enter' ? { cursor, act: { kind: 'toggle', line: cursor.line } } : null;

  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const direction = key === 'ArrowRight' ? 1 : -1;
    return stay({ time: ctrl ? world.dayStep(cursor.time, direction) : slotStep(here.grid, cursor.time, direction) });
  }
  if (key === 'Home') return stay({ time: opening(here, world.day(cursor.time)) });
  if (key === 'End') return stay({ time: closing(here, world.day(cursor.time)) });
  if (key === 'n' || key === 'p') return stay({ time: gapStart(here, cursor.time, key === 'n' ? 1 : -1) ?? cursor.time });

  if (key === 'o') return { cursor, act: { kind: 'open-resource', resourceId: here.row.id } };

  const bar = barAt(here.content, cursor.time);
  if (key === 'Enter') return bar ? { cursor, act: { kind: 'open', bar } } : stay({ mode: 'draw', draft: drawnFrom(here, cursor) });
  const mode = EDITS[key];
  if (!mode || !bar || !world.mayEdit(bar)) return null;
  return stay({ mode, bar, draft: { line: cursor.line, start: bar.start, end: bar.end } });
}

function draw(cursor: GridCursor, { key, shift }: KeyPress, world: CursorWorld): CursorStep | null {
  const here = world.row(cursor.line);
  const { draft } = cursor;
  if (key === 'Escape' || !here || !draft) return { cursor: calm(cursor) };
  if (key === 'Enter') return { cursor: calm(cursor), act: { kind: 'book', draft } };
  const vertical = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (vertical !== undefined) return { cursor: shift ? reached(cursor, draft, vertical, world) : carried(cursor, draft, vertical, world) };
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
  const end = slotStep(here.grid, draft.end, key === 'ArrowRight' ? 1 : -1);
  return { cursor: { ...cursor, draft: { ...draft, end: Math.max(end, slotStep(here.grid, draft.start, 1)) } } };
}

/** The same time on one row more, or on one less. */
function reached(cursor: GridCursor, draft: Draft, by: number, world: CursorWorld): GridCursor {
  return { ...cursor, draft: across(draft, nextRow(draft.lastLine ?? draft.line, by, world)) };
}

/** The same time on another row instead. */
function carried(cursor: GridCursor, { start, end, line }: Draft, by: number, world: CursorWorld): GridCursor {
  const to = nextRow(line, by, world);
  return { ...cursor, line: to, draft: { line: to, start, end } };
}

function edit(cursor: GridCursor, { key, ctrl }: KeyPress, world: CursorWorld): CursorStep | null {
  const { draft, bar } = cursor;
  if (key === 'Escape' || !draft || !bar) return { cursor: calm(cursor) };
  const isStretched = cursor.mode === 'stretch';
  if (key === 'Enter') {
    const act: CursorAct = { kind: 'drop', bar, from: cursor.line, draft, copies: cursor.mode === 'copy' };
    return { cursor: { ...calm(cursor), line: draft.line, time: draft.start }, act };
  }
  const target = world.row(draft.line);
  if (!target) return null;
  const vertical = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (vertical !== undefined && !isStretched)
    return { cursor: { ...cursor, draft: { ...draft, line: nextLine(draft.line, vertical, world) } } };
  const horizontal = { ArrowLeft: -1, ArrowRight: 1 }[key] as 1 | -1 | undefined;
  if (horizontal === undefined) return null;
  const edge = isStretched ? draft.end : draft.start;
  const to = ctrl ? world.dayStep(edge, horizontal) : slotStep(target.grid, edge, horizontal);
  const gesture = { kind: isStretched ? 'stretch-end' : 'move', line: draft.line, grabbed: bar.start, bar } as const;
  return { cursor: { ...cursor, draft: draftOf(gesture, draft.line, to, target.grid) } };
}

function calm(cursor: GridCursor): GridCursor {
  return { ...cursor, mode: 'browse', draft: null, bar: null };
}

/** A line with a resource or heading, never past the ends. */
function nextLine(line: number, by: number, world: CursorWorld): number {
  return Math.max(0, Math.min(world.lines - 1, line + by));
}

/** The next line with a resource; the same one where there is none. */
function nextRow(line: number, by: number, world: CursorWorld): number {
  for (let at = line + by; at >= 0 && at < world.lines; at += by) if (world.row(at)) return at;
  return line;
}

function slotStep(grid: SlotGrid, time: number, direction: 1 | -1): number {
  return direction > 0 ? snapUp(grid, time + 1) : snapDown(grid, time - 1);
}

/** The usual length, or what is left of the gap when that is less. */
function drawnFrom(here: CursorRow, cursor: GridCursor): Draft {
  const start = snapDown(here.grid, cursor.time);
  return { line: cursor.line, start, end: fittingEnd(here, start) };
}

/** Where a booking of the usual length ends when it starts there: before the next bar, if that leaves enough. */
export function fittingEnd({ content, grid, length, row }: CursorRow, start: number): number {
  const usual = start + length * MINUTE;
  const free = freeSpanAt(content, start, { start: start - length * MINUTE, end: usual + row.rules.bufferAfter * MINUTE });
  if (!free) return usual;
  const left = snapDown(grid, free.end - row.rules.bufferAfter * MINUTE);
  return left < usual && left - start >= Math.max(row.rules.minDuration, 1) * MINUTE ? left : usual;
}

function opening({ content, grid }: CursorRow, day: Span): number {
  const closed = content.closed.find((it) => it.start <= day.start && day.start < it.end);
  return closed && closed.end < day.end ? snapUp(grid, closed.end) : day.start;
}

/** The last slot before the day's closing time. */
function closing({ content, grid }: CursorRow, day: Span): number {
  const closed = content.closed.find((it) => it.start < day.end && day.end <= it.end);
  const end = closed && closed.start > day.start ? closed.start : day.end;
  return slotStep(grid, end, -1);
}

/** Where the next or previous stretch of free time begins. */
function gapStart({ content, grid, row }: CursorRow, time: number, direction: 1 | -1): number | undefined {
  const taken = [...content.bars.map((it) => it.heldEnd), ...content.closed.map((it) => it.end), ...content.blackouts.map((it) => it.end)];
  const starts = taken
    .map((it) => snapUp(grid, it))
    .filter((it) => (direction > 0 ? it > time : it < time) && isFreeAt(content, row.units, it))
    .sort((a, b) => a - b);
  return direction > 0 ? starts[0] : starts.at(-1);
}
