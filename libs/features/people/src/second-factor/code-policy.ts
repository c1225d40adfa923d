/** Wrong codes in a quarter of an hour after which no more are looked at in it. */
const GUESSES = 5;
const WINDOW_MS = 15 * 60_000;
/** Wrong codes in a row after which none is looked at, however slowly they come: 5 in 15 minutes alone find one within a year or so. */
export const FAILURES_IN_A_ROW = 100;

/** What is known of the codes somebody gave. */
export interface Guesses {
  readonly failedAt: readonly Date[];
  readonly failuresInARow: number;
}

export type CodeVerdict = { readonly kind: 'look' } | { readonly kind: 'wait'; readonly until: Date } | { readonly kind: 'locked' };

/** Whether a code may be looked at now. */
export function judgeGuess({ failedAt, failuresInARow }: Guesses, now: Date): CodeVerdict {
  if (failuresInARow >= FAILURES_IN_A_ROW) return { kind: 'locked' };
  const counting = countingFailures(failedAt, now);
  const [oldest] = counting;
  if (oldest && counting.length >= GUESSES) return { kind: 'wait', until: new Date(oldest.getTime() + WINDOW_MS) };
  return { kind: 'look' };
}

/** What is known after a wrong code. */
export const afterWrongCode = ({ failedAt, failuresInARow }: Guesses, now: Date): Guesses => ({
  failedAt: [...countingFailures(failedAt, now), now].slice(-GUESSES),
  failuresInARow: Math.min(failuresInARow + 1, FAILURES_IN_A_ROW),
});

const countingFailures = (failedAt: readonly Date[], now: Date): Date[] =>
  failedAt.filter((it) => it.getTime() > now.getTime() - WINDOW_MS).sort((a, b) => a.getTime() - b.getTime());
