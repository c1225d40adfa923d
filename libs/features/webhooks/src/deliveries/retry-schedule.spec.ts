import fc from 'fast-check';
import { ATTEMPTS_AT, nextAttempt, restUntil, retryAfterOf } from './retry-schedule';

const begin = new Date('2026-12-07T12:00:00Z');
const after = (milliseconds: number): Date => new Date(begin.getTime() + milliseconds);
const clockTexts = ['0 s', '5 s', '5 min', '30 min', '2 h', '5 h', '10 h', '14 h', '20 h', '24 h'];
const unit = { s: 1_000, min: 60_000, h: 3_600_000 };
const inWords = (text: string): number => {
  const [n, of] = text.split(' ');
  return Number(n) * unit[of as keyof typeof unit];
};

/** When attempts are made where each fails at once. */
function timeline(chance: () => number): number[] {
  const times = [0];
  for (let now = begin; ;) {
    const next = nextAttempt({ firstAttemptAt: begin, attempts: times.length, now, chance: chance() });
    if (!next) return times;
    times.push(next.getTime() - begin.getTime());
    now = next;
  }
}

describe('The retry schedule', () => {
  it('is that of the document', () => {
    expect(timeline(() => 0.5)).toEqual(clockTexts.map(inWords));
    expect(ATTEMPTS_AT).toHaveLength(10);
  });

  it('keeps each attempt within a fifth of its time, and in order, whatever the chance', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 }), (chances) => {
        const times = timeline(() => chances.pop() ?? 0.5);
        times.forEach((it, n) => expect(Math.abs(it - (ATTEMPTS_AT[n] ?? 0))).toBeLessThanOrEqual(0.2 * (ATTEMPTS_AT[n] ?? 0)));
        expect(times).toEqual([...times].sort((a, b) => a - b));
      }),
    );
  });

  it('gives the receiver the time it asks for, and never goes on at once after a slow attempt', () => {
    const failed = { firstAttemptAt: begin, attempts: 1, chance: 0.5 };
    expect(nextAttempt({ ...failed, now: after(15_000) })).toEqual(after(19_000));
    expect(nextAttempt({ ...failed, now: begin, retryAfter: after(90_000) })).toEqual(after(90_000));
    expect(nextAttempt({ ...failed, now: begin, retryAfter: after(1) })).toEqual(after(5_000));
  });

  it('leaves who fails in peace as long again as they have been failing, and moves no second attempt by it', () => {
    const rests = [0, 100, 1_000, 3_000, 86_400_000].map(
      (failing) => restUntil(begin, after(failing)).getTime() - after(failing).getTime(),
    );
    expect(rests).toEqual([250, 250, 1_000, 3_000, 4_000]);
    const second = nextAttempt({ firstAttemptAt: begin, attempts: 1, now: begin, chance: 0 });
    expect(restUntil(after(-86_400_000), begin)).toEqual(second);
  });

  it.each([
    ['120', 120_000],
    ['Mon, 07 Dec 2026 12:10:00 GMT', 600_000],
    ['999999999', 86_400_000],
  ])('reads Retry-After: %s', (header, milliseconds) => expect(retryAfterOf(header, begin)).toEqual(after(milliseconds)));
  it.each([null, '', 'soon', '-5', '0', '1e9', 'Mon, 07 Dec 2026 11:00:00 GMT'])('makes nothing of Retry-After: %s', (header) =>
    expect(retryAfterOf(header, begin)).toBeUndefined(),
  );
});
