import { nearestSlot, slotAtOrAfter, slotAtOrBefore, type SlotGrid } from '@berth/scheduling';
import type { Bar, Span } from '../rows/bar';

/** What the pointer is doing: drawing a new booking, or taking an old one by its middle or one of its ends. */
export type GestureKind = 'create' | 'move' | 'stretch-start' | 'stretch-end';

export interface Gesture {
  readonly kind: GestureKind;
  /** Index of the line it began on. */
  readonly line: number;
  /** The instant under the pointer when it was pressed. */
  readonly grabbed: number;
  /** What is moved or stretched. */
  readonly bar?: Bar;
  /** Shift was held when it began: the same time on every row up to the pointer. */
  readonly isAcross?: boolean;
}

/** The time and row a gesture would book if it ended now. */
export interface Draft extends Span {
  readonly line: number;
  /** Where it ends when it goes over several rows; above or below `line`. */
  readonly lastLine?: number;
}

/** As many lines as a draft may go over: one booking takes no more resources. */
const LINES_AT_MOST = 20;
const MINUTE = 60_000;

/** The instant brought to the grid of the resource. */
export function snapDown(grid: SlotGrid, time: number): number {
  return slotAtOrBefore(grid, new Date(time)).getTime();
}

export function snapUp(grid: SlotGrid, time: number): number {
  return slotAtOrAfter(grid, new Date(time)).getTime();
}

export function snapNearest(grid: SlotGrid, time: number): number {
  return nearestSlot(grid, new Date(time)).getTime();
}

/**
 * The draft for where the pointer is now. Its ends lie on the slots of the row it is over; a moved bar keeps the time
 * that passes, also across a change of clocks.
 */
export function draftOf(gesture: Gesture, line: number, time: number, grid: SlotGrid): Draft {
  const { bar } = gesture;
  if (gesture.kind === 'create' || !bar) {
    const draft = { line: gesture.line, ...drawn(gesture.grabbed, time, grid) };
    return gesture.isAcross ? across(draft, line) : draft;
  }
  if (gesture.kind === 'move') {
    const start = snapNearest(grid, bar.start + (time - gesture.grabbed));
    return { line, start, end: start + (bar.end - bar.start) };
  }
  const edge = snapNearest(grid, time);
  if (gesture.kind === 'stretch-start') return { line: gesture.line, start: Math.min(edge, before(grid, bar.end)), end: bar.end };
  return { line: gesture.line, start: bar.start, end: Math.max(edge, after(grid, bar.start)) };
}

/** The draft over all lines up to one, as far as a booking may go. */
export function across(draft: Draft, line: number): Draft {
  const reach = LINES_AT_MOST - 1;
  return { ...draft, lastLine: Math.max(draft.line - reach, Math.min(draft.line + reach, line)) };
}

/** First and last line of a draft, from the top. */
export function extentOf({ line, lastLine = line }: Draft): { readonly first: number; readonly last: number } {
  return { first: Math.min(line, lastLine), last: Math.max(line, lastLine) };
}

/** What a click at the instant books: the slot under it, in the length that is usual there. */
export function clickedDraft(line: number, time: number, grid: SlotGrid, length: number): Draft {
  const start = snapDown(grid, time);
  return { line, start, end: start + length * MINUTE };
}

/** From the slot pressed to the slot reached, both included, in either direction. */
function drawn(from: number, to: number, grid: SlotGrid): Span {
  const start = snapDown(grid, Math.min(from, to));
  const end = snapUp(grid, Math.max(from, to));
  return { start, end: Math.max(end, after(grid, start)) };
}

function after(grid: SlotGrid, time: number): number {
  return snapUp(grid, time + 1);
}

function before(grid: SlotGrid, time: number): number {
  return snapDown(grid, time - 1);
}
