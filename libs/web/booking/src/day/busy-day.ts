import type { StripInterval } from '@berth/web/ui';
import type { AvailabilityAnswer } from '../resources-api';
import { overlaps, type Span } from '../span';

/** What is known of one resource's time within a window. */
export interface BusyTime {
  readonly window: Span;
  readonly bars: readonly BusyBar[];
  readonly closed: readonly Span[];
  /** Reason `maintenance` or `assigned`, what somebody wrote, or null. */
  readonly blackouts: readonly (Span & { readonly reason: string | null })[];
}

/** Somebody's claim. */
export interface BusyBar extends Span {
  readonly id: string;
  /** The span with its buffers. */
  readonly held: Span;
  readonly status: string;
  readonly title: string | null;
  readonly mine: boolean;
  readonly quantity: number;
}

/** The answer's columns as bars of one resource, without one's own holds: they never stand in the way. */
export function busyTimeOf(answer: AvailabilityAnswer, index: number, window: Span): BusyTime {
  const from = Date.parse(answer.from);
  const at = (seconds: number): number => from + seconds * 1000;
  const { bars } = answer;
  const all = bars.id.map((id, i) => ({
    id,
    resource: bars.resource[i],
    start: at(bars.start[i]!),
    end: at(bars.end[i]!),
    held: { start: at(bars.heldStart[i]!), end: at(bars.heldEnd[i]!) },
    status: bars.status[i]!,
    title: bars.title[i] ?? null,
    mine: bars.mine[i] === 1,
    quantity: bars.quantity[i]!,
  }));
  return {
    window,
    bars: all.filter((it) => it.resource === index && !(it.mine && it.status === 'held')),
    closed: pairs(answer.closed[index] ?? []).map(([start, end]) => ({ start: at(start), end: at(end) })),
    blackouts: [...(answer.blackouts[index] ?? []), ...(answer.assigned[index] ?? []).map((it) => ({ ...it, reason: 'assigned' }))].map(
      (it) => ({ start: at(it.start), end: at(it.end), reason: it.reason }),
    ),
  };
}

/** What lets a wish not be had for lack of units; for one unit these are all bars. */
export function fullTime(bars: readonly BusyBar[], units: number, wanted: number): Span[] {
  if (units - wanted < 1) return bars.map((it) => it.held);
  const changes = [...new Set(bars.flatMap((it) => [it.held.start, it.held.end]))].sort((a, b) => a - b);
  const full = changes.slice(0, -1).flatMap((start, i) => {
    const piece = { start, end: changes[i + 1]! };
    const used = bars.reduce((sum, it) => (overlaps(it.held, piece) ? sum + it.quantity : sum), 0);
    return used + wanted > units ? [piece] : [];
  });
  return full;
}

/** The picture of it: closed and blocked time, then claims; of several units only where none is left. */
export function stripOf(busy: BusyTime, units: number, wanted: number): StripInterval[] {
  const claims: StripInterval[] =
    units > 1
      ? fullTime(busy.bars, units, wanted).map((it) => ({ ...it, state: 'busy' }))
      : busy.bars.map(({ start, end, status, mine }) => ({ start, end, state: stateOf(status, mine) }));
  return [
    ...busy.closed.map((it) => ({ ...it, state: 'closed' as const })),
    ...busy.blackouts.map(({ start, end, reason }) => ({
      start,
      end,
      state: reason === 'assigned' ? ('busy' as const) : ('down' as const),
    })),
    ...claims,
  ];
}

function stateOf(status: string, mine: boolean): StripInterval['state'] {
  if (status === 'pending') return 'pending';
  // A cancellation that can be taken back is nobody's to book.
  if (status === 'held' || status === 'cancelled') return 'held';
  return mine ? 'mine' : 'busy';
}

function pairs(flat: readonly number[]): (readonly [number, number])[] {
  return Array.from({ length: Math.floor(flat.length / 2) }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!] as const);
}
