import type { HistoryEntry } from '@berth/web/booking';

/** What an entry of a history says: a sentence by key, with the spans and words it needs. */
export interface HistoryLine {
  readonly key: string;
  readonly from: Span | null;
  readonly to: Span | null;
  readonly params: Readonly<Record<string, string>>;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

type Facts = Readonly<Record<string, unknown>>;
type Sentence = Pick<HistoryLine, 'key' | 'params'>;

/** What holds did before there was a booking is nobody's history. */
export function isTold({ type }: HistoryEntry): boolean {
  return type.startsWith('reservation.');
}

/** The sentence of an entry: `reservations.history.<key>`. */
export function lineOf({ type, data }: HistoryEntry): HistoryLine {
  const previous = (data['previous'] ?? {}) as Facts;
  const to = spanOf(data);
  const nothing = { from: null, to: null, params: {} };
  if (type === 'reservation.created') return { ...nothing, key: data['status'] === 'pending' ? 'requested' : 'booked' };
  if (type === 'reservation.moved') return { ...movedLine(previous, data), from: spanOf(previous), to };
  if (type === 'reservation.updated') return { ...nothing, ...updatedLine(previous, data) };
  if (type === 'reservation.cancelled' && typeof data['reason'] === 'string') {
    return { ...nothing, key: 'cancelledBecause', params: { reason: data['reason'] } };
  }
  return { ...nothing, key: type.slice('reservation.'.length) };
}

function movedLine(previous: Facts, data: Facts): Sentence {
  const [from, to] = [spanOf(previous), spanOf(data)];
  const isSameTime = from !== null && to !== null && from.start === to.start && from.end === to.end;
  const isResized = from !== null && to !== null && from.start === to.start && from.end !== to.end;
  return { key: isSameTime ? 'movedElsewhere' : isResized ? 'resized' : 'moved', params: {} };
}

function updatedLine(previous: Facts, data: Facts): Sentence {
  const [from, to] = [previous['title'], data['title']];
  if (typeof from === 'string' && typeof to === 'string' && from !== to) return { key: 'renamed', params: { from, to } };
  return { key: 'updated', params: {} };
}

function spanOf(data: Facts): Span | null {
  const start = Date.parse(String(data['start']));
  const end = Date.parse(String(data['end']));
  return Number.isNaN(start) || Number.isNaN(end) ? null : { start, end };
}
