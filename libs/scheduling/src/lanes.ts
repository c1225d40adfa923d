import { intersection, isSameInterval, merge, overlaps, type Interval } from '@berth/kernel';
import { colour, type Job } from './lane-colouring';

/** A row of occupancy as lanes see it. */
export interface TakenLane {
  readonly lane: number;
  readonly s: Date;
  readonly e: Date;
  readonly reservationId: string;
  /** The unit was handed out, so its reservation stays on this lane. */
  readonly pinned: boolean;
}

export interface LaneRequest {
  /** The resource has lanes 1 to this; rows on lanes above it are over-booking and not looked at. */
  readonly units: number;
  /**
   * Every row of the leaf that could matter: those that overlap the wished time and all that hang together with them
   * (`clusterOf` says how far they reach), without the rows of a reservation that is being moved.
   */
  readonly taken: readonly TakenLane[];
  /** The time to hold, buffers included. */
  readonly wished: Interval;
  readonly quantity: number;
}

export interface LaneAssignment {
  /** Lanes for the wished time, ascending. */
  readonly lanes: readonly number[];
  /** What has to change lane first, all of it together. */
  readonly moves: readonly LaneMove[];
}

/** All rows of one reservation that are on lane `from` go to lane `to`. */
export interface LaneMove {
  readonly reservationId: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Lanes for a new reservation. Where enough lanes are free it takes those with the tightest idle gap before, which keeps
 * long gaps whole; where only their sum is free it moves reservations that have no unit in hand yet (engine.md §2.4).
 * @returns undefined when the resource has no room for it
 */
export function assignLanes(request: LaneRequest): LaneAssignment | undefined {
  const { units, wished, quantity } = request;
  const taken = request.taken.filter((it) => it.lane <= units);
  const free = lanesFreeIn(units, taken, wished);
  if (free.length >= quantity) return { lanes: tightest(free, taken, wished, quantity), moves: [] };
  if (peak(taken, wished) + quantity > units) return undefined;
  return repacked({ ...request, taken });
}

/** The most lanes taken at one instant of the window. */
export function peak(taken: readonly TakenLane[], window: Interval): number {
  let lanes = 0;
  let most = 0;
  for (const { by } of changesOf(intersections(taken, window))) {
    lanes += by;
    most = Math.max(most, lanes);
  }
  return most;
}

/** The time in which fewer than `quantity` of the units are free, by the number taken at each instant, merged. */
export function crowdedTime(taken: readonly TakenLane[], units: number, quantity: number): Interval[] {
  const crowded: Interval[] = [];
  let lanes = 0;
  let since = -Infinity;
  for (const { at, by } of changesOf(taken.map(spanOf))) {
    if (lanes + quantity > units && since < at) crowded.push({ start: new Date(since), end: new Date(at) });
    lanes += by;
    since = at;
  }
  return merge(crowded);
}

/**
 * From the first to the last instant of all that hangs together with the wished time: rows that overlap it, the other
 * rows of their reservations, rows that overlap those, and so on. Read the rows of this span again until it stays.
 */
export function clusterOf(taken: readonly TakenLane[], wished: Interval): Interval {
  let cluster = wished;
  for (;;) {
    const inside = new Set(taken.filter((it) => overlaps(spanOf(it), cluster)).map((it) => it.reservationId));
    const spans = [cluster, ...taken.filter((it) => inside.has(it.reservationId)).map(spanOf)];
    const start = Math.min(...spans.map((it) => it.start.getTime()));
    const end = Math.max(...spans.map((it) => it.end.getTime()));
    const grown = { start: new Date(start), end: new Date(end) };
    if (isSameInterval(grown, cluster)) return cluster;
    cluster = grown;
  }
}

function lanesFreeIn(units: number, taken: readonly TakenLane[], wished: Interval): number[] {
  const blocked = new Set(taken.filter((it) => overlaps(spanOf(it), wished)).map((it) => it.lane));
  return allLanes(units).filter((it) => !blocked.has(it));
}

function tightest(free: readonly number[], taken: readonly TakenLane[], wished: Interval, quantity: number): number[] {
  const gapBefore = (lane: number): number => {
    const ends = taken.filter((it) => it.lane === lane && it.e.getTime() <= wished.start.getTime()).map((it) => it.e.getTime());
    return wished.start.getTime() - Math.max(-Infinity, ...ends);
  };
  const byGap = free.map((lane) => ({ lane, gap: gapBefore(lane) }));
  // Two lanes never used are equally wide open, and their difference is no number.
  byGap.sort((a, b) => (a.gap === b.gap ? 0 : a.gap - b.gap));
  return byGap
    .slice(0, quantity)
    .map((it) => it.lane)
    .sort((a, b) => a - b);
}

/** New lanes for all that hangs together with the wished time; what is pinned keeps its own. */
function repacked({ units, taken, wished, quantity }: LaneRequest): LaneAssignment | undefined {
  const cluster = clusterOf(taken, wished);
  const jobs = jobsOf(taken.filter((it) => overlaps(spanOf(it), cluster)));
  const wishes: Job[] = Array.from({ length: quantity }, () => ({ spans: [wished] }));
  const lanes = colour([...jobs, ...wishes], units);
  if (!lanes) return undefined;
  const moves = jobs.flatMap(({ reservationId, lane }, index) => {
    const to = lanes[index];
    return to === undefined || to === lane ? [] : [{ reservationId, from: lane, to }];
  });
  return { lanes: lanes.slice(jobs.length).sort((a, b) => a - b), moves };
}

/** A reservation's rows on one lane are one job: days of a long claim and parts of an edited one move together. */
function jobsOf(taken: readonly TakenLane[]): (Job & { reservationId: string; lane: number })[] {
  const byClaim = Map.groupBy(taken, (it) => `${it.lane} ${it.reservationId}`);
  return [...byClaim.values()].flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const { reservationId, lane } = first;
    const pinnedTo = rows.some((it) => it.pinned) ? lane : undefined;
    return [{ reservationId, lane, prefers: lane, pinnedTo, spans: merge(rows.map(spanOf)) }];
  });
}

interface Change {
  readonly at: number;
  readonly by: 1 | -1;
}

/** Comings and goings in order; at one instant who leaves makes room for who comes. */
function changesOf(spans: readonly Interval[]): Change[] {
  const changes = spans.flatMap((it): Change[] => [
    { at: it.start.getTime(), by: 1 },
    { at: it.end.getTime(), by: -1 },
  ]);
  return changes.sort((a, b) => a.at - b.at || a.by - b.by);
}

const intersections = (taken: readonly TakenLane[], window: Interval): Interval[] =>
  taken.map((it) => intersection(spanOf(it), window)).filter((it) => it !== undefined);

const spanOf = ({ s, e }: TakenLane): Interval => ({ start: s, end: e });
const allLanes = (units: number): number[] => Array.from({ length: units }, (_, index) => index + 1);
