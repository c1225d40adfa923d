import { subtract, union, type Interval } from '@berth/kernel';
import { editIntervals } from '@berth/scheduling';
import type { Span } from '@berth/web/booking';

/** One's own booking as far as editing intervals is about it. */
export interface Piece extends Span {
  readonly id: string;
  readonly name: string;
}

/** What becomes of one booking; `before` is null for what is new, `after` for what goes into another. */
export interface PlannedPiece {
  readonly id: string;
  readonly name: string;
  readonly before: Span | null;
  readonly after: Span | null;
  /** Not the one that is edited: a neighbour that is touched, or what is left of one. */
  readonly isNeighbour: boolean;
}

/** The parts without a stretch of time. */
export function released(parts: readonly Span[], gap: Span): Span[] {
  return subtract(parts.map(interval), [interval(gap)]).map(span);
}

/** The parts with the nearest of them grown over a neighbour and what lies between. */
export function joined(parts: readonly Span[], neighbour: Span): Span[] {
  const distance = (it: Span): number => Math.max(it.start - neighbour.end, neighbour.start - it.end);
  const nearest = [...parts].sort((a, b) => distance(a) - distance(b))[0] ?? neighbour;
  const grown = { start: Math.min(nearest.start, neighbour.start), end: Math.max(nearest.end, neighbour.end) };
  return union(parts.map(interval), [interval(grown)]).map(span);
}

/** Whether each part ends after it starts, and none overlaps another. */
export function areApart(parts: readonly Span[]): boolean {
  const sorted = [...parts].sort((a, b) => a.start - b.start);
  return sorted.every((it, i) => it.start < it.end && (i === 0 || sorted[i - 1]!.end <= it.start));
}

/**
 * What the parts make of a booking and of those beside it, by time; a neighbour that keeps its time is left out. The server
 * decides by the same rule.
 * @param parts at least one, as `areApart` says
 */
export function plan(target: Piece, neighbours: readonly Piece[], parts: readonly Span[]): PlannedPiece[] {
  const timed = ({ id, ...time }: Piece) => ({ id, ...interval(time) });
  const edit = editIntervals(timed(target), neighbours.map(timed), parts.map(interval));
  const members = new Map([target, ...neighbours].map((it) => [it.id, it]));
  const changed = new Map(edit.changed.map((it) => [it.id, span(it)]));
  const kept = [...members.values()].flatMap((it): PlannedPiece[] => {
    const before = { start: it.start, end: it.end };
    const after = edit.gone.includes(it.id) ? null : (changed.get(it.id) ?? before);
    const isNeighbour = it.id !== target.id;
    return isNeighbour && after === before ? [] : [{ id: it.id, name: it.name, before, after, isNeighbour }];
  });
  const added = edit.added.map(({ from, ...time }, i) => ({
    id: `new-${i}`,
    name: members.get(from)?.name ?? target.name,
    before: null,
    after: span(time),
    isNeighbour: from !== target.id,
  }));
  return [...kept, ...added].sort((a, b) => startOf(a) - startOf(b));
}

const startOf = ({ before, after }: PlannedPiece): number => (after ?? before)?.start ?? 0;
const interval = ({ start, end }: Span): Interval => ({ start: new Date(start), end: new Date(end) });
const span = ({ start, end }: Interval): Span => ({ start: start.getTime(), end: end.getTime() });
