import { addDays, dayIntervals, daysBetween, toInstant, weekdayOf, type Weekday } from '@berth/kernel';

/** How much of the calendar the timeline shows at once. */
export type TimelineView = 'day' | 'work-week' | 'week' | 'month';

export const TIMELINE_VIEWS: readonly TimelineView[] = ['day', 'work-week', 'week', 'month'];

/** Clock hours shown at full width; the nights around them are folded to a sliver. */
export interface DayHours {
  readonly from: number;
  readonly to: number;
}

/** One civil day of the scale: 23, 24 or 25 hours long. All times are epoch milliseconds, all lengths pixels. */
export interface ScaleDay {
  readonly date: string;
  readonly weekday: Weekday;
  readonly start: number;
  readonly end: number;
  readonly x: number;
  readonly width: number;
}

/** A stretch of time drawn at one rate. */
interface ScalePiece {
  readonly start: number;
  readonly end: number;
  readonly x: number;
  readonly width: number;
  readonly folded: boolean;
}

/** The mapping between instants and pixels for one period in one zone. */
export interface TimeScale {
  readonly view: TimelineView;
  readonly zone: string;
  readonly start: number;
  readonly end: number;
  readonly width: number;
  readonly pxPerHour: number;
  readonly days: readonly ScaleDay[];
  readonly pieces: readonly ScalePiece[];
}

export interface ScaleOptions {
  readonly view: TimelineView;
  /** Any civil date of the period. */
  readonly date: string;
  readonly zone: string;
  readonly weekStart: Weekday;
  readonly pxPerHour: number;
  /** Omitted: every hour is drawn at full width. */
  readonly hours?: DayHours;
}

const HOUR = 3_600_000;

/** Width of one folded night half; wide enough to show that something is there. */
export const FOLD_WIDTH = 5;

/** The civil dates the view shows around `date`, in order. */
export function datesOf(view: TimelineView, date: string, weekStart: Weekday): string[] {
  if (view === 'day') return [date];
  if (view === 'month') return datesFrom(monthStart(date), daysBetween(monthStart(date), nextMonth(date)));
  const week = datesFrom(startOfWeek(date, weekStart), 7);
  return view === 'week' ? week : week.filter((it) => weekdayOf(it) <= 5);
}

/** The first day of the week the date lies in. */
export function startOfWeek(date: string, weekStart: Weekday): string {
  return addDays(date, -((weekdayOf(date) - weekStart + 7) % 7));
}

/** The date to show after going one period forward (1) or back (-1); months land on their first day. */
export function stepDate(view: TimelineView, date: string, step: 1 | -1): string {
  if (view === 'day') return addDays(date, step);
  if (view === 'month') return step > 0 ? nextMonth(date) : monthStart(addDays(monthStart(date), -1));
  return addDays(date, step * 7);
}

export function timeScale(options: ScaleOptions): TimeScale {
  const days: ScaleDay[] = [];
  const pieces: ScalePiece[] = [];
  let x = 0;
  for (const date of datesOf(options.view, options.date, options.weekStart)) {
    for (const day of dayIntervals(date, options.zone)) {
      const from = x;
      for (const piece of piecesOfDay(date, day.start.getTime(), day.end.getTime(), options)) {
        const width = piece.folded ? FOLD_WIDTH : ((piece.end - piece.start) / HOUR) * options.pxPerHour;
        pieces.push({ ...piece, x, width });
        x += width;
      }
      days.push({ date, weekday: weekdayOf(date), start: day.start.getTime(), end: day.end.getTime(), x: from, width: x - from });
    }
  }
  const { view, zone, pxPerHour } = options;
  return { view, zone, pxPerHour, days, pieces, width: x, start: days[0]?.start ?? 0, end: days.at(-1)?.end ?? 0 };
}

/** Pixels from the left edge of the scale to the instant; clamped to the scale. */
export function xOf(scale: TimeScale, time: number): number {
  const piece = findPiece(scale.pieces, (it) => it.start <= time);
  if (!piece) return 0;
  const inside = clamp(time - piece.start, piece.end - piece.start);
  return piece.x + (inside / (piece.end - piece.start)) * piece.width;
}

/** The instant at a pixel; clamped to the scale. */
export function timeAt(scale: TimeScale, x: number): number {
  const piece = findPiece(scale.pieces, (it) => it.x <= x);
  if (!piece) return scale.start;
  const inside = clamp(x - piece.x, piece.width);
  return piece.start + (inside / piece.width) * (piece.end - piece.start);
}

/** The day of the scale that holds the instant, the nearest one outside of it. */
export function dayAt(scale: TimeScale, time: number): ScaleDay | undefined {
  return scale.days.find((it) => time < it.end) ?? scale.days.at(-1);
}

/** Pixels an hour takes when `hoursAcross` of them (nights folded) fill the width. */
export function fittingRate(view: TimelineView, date: string, weekStart: Weekday, hours: DayHours | undefined, width: number): number {
  const days = datesOf(view, date, weekStart).length;
  if (!hours) return width / (days * 24);
  return Math.max(1, (width - days * 2 * FOLD_WIDTH) / (days * (hours.to - hours.from)));
}

function piecesOfDay(date: string, start: number, end: number, options: ScaleOptions): Omit<ScalePiece, 'x' | 'width'>[] {
  if (!options.hours) return [{ start, end, folded: false }];
  const opens = clock(date, options.hours.from, options.zone);
  const closes = options.hours.to >= 24 ? end : clock(date, options.hours.to, options.zone);
  return [
    { start, end: opens, folded: true },
    { start: opens, end: closes, folded: false },
    { start: closes, end, folded: true },
  ].filter((it) => it.start < it.end);
}

function clock(date: string, hour: number, zone: string): number {
  return toInstant(`${date}T${String(hour).padStart(2, '0')}:00`, zone).instant.getTime();
}

/** The last piece the test holds for; pieces are in order, so it is found by halving. */
function findPiece(pieces: readonly ScalePiece[], holds: (piece: ScalePiece) => boolean): ScalePiece | undefined {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(pieces[middle]!)) low = middle + 1;
    else high = middle;
  }
  return pieces[Math.max(0, low - 1)];
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}

function datesFrom(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => addDays(first, index));
}

function monthStart(date: string): string {
  return `${date.slice(0, 7)}-01`;
}

function nextMonth(date: string): string {
  return monthStart(addDays(monthStart(date), 31));
}
