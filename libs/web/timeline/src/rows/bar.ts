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
  /** When a hold runs out, or a cancellation can no longer be taken back. */
  readonly expiresAt: number | null;
  /** What was booked where that is another resource: the hall whose half this row is, or a half of this hall. */
  readonly through?: OtherResource;
}

/** A whole or part of a row; null where the reader may not know which. */
export interface OtherResource {
  readonly resourceId: string | null;
  readonly name: string | null;
}

/** What a bar looks like; `sent` is an edit of mine the server has not confirmed yet. */
export type BarState = 'mine' | 'busy' | 'pending' | 'held' | 'sent';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Time nobody, or only one person, may book. */
export interface Blackout extends Span {
  /** `maintenance`, what somebody wrote, or null. */
  readonly reason: string | null;
  /** Where it is another person's own: whose, null where the reader may not know. */
  readonly assigned?: { readonly person: string | null };
}

/** Statuses whose time is free again; bars never show them. */
const GONE = new Set(['cancelled', 'rejected', 'expired', 'released', 'no_show', 'skipped']);

/** Whether a reservation still takes its time; a cancelled one does while it can be taken back. */
export function takesTime(bar: Pick<Bar, 'status' | 'expiresAt'>): boolean {
  return !GONE.has(bar.status) || isLeaving(bar);
}

/** Cancelled, and still taking its time until `expiresAt`. */
export function isLeaving(bar: Pick<Bar, 'status' | 'expiresAt'>): boolean {
  return bar.status === 'cancelled' && bar.expiresAt !== null;
}

export function stateOf(bar: Pick<Bar, 'status' | 'mine'>): BarState {
  if (bar.status === 'held' || bar.status === 'cancelled') return 'held';
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
