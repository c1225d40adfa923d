/** A half-open stretch `[start, end)` in epoch milliseconds. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where something stands in a column that shows a day, as shares of its height and width. */
export interface Laid<T> {
  readonly item: T;
  readonly top: number;
  readonly height: number;
  readonly left: number;
  readonly width: number;
  /** It began before the column, or goes on after it. */
  readonly isCutAbove: boolean;
  readonly isCutBelow: boolean;
}

/** Less than this nobody can point at, so short ones count as so long when lanes are given out. */
const LEAST = 0.018;

/**
 * Lays out what overlaps side by side: those that touch in time share the width evenly, in the order they begin. What lies
 * outside of the column is left out.
 */
export function layDay<T extends Span>(items: readonly T[], column: Span): Laid<T>[] {
  const length = column.end - column.start;
  const inside = items.filter((it) => it.start < column.end && it.end > column.start).sort((a, b) => a.start - b.start || b.end - a.end);
  const laid: Laid<T>[] = [];
  let cluster: { item: T; lane: number; top: number; bottom: number }[] = [];
  let lanes: number[] = [];
  const flush = (): void => {
    for (const { item, lane, top, bottom } of cluster) {
      laid.push({
        item,
        top,
        height: bottom - top,
        left: lane / lanes.length,
        width: 1 / lanes.length,
        isCutAbove: item.start < column.start,
        isCutBelow: item.end > column.end,
      });
    }
    cluster = [];
    lanes = [];
  };
  for (const item of inside) {
    const top = (Math.max(item.start, column.start) - column.start) / length;
    const bottom = Math.max(top + LEAST, (Math.min(item.end, column.end) - column.start) / length);
    if (cluster.length > 0 && lanes.every((it) => it <= top)) flush();
    const free = lanes.findIndex((it) => it <= top);
    const lane = free < 0 ? lanes.length : free;
    lanes[lane] = bottom;
    cluster.push({ item, lane, top, bottom });
  }
  flush();
  return laid;
}
