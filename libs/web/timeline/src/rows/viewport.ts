/** Row height by density, in pixels. */
export const ROW_HEIGHT = { comfortable: 48, default: 40, compact: 30 } as const;
export type Density = keyof typeof ROW_HEIGHT;

/** Height of the line that names a site and floor. */
export const GROUP_HEIGHT = 28;

/** Tops of stacked rows: `tops[i]` is where row i begins, `tops[n]` where the last one ends. */
export interface RowStack {
  readonly tops: Float64Array;
  readonly count: number;
  readonly height: number;
}

/** Half-open range of row indices. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** Half-open range of pixels. */
export interface PixelSpan {
  readonly from: number;
  readonly to: number;
}

export function stackRows(heights: readonly number[]): RowStack {
  const tops = new Float64Array(heights.length + 1);
  heights.forEach((height, index) => (tops[index + 1] = tops[index]! + height));
  return { tops, count: heights.length, height: tops[heights.length]! };
}

/** The row at a height, clamped to the rows there are; -1 when there is none. */
export function rowAt(stack: RowStack, y: number): number {
  let low = 0;
  let high = stack.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stack.tops[middle + 1]! <= y) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, stack.count - 1);
}

/** The rows to render for what is in view, `overscan` more on either side. */
export function rowsWithin(stack: RowStack, top: number, height: number, overscan: number): RowRange {
  if (stack.count === 0) return { first: 0, end: 0 };
  const first = Math.max(0, rowAt(stack, Math.max(0, top)) - overscan);
  const end = Math.min(stack.count, rowAt(stack, Math.max(0, top + height - 1)) + 1 + overscan);
  return { first, end };
}

/** Scrolling re-renders bars only when it crosses one of these. */
const STRIDE = 256;

/** The left edge of what is in view lies at most this far right of where the rendered span begins. */
export const EDGE_REACH = 2 * STRIDE;

/** The pixels to render for what is in view, widened to whole strides so that it changes rarely. */
export function spanWithin(left: number, width: number, total: number, overscan = STRIDE): PixelSpan {
  const from = Math.floor((left - overscan) / STRIDE) * STRIDE;
  const to = Math.ceil((left + width + overscan) / STRIDE) * STRIDE;
  return { from: Math.max(0, from), to: Math.min(Math.max(total, 1), to) };
}

export function isSameRange(a: RowRange, b: RowRange): boolean {
  return a.first === b.first && a.end === b.end;
}

export function isSameSpan(a: PixelSpan, b: PixelSpan): boolean {
  return a.from === b.from && a.to === b.to;
}

/** Where to scroll so that `from`–`to` is in view, leaving the position alone when it is already. */
export function scrollToShow(position: number, size: number, from: number, to: number, margin: number): number {
  if (from - margin < position) return Math.max(0, from - margin);
  if (to + margin > position + size) return to + margin - size;
  return position;
}
