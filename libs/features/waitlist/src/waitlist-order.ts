import { addMinutes, type Interval } from '@berth/kernel';

/** How long one has to answer. */
export const OFFER_MINUTES = 30;

/** An offer ends with the start of what is offered, but leaves a minute to answer. */
export function offerUntil(now: Date, start: Date): Date {
  const most = addMinutes(now, OFFER_MINUTES).getTime();
  return new Date(Math.min(most, Math.max(start.getTime(), addMinutes(now, 1).getTime())));
}

/** All the time that would do, as far as the flexibility reaches. */
export const reach = (wish: Interval, flexMinutes: number): Interval => ({
  start: addMinutes(wish.start, -flexMinutes),
  end: addMinutes(wish.end, flexMinutes),
});
