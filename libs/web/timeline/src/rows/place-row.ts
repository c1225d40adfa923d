import { xOf, type TimeScale } from '../time/time-scale';
import { stateOf, type Bar, type BarState, type Blackout, type Span } from './bar';
import type { RowContent } from './row-board';
import { EDGE_REACH, type PixelSpan } from './viewport';

/** A bar with its place in the row; lengths in pixels from the left edge of the scale and the top of the row. */
export interface PlacedBar {
  readonly id: string;
  readonly bar: Bar;
  readonly state: BarState;
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
  /** Widths of the buffers attached on either side. */
  readonly before: number;
  readonly after: number;
  /** Goes on beyond the period shown. */
  readonly cutStart: boolean;
  readonly cutEnd: boolean;
  readonly isMine: boolean;
  readonly flashes: boolean;
  readonly hasText: boolean;
  /** Long, and about to leave on the left: its text stays in view meanwhile. */
  readonly keepsText: boolean;
}

/** Bars that found no lane, told as a number. */
export interface PlacedRest {
  readonly x: number;
  readonly count: number;
}

export interface PlacedBlackout extends Pick<Blackout, 'reason' | 'assigned'> {
  readonly x: number;
  readonly width: number;
}

/** Bars too thin for an element of their own, drawn together. */
export interface Sliver {
  readonly state: BarState;
  /** SVG path, in pixels from the left edge of the scale. */
  readonly path: string;
}

export interface PlacedRow {
  readonly bars: readonly PlacedBar[];
  readonly rests: readonly PlacedRest[];
  readonly slivers: readonly Sliver[];
  readonly blackouts: readonly PlacedBlackout[];
  /** SVG path of the closed hours, empty when there are none. */
  readonly closed: string;
  /** SVG path of the time whose bars are still on their way. */
  readonly unknown: string;
}

export interface Placing {
  readonly scale: TimeScale;
  /** What is rendered; bars outside are left out. */
  readonly span: PixelSpan;
  readonly rowHeight: number;
  /** Bars thinner than this share one element. */
  readonly leastWidth: number;
}

/** Lanes a row shows before it counts the rest. */
const LANES = 3;
const LANE_GAP = 1;
/** Narrower bars would only show the beginning of a word. */
const TEXT_FROM = 34;
/** Of shorter bars the other end says as much. Text that stays costs the browser a layer of its own, for each frame that is drawn. */
const KEEPS_TEXT_FROM = 160;

interface Laned {
  readonly bar: Bar;
  lane: number;
  cluster: { lanes: number };
}

/** Where everything of one row goes. */
export function placeRow(row: RowContent, placing: Placing): PlacedRow {
  const { scale, span } = placing;
  const visible = row.bars.filter((it) => it.heldStart < scale.end && scale.start < it.heldEnd);
  const bars: PlacedBar[] = [];
  const thin = new Map<BarState, string>();
  const rests = new Map<{ lanes: number }, PlacedRest>();

  for (const laned of assignLanes(visible)) {
    const x = xOf(scale, laned.bar.start);
    const end = xOf(scale, laned.bar.end);
    if (end < span.from || x > span.to) continue;
    if (laned.lane >= LANES) {
      const rest = rests.get(laned.cluster);
      rests.set(laned.cluster, { x: rest ? rest.x : x, count: (rest?.count ?? 0) + 1 });
      continue;
    }
    const placed = placeBar(laned, x, Math.max(1.5, end - x), row, placing);
    if (placed.width < placing.leastWidth)
      thin.set(placed.state, (thin.get(placed.state) ?? '') + rectangle(x, placed.y, placed.width, placed.height));
    else bars.push(placed);
  }
  return {
    bars,
    rests: [...rests.values()],
    slivers: [...thin].map(([state, path]) => ({ state, path })),
    blackouts: row.blackouts
      .filter((it) => isIn(it, scale, span))
      .map((it) => ({ ...extent(it, scale), reason: it.reason, assigned: it.assigned })),
    closed: pathOf(row.closed, placing),
    unknown: pathOf(missing(row.loaded, scale), placing),
  };
}

/** Least widths to try, from every bar its own element to none. */
const WIDTHS = [0, 4, 8, 14, 24, 48, 96, 400, Infinity];

interface Counted {
  readonly scale: TimeScale;
  readonly span: PixelSpan;
  /** Elements the row takes at each of `WIDTHS`. */
  readonly elements: readonly number[];
}

const counts = new WeakMap<RowContent, Counted>();

/**
 * The least width at which the rows stay within the budget of elements. Bounding the number keeps scrolling even, however
 * many bookings a row has and however far one zooms out.
 */
export function leastWidthFor(rows: readonly RowContent[], scale: TimeScale, span: PixelSpan, budget: number): number {
  const counted = rows.map((it) => countElements(it, scale, span));
  return WIDTHS.find((_, index) => counted.reduce((sum, it) => sum + it[index]!, 0) <= budget) ?? Infinity;
}

/** Remembered for each content, so that a change of one row counts one row again. */
function countElements(row: RowContent, scale: TimeScale, span: PixelSpan): readonly number[] {
  const known = counts.get(row);
  if (known && known.scale === scale && known.span === span) return known.elements;
  const elements = WIDTHS.map(() => 0);
  for (const bar of row.bars) {
    if (bar.end <= scale.start || bar.start >= scale.end) continue;
    const x = xOf(scale, bar.start);
    const end = xOf(scale, bar.end);
    if (end < span.from || x > span.to) continue;
    const width = Math.max(1.5, end - x);
    for (let index = 0; index < WIDTHS.length && width >= WIDTHS[index]!; index++) elements[index]! += width >= TEXT_FROM ? 2 : 1;
  }
  counts.set(row, { scale, span, elements });
  return elements;
}

/** Greedy colouring of the spans each bar blocks; bars that touch no other stand alone at full height. */
function assignLanes(bars: readonly Bar[]): Laned[] {
  const result: Laned[] = [];
  let ends: number[] = [];
  let cluster = { lanes: 1 };
  for (const bar of bars) {
    if (ends.every((end) => end <= bar.heldStart)) {
      ends = [];
      cluster = { lanes: 1 };
    }
    const free = ends.findIndex((end) => end <= bar.heldStart);
    const lane = free >= 0 ? free : ends.length;
    ends[lane] = bar.heldEnd;
    cluster.lanes = Math.max(cluster.lanes, lane + 1);
    result.push({ bar, lane, cluster });
  }
  return result;
}

function placeBar(laned: Laned, x: number, width: number, row: RowContent, placing: Placing): PlacedBar {
  const { scale, span, rowHeight } = placing;
  const { bar } = laned;
  const lanes = Math.min(laned.cluster.lanes, LANES);
  const pad = rowHeight >= 40 && lanes === 1 ? 5 : 3;
  const height = (rowHeight - 1 - 2 * pad - (lanes - 1) * LANE_GAP) / lanes;
  return {
    id: bar.id,
    bar,
    state: row.sent.has(bar.id) ? 'sent' : stateOf(bar),
    x,
    width: Math.max(1.5, width - 1),
    y: pad + laned.lane * (height + LANE_GAP),
    height,
    before: x - xOf(scale, bar.heldStart),
    after: xOf(scale, bar.heldEnd) - xOf(scale, bar.end),
    cutStart: bar.start < scale.start,
    cutEnd: bar.end > scale.end,
    isMine: bar.mine,
    flashes: row.flashing.has(bar.id),
    hasText: width >= TEXT_FROM && height >= 13,
    keepsText: width >= KEEPS_TEXT_FROM && x < span.from + EDGE_REACH,
  };
}

function pathOf(spans: readonly Span[], { scale, span, rowHeight }: Placing): string {
  let path = '';
  for (const it of spans) {
    if (!isIn(it, scale, span)) continue;
    const { x, width } = extent(it, scale);
    const from = Math.max(x, span.from);
    path += rectangle(from, 0, Math.min(x + width, span.to) - from, rowHeight);
  }
  return path;
}

function missing(loaded: readonly Span[], scale: TimeScale): Span[] {
  const gaps: Span[] = [];
  let from = scale.start;
  for (const span of loaded) {
    if (span.start > from) gaps.push({ start: from, end: Math.min(span.start, scale.end) });
    from = Math.max(from, span.end);
  }
  if (from < scale.end) gaps.push({ start: from, end: scale.end });
  return gaps;
}

function isIn(it: Span, scale: TimeScale, span: PixelSpan): boolean {
  return it.start < scale.end && scale.start < it.end && xOf(scale, it.end) > span.from && xOf(scale, it.start) < span.to;
}

function extent(it: Span, scale: TimeScale): { x: number; width: number } {
  const x = xOf(scale, it.start);
  return { x, width: xOf(scale, it.end) - x };
}

function rectangle(x: number, y: number, width: number, height: number): string {
  const round = (value: number) => Math.round(value * 10) / 10;
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${-round(width)}z`;
}
