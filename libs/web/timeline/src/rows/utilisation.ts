import { stateOf, type Span } from './bar';
import type { RowContent } from './row-board';

/** How much of the time something may be booked it is booked; milliseconds, times units. */
export interface Utilisation {
  readonly booked: number;
  readonly open: number;
}

const known = new WeakMap<RowContent, { readonly period: Span; readonly units: number; readonly use: Utilisation }>();

/** What is booked of the open time of the period. What somebody is only looking at counts as free; remembered for each content. */
export function utilisationOf(content: RowContent, units: number, period: Span): Utilisation {
  const last = known.get(content);
  if (last && last.period === period && last.units === units) return last.use;
  const shut = apart([...content.closed, ...content.blackouts]);
  const openIn = (span: Span): number => {
    const within = clip(span, period);
    return shut.reduce((left, it) => left - lengthOf(clip(it, within)), lengthOf(within));
  };
  const booked = content.bars.reduce((sum, bar) => (stateOf(bar) === 'held' ? sum : sum + openIn(bar) * bar.quantity), 0);
  const open = openIn(period) * units;
  const use = { booked: Math.min(booked, open), open };
  known.set(content, { period, units, use });
  return use;
}

/** Whole percent; null where there is no open time to book. */
export function percentOf(uses: readonly Utilisation[]): number | null {
  const open = uses.reduce((sum, it) => sum + it.open, 0);
  if (open === 0) return null;
  return Math.round((uses.reduce((sum, it) => sum + it.booked, 0) / open) * 100);
}

/** The same time in spans that share none. */
function apart(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  let until = -Infinity;
  for (const it of [...spans].sort((a, b) => a.start - b.start)) {
    if (it.end > until) result.push({ start: Math.max(it.start, until), end: it.end });
    until = Math.max(until, it.end);
  }
  return result;
}

function clip(span: Span, within: Span): Span {
  return { start: Math.max(span.start, within.start), end: Math.min(span.end, within.end) };
}

function lengthOf(span: Span): number {
  return Math.max(0, span.end - span.start);
}
