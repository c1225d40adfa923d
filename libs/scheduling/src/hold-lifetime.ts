import { MINUTE } from '@berth/kernel';

/** A hold lives this long from its creation or its last refresh. */
export const HOLD_SECONDS = 60;

/** Clients refresh this often, so that one lost request does not lose the hold. */
export const HOLD_REFRESH_SECONDS = 25;

/** However often it is refreshed, a hold ends this long after its creation. */
export const HOLD_LIMIT_MINUTES = 5;

/** Until when a hold created or refreshed now is valid. */
export function holdUntil(createdAt: Date, now: Date): Date {
  const refreshed = now.getTime() + HOLD_SECONDS * 1000;
  const limit = createdAt.getTime() + HOLD_LIMIT_MINUTES * MINUTE;
  return new Date(Math.min(refreshed, limit));
}

/**
 * Until when a hold is valid that is refreshed now: never less than before, as some were given longer than a form takes
 * (the offer of a waitlist), and refreshing those gives them nothing.
 */
export function refreshedUntil(createdAt: Date, until: Date, now: Date): Date {
  return new Date(Math.max(until.getTime(), holdUntil(createdAt, now).getTime()));
}

/** Whether the hold still blocks others. */
export function isHoldAlive(until: Date, now: Date): boolean {
  return now.getTime() < until.getTime();
}
