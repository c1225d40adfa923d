import type { Bar, Blackout, Span } from '../rows/bar';
import { isFreeAt, type RowContent } from '../rows/row-board';

/** A line of the table: what somebody has, what nobody has, and what nobody may have. */
export type TableLine =
  | ({ readonly kind: 'bar'; readonly bar: Bar } & Span)
  | ({ readonly kind: 'free' } & Span)
  | ({ readonly kind: 'blackout'; readonly reason: string | null } & Span);

/**
 * Bars, blackouts and gaps of a row by start. Gaps end with the day, and those shorter than a slot are left out.
 * @param days civil days, in order
 */
export function linesOf(row: RowContent, units: number, days: readonly Span[], leastGap: number): TableLine[] {
  const whole: Span = { start: days[0]?.start ?? 0, end: days.at(-1)?.end ?? 0 };
  const isShown = (it: Span) => it.start < whole.end && whole.start < it.end;
  const bars: TableLine[] = row.bars.filter(isShown).map((bar) => ({ kind: 'bar', bar, start: bar.start, end: bar.end }));
  const blackouts: TableLine[] = row.blackouts.filter(isShown).map((it: Blackout) => ({ kind: 'blackout', ...it }));
  const free: TableLine[] = days
    .flatMap((day) => gapsOf(row, units, day))
    .filter((it) => it.end - it.start >= leastGap)
    .map((it) => ({ kind: 'free', ...it }));
  return [...bars, ...blackouts, ...free].sort((a, b) => a.start - b.start);
}

function gapsOf(row: RowContent, units: number, day: Span): Span[] {
  const edges = [
    day.start,
    ...row.bars.flatMap((it) => [it.heldStart, it.heldEnd]),
    ...[...row.closed, ...row.blackouts].flatMap((it) => [it.start, it.end]),
    day.end,
  ];
  const inside = [...new Set(edges)].filter((it) => it >= day.start && it <= day.end).sort((a, b) => a - b);
  const gaps: Span[] = [];
  for (const [index, start] of inside.slice(0, -1).entries()) {
    const end = inside[index + 1]!;
    if (!isFreeAt(row, units, start)) continue;
    const last = gaps.at(-1);
    if (last?.end === start) gaps[gaps.length - 1] = { start: last.start, end };
    else gaps.push({ start, end });
  }
  return gaps;
}
