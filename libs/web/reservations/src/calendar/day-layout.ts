import type { Span } from '@berth/web/booking';

/** Where something stands in a column that shows a day: shares of its height, and of the width that bars have. */
export interface Laid<T> {
  readonly item: T;
  readonly top: number;
  readonly height: number;
  readonly left: number;
  readonly width: number;
  /** Beside it stands what there is no room for, so bars leave the edge of the column to that. */
  readonly isBesideMore: boolean;
  /** It began before the column, or goes on after it. */
  readonly isCutAbove: boolean;
  readonly isCutBelow: boolean;
}

/** What overlaps and has no room, as one stretch at the edge of the column. */
export interface More<T> {
  /** By start. */
  readonly items: readonly T[];
  readonly top: number;
  readonly height: number;
}

export interface DayLayout<T> {
  /** By start. */
  readonly bars: readonly Laid<T>[];
  readonly more: readonly More<T>[];
}

/** How many bars a column has room for side by side, at least one each. */
export interface Room {
  readonly alone: number;
  /** Where the edge of the column is left to what has no room. */
  readonly besideMore: number;
}

/** Less than this nobody can point at, so short ones count as so long when lanes are given out. */
const LEAST = 0.018;

interface Placed<T> {
  readonly item: T;
  readonly top: number;
  readonly bottom: number;
  lane: number;
}

/**
 * Lays out one day. What overlaps shares the width and spreads into lanes that are free beside it. Where there is no room for all,
 * as many as can be are shown: of those that are in each other's way the one that lasts longest gives way. What lies outside of the
 * column is left out.
 */
export function layDay<T extends Span>(items: readonly T[], column: Span, room: Room): DayLayout<T> {
  const bars: Laid<T>[] = [];
  const more: More<T>[] = [];
  for (const cluster of clustersOf(placesIn(items, column))) {
    const all = pack(cluster, Infinity);
    const isCrowded = all.lanes > room.alone;
    const { shown, hidden, lanes } = isCrowded ? pack(cluster, room.besideMore) : all;
    bars.push(...shown.map((it) => laid(it, shown, { lanes, column, isBesideMore: isCrowded })));
    more.push(...clustersOf(hidden).map(stretchOf));
  }
  return { bars, more };
}

function placesIn<T extends Span>(items: readonly T[], column: Span): Placed<T>[] {
  const share = (at: number): number => (Math.min(Math.max(at, column.start), column.end) - column.start) / (column.end - column.start);
  return items
    .filter((it) => it.start < column.end && it.end > column.start)
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map((item) => {
      // What is too short to point at near midnight grows upwards.
      const top = Math.min(share(item.start), 1 - LEAST);
      return { item, top, bottom: Math.max(top + LEAST, share(item.end)), lane: 0 };
    })
    .sort((a, b) => a.top - b.top);
}

/** Parts what is sorted by its top into groups that share no time. */
function clustersOf<T>(places: readonly Placed<T>[]): Placed<T>[][] {
  const clusters: Placed<T>[][] = [];
  let bottom = -Infinity;
  for (const place of places) {
    if (place.top >= bottom) clusters.push([]);
    clusters.at(-1)!.push(place);
    bottom = Math.max(bottom, place.bottom);
  }
  return clusters;
}

/** Gives out lanes; letting the longest go on whenever all are taken leaves the fewest out (Faigle and Nawijn, 1995). */
function pack<T>(cluster: readonly Placed<T>[], lanesAtMost: number) {
  const lanes: Placed<T>[] = [];
  const hidden = new Set<Placed<T>>();
  for (const place of cluster) {
    const free = lanes.findIndex((it) => it.bottom <= place.top);
    if (free < 0 && lanes.length >= lanesAtMost) {
      const last = lanes.reduce((a, b) => (b.bottom > a.bottom ? b : a));
      hidden.add(last.bottom > place.bottom ? last : place);
      if (hidden.has(place)) continue;
      place.lane = last.lane;
    } else {
      place.lane = free < 0 ? lanes.length : free;
    }
    lanes[place.lane] = place;
  }
  return { lanes: lanes.length, shown: cluster.filter((it) => !hidden.has(it)), hidden: cluster.filter((it) => hidden.has(it)) };
}

function laid<T extends Span>(
  place: Placed<T>,
  shown: readonly Placed<T>[],
  { lanes, column, isBesideMore }: { readonly lanes: number; readonly column: Span; readonly isBesideMore: boolean },
): Laid<T> {
  const { item, top, bottom, lane } = place;
  const beside = shown.filter((it) => it.lane > lane && it.top < bottom && it.bottom > top);
  const end = Math.min(lanes, ...beside.map((it) => it.lane));
  return {
    item,
    top,
    height: bottom - top,
    left: lane / lanes,
    width: (end - lane) / lanes,
    isBesideMore,
    isCutAbove: item.start < column.start,
    isCutBelow: item.end > column.end,
  };
}

function stretchOf<T>(places: readonly Placed<T>[]): More<T> {
  const top = places[0]!.top;
  return { items: places.map((it) => it.item), top, height: Math.max(...places.map((it) => it.bottom)) - top };
}
