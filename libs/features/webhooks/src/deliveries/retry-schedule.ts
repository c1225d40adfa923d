const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** When attempts are made, from the first one on; afterwards the delivery is exhausted. */
export const ATTEMPTS_AT: readonly number[] = [
  ...[0, 5 * SECOND, 5 * MINUTE, 30 * MINUTE],
  ...[2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR],
];
const JITTER = 0.2;
/** An attempt that was itself slow is not followed at once. */
const LEAST_PAUSE = 4 * SECOND;
/** An endpoint that has just failed is left in peace for a moment; never so long that it would move the second attempt of a message. */
const SHORTEST_REST = SECOND / 4;
const LONGEST_OWN_REST = LEAST_PAUSE;
/** The longest a receiver may ask us to wait. */
const LONGEST_REST = 24 * HOUR;
/** For so long nothing may have arrived before an endpoint is disabled. */
export const DISABLED_AFTER = 5 * 24 * HOUR;

/** What the next attempt depends on. */
export interface Failed {
  readonly firstAttemptAt: Date;
  /** Attempts made so far. */
  readonly attempts: number;
  readonly now: Date;
  /** Until when the receiver asked for time, where it did. */
  readonly retryAfter?: Date;
  /** From 0 to 1: where in the span of the jitter. */
  readonly chance: number;
}

/**
 * When to try again: `ATTEMPTS_AT` after the first attempt, by up to a fifth of the pause earlier or later, so that what failed together
 * does not come back together; never before the receiver wants it.
 * @returns undefined when there is no attempt left
 */
export function nextAttempt({ firstAttemptAt, attempts, now, retryAfter, chance }: Failed): Date | undefined {
  const planned = ATTEMPTS_AT[attempts];
  const before = ATTEMPTS_AT[attempts - 1];
  if (planned === undefined || before === undefined) return undefined;
  const jitter = (planned - before) * JITTER * (2 * chance - 1);
  const earliest = now.getTime() + LEAST_PAUSE;
  return new Date(Math.round(Math.max(firstAttemptAt.getTime() + planned + jitter, earliest, retryAfter?.getTime() ?? 0)));
}

/**
 * Until when nothing more is sent to an endpoint after a failure: as long again as it has been failing, from a quarter of a second to four,
 * so that what waits for a dead receiver is no work, and a single failure among successes hardly a pause.
 */
export function restUntil(failingSince: Date, now: Date): Date {
  const failing = now.getTime() - failingSince.getTime();
  return new Date(now.getTime() + Math.min(Math.max(failing, SHORTEST_REST), LONGEST_OWN_REST));
}

/**
 * `Retry-After` (RFC 9110 §10.2.3): seconds or a date; a day at most.
 * @returns undefined when it says nothing that lies ahead
 */
export function retryAfterOf(header: string | null, now: Date): Date | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  const at = /^\d{1,9}$/.test(text) ? now.getTime() + Number(text) * SECOND : Date.parse(text);
  if (Number.isNaN(at) || at <= now.getTime()) return undefined;
  return new Date(Math.min(at, now.getTime() + LONGEST_REST));
}
