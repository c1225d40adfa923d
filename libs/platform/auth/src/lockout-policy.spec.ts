import fc from 'fast-check';
import { afterAttempt, type Attempts, judgeAttempt } from './lockout-policy';

const at = (minutes: number): Date => new Date(Date.UTC(2026, 10, 21, 23) + minutes * 60_000);
const nothing: Attempts = { failedAt: [], tryingAt: [] };
const failed = (...minutes: number[]): Attempts => ({ failedAt: minutes.map(at), tryingAt: [] });

describe('What one source may try', () => {
  it('is locked after five failures until the oldest of them no longer counts', () => {
    expect(judgeAttempt(failed(0, 1, 2, 3, 4), at(5))).toEqual({ kind: 'locked', until: at(15) });
    expect(judgeAttempt(failed(0, 1, 2, 3, 4), at(15)).kind).toBe('try');
  });

  it('may go on after four', () => {
    expect(judgeAttempt(failed(0, 1, 2, 3), at(5)).kind).toBe('try');
  });

  it('waits for those that are trying when their failing would lock it', () => {
    const trying = { failedAt: [at(0), at(1)], tryingAt: [at(2), at(2), at(2)] };

    expect(judgeAttempt(trying, at(2)).kind).toBe('wait');
  });

  it('does not count an attempt that never ended', () => {
    const lost = { failedAt: [], tryingAt: [at(0), at(0), at(0), at(0), at(0)] };

    expect(judgeAttempt(lost, at(2)).kind).toBe('try');
  });

  it('is free again once an attempt has succeeded, and leaves the others their places', () => {
    const known = { failedAt: [at(0), at(1)], tryingAt: [at(2), at(2)] };

    expect(afterAttempt(known, at(2), 'succeeded', at(2.5))).toEqual({ failedAt: [], tryingAt: [at(2)] });
  });

  it('is never looked at more than five times in a quarter of an hour, in whatever order attempts begin and fail', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 400 })), { maxLength: 200 }), (steps) => {
        let known = nothing;
        let clock = at(0).getTime();
        const running: Date[] = [];
        const begun: number[] = [];
        for (const [begins, seconds] of steps) {
          clock += (seconds % 50) * 1000;
          const now = new Date(clock);
          // None is lost here: every attempt ends within its time.
          while (running[0] && clock - running[0].getTime() >= 60_000) known = afterAttempt(known, running.shift()!, 'failed', now);
          const verdict = begins ? judgeAttempt(known, now) : undefined;
          if (verdict?.kind === 'try') {
            known = verdict.attempts;
            running.push(now);
            begun.push(clock);
          } else if (!begins && running.length > 0) known = afterAttempt(known, running.shift()!, 'failed', now);
          expect(known.failedAt.length + known.tryingAt.length).toBeLessThanOrEqual(5);
        }
        for (const first of begun) expect(begun.filter((it) => it >= first && it < first + 15 * 60_000).length).toBeLessThanOrEqual(5);
      }),
    );
  });
});
