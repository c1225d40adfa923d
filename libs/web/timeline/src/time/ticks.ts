import { offsetMinutes } from '@berth/kernel';
import { xOf, type TimeScale } from './time-scale';

/** A vertical line of the grid. */
export interface Tick {
  readonly x: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** `day` at midnight; `hour` carries a label; `part` is a line only. */
  readonly kind: 'day' | 'hour' | 'part';
}

const MINUTE = 60_000;

/** Steps between lines, in minutes, finest first. */
const STEPS = [15, 30, 60, 120, 180, 240, 360, 720];

/** The minutes between two lines so that they stay `least` pixels apart. */
export function lineStep(pxPerHour: number, least: number): number {
  return STEPS.find((it) => (it / 60) * pxPerHour >= least) ?? 1440;
}

/**
 * The lines between two pixels. They stand on clock times of the zone, so a day on which clocks change has one hour
 * line less or more and none is drawn at a time that did not exist.
 * @param labelStep minutes between labelled lines
 */
export function ticks(scale: TimeScale, fromX: number, toX: number, step: number, labelStep: number): Tick[] {
  const found: Tick[] = [];
  for (const day of scale.days) {
    if (day.x > toX || day.x + day.width < fromX) continue;
    found.push({ x: day.x, at: day.start, kind: 'day' });
    if (step >= 1440) continue;
    // Half hours, because some zones move their clocks by only that much.
    const stride = Math.min(step, 30) * MINUTE;
    for (let at = day.start + stride; at < day.end; at += stride) {
      const minute = minuteOfDay(at, scale.zone);
      if (minute % step !== 0 || isFolded(scale, at)) continue;
      const x = xOf(scale, at);
      if (x < fromX || x > toX) continue;
      found.push({ x, at, kind: minute % labelStep === 0 ? 'hour' : 'part' });
    }
  }
  return found;
}

/** Minutes the clock of the zone shows since 00:00. */
export function minuteOfDay(time: number, zone: string): number {
  const local = time / MINUTE + offsetMinutes(new Date(time), zone);
  return Math.floor(((local % 1440) + 1440) % 1440);
}

function isFolded(scale: TimeScale, time: number): boolean {
  // The end of the shown hours is a line of its own; what lies inside a folded night is not.
  return scale.pieces.some((it) => it.folded && it.start < time && time < it.end);
}
