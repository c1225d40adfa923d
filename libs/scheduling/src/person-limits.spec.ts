import { effectivePolicy, type PartialPolicy, type PolicyLevel } from './booking-policy';
import type { PersonalClaim } from './personal-claims';
import { brokenLimits, isLateCancellation, type LimitedTerms, limitWindow } from './person-limits';
import { local, PARIS, span } from './testing';

const here = { resourceId: 'r1', typeId: 't1', siteId: 's1' };
const termsOf = (policy: PartialPolicy, level: PolicyLevel = 'resource'): LimitedTerms => ({
  ...here,
  timeZone: PARIS,
  policy: effectivePolicy([{ source: { level, id: 'x', name: 'Lab' }, policy }]),
  quotas: [],
});
const claim = (start: string, end: string, more: Partial<PersonalClaim> = {}): PersonalClaim => ({
  ...here,
  reservationId: 'v1',
  quantity: 1,
  ...span(start, end),
  ...more,
});
const wish = claim('2027-03-22T10:00', '2027-03-22T12:00');

describe('max-concurrent', () => {
  const terms = termsOf({ maxConcurrentPerPerson: 2 });

  it('counts what the person has at the same instant, and only that', () => {
    const touching = [claim('2027-03-22T08:00', '2027-03-22T10:00'), claim('2027-03-22T12:00', '2027-03-22T13:00')];
    const inTurn = [claim('2027-03-22T10:00', '2027-03-22T11:00'), claim('2027-03-22T11:00', '2027-03-22T12:00')];

    expect(brokenLimits(terms, wish, [...touching, ...inTurn])).toEqual([]);
  });

  it('names rule, limit, what it would make and where it was set', () => {
    const others = [claim('2027-03-22T09:00', '2027-03-22T11:00'), claim('2027-03-22T10:30', '2027-03-22T12:00')];

    expect(brokenLimits(terms, wish, others)).toEqual([
      {
        rule: 'max-concurrent',
        limit: '2',
        given: '3',
        source: { level: 'resource', id: 'x', name: 'Lab' },
        detail: 'One person may have 2 at one time of Lab; this would make 3.',
      },
    ]);
  });

  it('counts every unit', () => {
    expect(brokenLimits(terms, { ...wish, quantity: 3 }, [])).toMatchObject([{ given: '3' }]);
  });

  it.each<[PolicyLevel, number]>([
    ['resource', 1],
    ['type', 2],
    ['site', 2],
    ['organization', 4],
  ])('of a %s counts what the person has there', (level, counted) => {
    const others = [
      claim('2027-03-22T10:00', '2027-03-22T11:00'),
      claim('2027-03-22T10:00', '2027-03-22T11:00', { resourceId: 'r2', siteId: 's2' }),
      claim('2027-03-22T10:00', '2027-03-22T11:00', { resourceId: 'r3', typeId: 't2' }),
      claim('2027-03-22T10:00', '2027-03-22T11:00', { resourceId: 'r4', typeId: 't2', siteId: null }),
    ];

    const [violation] = brokenLimits(termsOf({ maxConcurrentPerPerson: 1 }, level), wish, others);

    expect(violation).toMatchObject({ given: String(counted + 1) });
  });

  it('refuses no change that makes nothing worse', () => {
    const others = [claim('2027-03-22T09:00', '2027-03-22T15:00'), claim('2027-03-22T09:00', '2027-03-22T15:00')];

    expect(brokenLimits(terms, wish, others, [claim('2027-03-22T10:00', '2027-03-22T14:00')])).toEqual([]);
    expect(brokenLimits(terms, wish, others, [claim('2027-03-22T15:00', '2027-03-22T16:00')])).toHaveLength(1);
  });
});

describe('max-per-week', () => {
  const terms = termsOf({ maxPerWeekPerPerson: 4 * 60 });

  it('adds up the week of the wish in the zone of the resource', () => {
    const monday = claim('2027-03-22T00:00', '2027-03-22T02:00');
    const before = claim('2027-03-21T20:00', '2027-03-22T00:00');
    const sunday = claim('2027-03-28T23:00', '2027-03-29T02:00');

    expect(brokenLimits(terms, wish, [before, monday])).toEqual([]);
    expect(brokenLimits(terms, wish, [before, monday, sunday])).toMatchObject([{ rule: 'max-per-week', limit: 'PT4H', given: 'PT5H' }]);
  });

  it('looks at each week a long wish touches', () => {
    const long = claim('2027-03-26T12:00', '2027-03-29T05:00');

    expect(limitWindow(terms, long)).toEqual(span('2027-03-22T00:00', '2027-04-05T00:00'));
    expect(brokenLimits(termsOf({ maxPerWeekPerPerson: 4 * 60 }), long, [])).toMatchObject([{ given: 'P2DT11H' }]);
  });

  it('counts the hours that pass on the night clocks change', () => {
    const night = claim('2027-03-28T00:00', '2027-03-28T05:00');

    expect(brokenLimits(terms, night, [])).toEqual([]);
    expect(brokenLimits(terms, night, [claim('2027-03-27T10:00', '2027-03-27T10:15')])).toMatchObject([{ given: 'PT4H15M' }]);
  });
});

describe('a cancellation', () => {
  const policies = [effectivePolicy([{ source: { level: 'resource' }, policy: { cancellationNotice: 60 } }]), effectivePolicy([])];
  const start = local('2027-03-22T10:00');

  it('is late within the longest notice of its resources', () => {
    expect(isLateCancellation(policies, start, local('2027-03-22T09:00'))).toBe(false);
    expect(isLateCancellation(policies, start, local('2027-03-22T09:01'))).toBe(true);
    expect(isLateCancellation([effectivePolicy([])], start, local('2027-03-22T10:30'))).toBe(false);
  });
});
