/** A half-open stretch `[start, end)` in epoch milliseconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** RFC 3339 without milliseconds. */
export function onWire(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
