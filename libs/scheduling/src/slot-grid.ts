import { MINUTE, addMinutes, minuteOfDay, offsetMinutes } from '@berth/kernel';

/**
 * The instants at which reservations may start and end: whole multiples of the step since 00:00 on the clock of the
 * zone. Counting by the clock keeps 09:00 a slot on the days that have 23 or 25 hours.
 */
export interface SlotGrid {
  /** Minutes, 1 to 1440. */
  readonly step: number;
  readonly timeZone: string;
}

export function isOnGrid(grid: SlotGrid, instant: Date): boolean {
  return instant.getTime() % MINUTE === 0 && minuteOfDay(instant, grid.timeZone) % grid.step === 0;
}

/** The last slot boundary at or before the instant. */
export function slotAtOrBefore(grid: SlotGrid, instant: Date): Date {
  const minute = new Date(Math.floor(instant.getTime() / MINUTE) * MINUTE);
  const past = minuteOfDay(minute, grid.timeZone) % grid.step;
  return settle(grid, minute, addMinutes(minute, -past), -1);
}

/** The first slot boundary at or after the instant. */
export function slotAtOrAfter(grid: SlotGrid, instant: Date): Date {
  const minute = new Date(Math.ceil(instant.getTime() / MINUTE) * MINUTE);
  const clock = minuteOfDay(minute, grid.timeZone);
  // The last step of a day is cut short where the step does not divide it: midnight is always a boundary.
  const next = Math.min(Math.ceil(clock / grid.step) * grid.step, 1440);
  return settle(grid, minute, addMinutes(minute, next - clock), 1);
}

/** The boundary next to the instant, the earlier of two equally near ones. */
export function nearestSlot(grid: SlotGrid, instant: Date): Date {
  const before = slotAtOrBefore(grid, instant);
  const after = slotAtOrAfter(grid, instant);
  return after.getTime() - instant.getTime() < instant.getTime() - before.getTime() ? after : before;
}

/** Arithmetic holds unless clocks change on the way; then the boundary is looked for minute by minute. */
function settle(grid: SlotGrid, from: Date, guess: Date, direction: 1 | -1): Date {
  if (offsetMinutes(from, grid.timeZone) === offsetMinutes(guess, grid.timeZone)) return guess;
  let at = from;
  while (!isOnGrid(grid, at)) at = addMinutes(at, direction);
  return at;
}
