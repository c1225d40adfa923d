/** What a stretch of time can be besides free. */
export type OccupiedState = 'busy' | 'mine' | 'pending' | 'held' | 'down' | 'closed';

/** A half-open stretch `[start, end)` in epoch milliseconds. */
export interface StripInterval {
  readonly start: number;
  readonly end: number;
  readonly state: OccupiedState;
}

/** Where an interval stands on the strip, in percent of its width. */
export interface Placed {
  readonly state: OccupiedState;
  readonly left: number;
  readonly width: number;
}

/** Intervals clipped to the strip; those outside are left out, closed time comes first so that bars lie above it. */
export function placed(intervals: readonly StripInterval[], from: number, to: number): Placed[] {
  const span = to - from;
  return intervals
    .filter((it) => it.end > from && it.start < to && it.end > it.start)
    .map((it) => {
      const start = Math.max(it.start, from);
      return { state: it.state, left: ((start - from) / span) * 100, width: ((Math.min(it.end, to) - start) / span) * 100 };
    })
    .sort((a, b) => Number(b.state === 'closed') - Number(a.state === 'closed'));
}

/** The strip in words: every occupied stretch in order of time, or that all of it is free. */
export function describe(
  intervals: readonly StripInterval[],
  from: number,
  to: number,
  words: {
    readonly state: (state: OccupiedState) => string;
    readonly time: (instant: number) => string;
    readonly free: (range: string) => string;
  },
): string {
  const shown = intervals.filter((it) => it.end > from && it.start < to).sort((a, b) => a.start - b.start);
  if (shown.length === 0) return words.free(`${words.time(from)}–${words.time(to)}`);
  return shown
    .map((it) => `${words.state(it.state)} ${words.time(Math.max(it.start, from))}–${words.time(Math.min(it.end, to))}`)
    .join(', ');
}
