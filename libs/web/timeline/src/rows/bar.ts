/** One reservation, hold or claim as the timeline knows it. All times are epoch milliseconds. */
export interface Bar {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  /** The blocked span: the bar with its buffers. */
  readonly heldStart: number;
  readonly heldEnd: number;
  readonly status: string;
  /** null where the reader may not see it or nobody wrote one. */
  readonly title: string | null;
  readonly organizer: string | null;
  readonly mine: boolean;
  readonly quantity: number;
  readonly version: number;
  /** When a hold runs out. */
  readonly expiresAt: number | null;
  /** The resource it was booked on where that is another one: the hall whose half this row is, or a half of this hall. */
  readonly through?: string;
}

/** What a bar looks like; `sent` is an edit of mine the server has not confirmed yet. */
export type BarState = 'mine' | 'busy' | 'pending' | 'held' | 'sent';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Blackout extends Span {
  /** `maintenance`, what somebody wrote, or null. */
  readonly reason: string | null;
}

/** Statuses whose time is free again; bars never show them. */
const GONE = new Set(['cancelled', 'rejected', 'expired', 'released', 'no_show', 'skipped']);

/** Whether a reservation in this status still takes its time. */
export function takesTime(status: string): boolean {
  return !GONE.has(status);
}

export function stateOf(bar: Pick<Bar, 'status' | 'mine'>): BarState {
  if (bar.status === 'held') return 'held';
  if (bar.status === 'pending') return 'pending';
  return bar.mine ? 'mine' : 'busy';
}

/** Whether the owner may still move, stretch or cancel it. */
export function isEditable(bar: Bar, now: number): boolean {
  return (
    bar.mine &&
    bar.through === undefined &&
    (bar.status === 'confirmed' || bar.status === 'pending' || bar.status === 'checked_in') &&
    bar.end > now
  );
}

/** Whether two spans share any time. Touching is not overlapping. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
