/** Failures from one source after which it has to wait. */
const FAILURES = 5;
/** How long a failure counts. */
const WINDOW_MS = 15 * 60_000;
/** An attempt that has told nothing for so long died with its process. */
const LOST_MS = 60_000;

/** What is known of one name and source: failures that count, and attempts whose end is not known yet. */
export interface Attempts {
  readonly failedAt: readonly Date[];
  readonly tryingAt: readonly Date[];
}

/** Whether one more may try now; `wait` while those that are trying decide it, `locked` until an instant. */
export type Verdict =
  { readonly kind: 'try'; readonly attempts: Attempts } | { readonly kind: 'wait' } | { readonly kind: 'locked'; readonly until: Date };

/**
 * Five failures in a quarter of an hour, however many try at once: an attempt takes its place before it is looked at.
 * A lock ends when the oldest of the failures no longer counts.
 */
export function judgeAttempt(known: Attempts, now: Date): Verdict {
  const { failedAt, tryingAt } = counting(known, now);
  const [oldest] = failedAt;
  if (oldest && failedAt.length >= FAILURES) return { kind: 'locked', until: new Date(oldest.getTime() + WINDOW_MS) };
  if (failedAt.length + tryingAt.length >= FAILURES) return { kind: 'wait' };
  return { kind: 'try', attempts: { failedAt, tryingAt: [...tryingAt, now] } };
}

/** How an attempt ended; `withdrawn` counts neither for nor against. */
export type Outcome = 'failed' | 'succeeded' | 'withdrawn';

/** What is known once the attempt that began at `begun` has ended; one that succeeds clears what failed before. */
export function afterAttempt(known: Attempts, begun: Date, outcome: Outcome, now: Date): Attempts {
  const { failedAt, tryingAt } = counting(known, now);
  const mine = tryingAt.findIndex((it) => it.getTime() === begun.getTime());
  const others = tryingAt.filter((_, place) => place !== mine);
  const failed = { failed: [...failedAt, now].slice(-FAILURES), succeeded: [], withdrawn: failedAt };
  return { failedAt: failed[outcome], tryingAt: others };
}

const counting = ({ failedAt, tryingAt }: Attempts, now: Date): Attempts => ({
  failedAt: failedAt.filter((it) => it.getTime() > now.getTime() - WINDOW_MS).sort((a, b) => a.getTime() - b.getTime()),
  tryingAt: tryingAt.filter((it) => it.getTime() > now.getTime() - LOST_MS),
});

/** Rows nobody has touched since then say nothing any more. */
export const forgottenBefore = (now: Date): Date => new Date(now.getTime() - WINDOW_MS);
