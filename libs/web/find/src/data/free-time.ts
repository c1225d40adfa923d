import type { CatalogueRow } from './catalogue';
import { fullTime, type BusyTime } from '@berth/web/booking';
import type { Span } from '../query/wish';

const MINUTE = 60_000;

/** The stretches of a resource's day in which a booking may lie, its buffers already taken off. */
export function freeWindows(busy: BusyTime, row: CatalogueRow | undefined, within: Span): Span[] {
  let free: Span[] = [within];
  for (const it of inTheWay(busy, row)) free = free.flatMap((window) => without(window, it));
  return free.filter((it) => it.end - it.start >= (row?.step ?? 1) * MINUTE);
}

/** Whether somebody's claim, a closure or a block lies in a span. */
export function isTaken(busy: BusyTime, row: CatalogueRow | undefined, span: Span): boolean {
  return claims(busy, row).some((it) => it.start < span.end && span.start < it.end);
}

/** Whether a booking of one's own lies in a span. */
export function isMine(busy: BusyTime, span: Span): boolean {
  return busy.bars.some((it) => it.mine && it.start < span.end && span.start < it.end);
}

/** The free window a moment lies in, or the one after it. */
export function windowAt(windows: readonly Span[], moment: number): { readonly window: Span | null; readonly next: Span | null } {
  return {
    window: windows.find((it) => it.start <= moment && moment < it.end) ?? null,
    next: windows.find((it) => it.start > moment) ?? null,
  };
}

function inTheWay(busy: BusyTime, row: CatalogueRow | undefined): Span[] {
  return [...(row?.mayLeaveOpenHours ? [] : busy.closed), ...busy.blackouts, ...claims(busy, row)];
}

function claims(busy: BusyTime, row: CatalogueRow | undefined): Span[] {
  const before = (row?.bufferBefore ?? 0) * MINUTE;
  const after = (row?.bufferAfter ?? 0) * MINUTE;
  return fullTime(busy.bars, row?.units ?? 1, 1).map((it) => ({ start: it.start - after, end: it.end + before }));
}

function without(window: Span, { start, end }: Span): Span[] {
  if (end <= window.start || start >= window.end) return [window];
  return [
    { start: window.start, end: Math.min(start, window.end) },
    { start: Math.max(end, window.start), end: window.end },
  ].filter((it) => it.end > it.start);
}
