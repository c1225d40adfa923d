import { overlaps, type Span } from '@berth/web/booking';

/** Where a booking of days stands above the columns it takes. */
export interface Across<T> {
  readonly item: T;
  /** First and last column, counted from 0. */
  readonly first: number;
  readonly last: number;
  /** Counted from the top. */
  readonly lane: number;
  /** It began before the first column, or goes on after the last. */
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
}

/** The shortest day: the one on which clocks go forward. */
const SHORTEST_DAY = 23 * 3_600_000;

/** What takes a day or more says little by the hour, so it stands above the hours. */
export function takesDays({ start, end }: Span): boolean {
  return end - start >= SHORTEST_DAY;
}

/** Gives each item the first lane that is free over all of its columns; what touches none of them is left out. */
export function layAcross<T extends Span>(items: readonly T[], columns: readonly Span[]): Across<T>[] {
  const ends: number[] = [];
  const whole: Span = { start: columns[0]?.start ?? 0, end: columns.at(-1)?.end ?? 0 };
  return items
    .filter((it) => overlaps(it, whole))
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map((item) => {
      const first = columns.findIndex((it) => overlaps(it, item));
      const last = columns.findLastIndex((it) => overlaps(it, item));
      const free = ends.findIndex((end) => end < first);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = last;
      return { item, first, last, lane, isCutBefore: item.start < whole.start, isCutAfter: item.end > whole.end };
    });
}
