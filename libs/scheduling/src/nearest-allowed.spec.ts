import { addMinutes, interval, isSameInterval, parseInstant, type Interval } from '@berth/kernel';
import * as fc from 'fast-check';
import { judge, type Suggestion } from './judge';
import { brokenRules } from './rules';
import { daily, local, onResource, someTerms } from './testing';

const now = local('2027-03-22T08:07');

const after = (wished: Interval, suggestion: Suggestion | undefined): Interval =>
  interval(parseInstant(suggestion?.patch.start ?? '') ?? wished.start, parseInstant(suggestion?.patch.end ?? '') ?? wished.end);

describe('what judge suggests', () => {
  const minutes = (least: number, most: number) => fc.integer({ min: least, max: most });
  const someTimes = fc
    .uniqueArray(minutes(0, 47), { minLength: 2, maxLength: 6 })
    .map((cuts) => cuts.sort((a, b) => a - b).slice(0, cuts.length - (cuts.length % 2)))
    .map((cuts) =>
      cuts.filter((_, index) => index % 2 === 0).map((opens, index) => ({ opens: clock(opens), closes: clock(cuts[2 * index + 1] ?? 48) })),
    );
  const clock = (half: number): string => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`;
  const starts = [now, local('2027-03-28T01:20'), local('2027-10-31T01:20')];

  const aCase = fc.record({
    policy: fc.record({
      minDuration: minutes(1, 120),
      maxDuration: fc.oneof(minutes(60, 600), fc.constant(1440)),
      slotStep: fc.constantFrom(5, 15, 30, 60, 45),
      minNotice: fc.constantFrom(0, 0, 30, 600),
      horizon: minutes(1440, 20 * 1440),
    }),
    times: someTimes,
    blackout: fc.tuple(minutes(-300, 3000), minutes(1, 1000)),
    now: fc.constantFrom(...starts),
    wish: fc.tuple(minutes(-500, 30_000), minutes(1, 2000)),
  });

  const caseOf = (it: typeof aCase extends fc.Arbitrary<infer T> ? T : never) => {
    const start = addMinutes(it.now, it.blackout[0]);
    const terms = someTerms({
      policy: it.policy,
      hours: daily(...it.times),
      blackouts: [{ start, end: addMinutes(start, it.blackout[1]), source: onResource }],
    });
    const wished = addMinutes(it.now, it.wish[0]);
    return { terms, wish: { start: wished, end: addMinutes(wished, it.wish[1]), quantity: 1 }, now: it.now };
  };

  it('breaks no rule, is another period, and is the same for every broken rule', () => {
    fc.assert(
      fc.property(aCase, (it) => {
        const { terms, wish, now } = caseOf(it);

        const { violations, isAllowed } = judge(terms, wish, now);

        expect(isAllowed).toBe(violations.length === 0);
        const suggested = violations.map((violation) => violation.suggestion).filter((suggestion) => suggestion !== undefined);
        for (const suggestion of suggested) {
          const better = after(wish, suggestion);
          expect(brokenRules(terms, { ...better, quantity: 1 }, now)).toEqual([]);
          expect(isSameInterval(better, wish)).toBe(false);
        }
        expect([0, violations.length]).toContain(suggested.length);
      }),
      { numRuns: 300 },
    );
  });

  it('is there whenever trying every slot of three days around finds something, and no further away', () => {
    fc.assert(
      fc.property(aCase, (it) => {
        const { terms, wish, now } = caseOf(it);
        const length = (wish.end.getTime() - wish.start.getTime()) / 60_000;
        const { violations } = judge(terms, wish, now);
        if (violations.length === 0 || length > 300) return;

        const distances = Array.from({ length: 2 * 3 * 288 }, (_, index) => (index - 3 * 288) * 5)
          .map((offset) => ({ offset, start: new Date(Math.floor(addMinutes(wish.start, offset).getTime() / 300_000) * 300_000) }))
          .filter(({ start }) => brokenRules(terms, { start, end: addMinutes(start, length), quantity: 1 }, now).length === 0)
          .map(({ start }) => Math.abs(start.getTime() - wish.start.getTime()));
        if (distances.length === 0) return;

        const [{ suggestion } = { suggestion: undefined }] = violations;
        expect(suggestion).toBeDefined();
        const better = after(wish, suggestion);
        expect(Math.abs(better.start.getTime() - wish.start.getTime())).toBeLessThanOrEqual(Math.min(...distances));
      }),
      { numRuns: 10 },
    );
  });
});
