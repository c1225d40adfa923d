/** A span of rows, end exclusive, with the room of those left out above and below. */
export interface ShownRows {
  readonly first: number;
  readonly end: number;
  /** Pixels of the rows before and after. */
  readonly before: number;
  readonly after: number;
}

/**
 * Where rows of unequal height lie, so that of ten thousand only those in view are drawn. A height is guessed until the row
 * has been seen.
 */
export class RowStack {
  private readonly heights: Float64Array;
  private readonly tops: Float64Array;
  /** Tops up to this row are right. */
  private right = 0;

  constructor(
    readonly count: number,
    guess: (index: number) => number,
  ) {
    this.heights = Float64Array.from({ length: count }, (_, index) => guess(index));
    this.tops = new Float64Array(count + 1);
  }

  /** Tells the height a row has in truth; false when it was known. */
  measure(index: number, height: number): boolean {
    if (index >= this.count || height <= 0 || Math.abs(this.heights[index]! - height) < 0.5) return false;
    this.heights[index] = height;
    this.right = Math.min(this.right, index);
    return true;
  }

  /** Pixels above a row. */
  top(index: number): number {
    for (; this.right < index; this.right++) this.tops[this.right + 1] = this.tops[this.right]! + this.heights[this.right]!;
    return this.tops[index]!;
  }

  height(index: number): number {
    return this.heights[index] ?? 0;
  }

  /** Rows that touch the span of pixels. */
  within(from: number, to: number): ShownRows {
    const total = this.top(this.count);
    const first = Math.min(this.at(from), Math.max(0, this.count - 1));
    const end = Math.min(this.count, this.at(to) + 1);
    const shown = Math.max(first, end);
    return { first, end: shown, before: this.top(first), after: total - this.top(shown) };
  }

  /** The row at a height, by halving. */
  private at(y: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tops[middle + 1]! <= y) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
