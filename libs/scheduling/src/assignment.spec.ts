import { keptFrom, timeOfDays, type Assignment } from './assignment';
import { availableSlots } from './availability';
import { judge } from './judge';
import type { Wish } from './rules';
import { onResource, PARIS, local, someTerms, span } from './testing';

const ada = { id: 'ada', displayName: 'Ada Lovelace' };
const now = local('2027-03-22T08:00');
const hers = (more: Partial<Assignment> = {}): Assignment => ({
  person: ada,
  start: local('2027-03-22T00:00'),
  shared: [],
  source: onResource,
  ...more,
});
const wish = (start: string, end: string, personId?: string): Wish => ({ ...span(start, end), quantity: 1, ...(personId && { personId }) });
const rulesOf = (assignments: readonly Assignment[], it: Wish): string[] =>
  judge(someTerms({ assignments }), it, now).violations.map((broken) => broken.rule);

describe('What is assigned to a person', () => {
  it('is refused to others and to whoever does not say who they are, and not to that person', () => {
    const morning = ['2027-03-22T10:00', '2027-03-22T11:00'] as const;

    expect(rulesOf([hers()], wish(...morning, 'ada'))).toEqual([]);
    expect(rulesOf([hers()], wish(...morning, 'grace'))).toEqual(['assigned']);
    expect(rulesOf([hers()], wish(...morning))).toEqual(['assigned']);
  });

  it('is everybody’s before it begins and after it ends, up to the very instant', () => {
    const lent = [hers({ start: local('2027-03-22T10:00'), end: local('2027-03-22T12:00') })];

    expect(rulesOf(lent, wish('2027-03-22T09:00', '2027-03-22T10:00', 'grace'))).toEqual([]);
    expect(rulesOf(lent, wish('2027-03-22T09:00', '2027-03-22T10:15', 'grace'))).toEqual(['assigned']);
    expect(rulesOf(lent, wish('2027-03-22T11:45', '2027-03-22T12:15', 'grace'))).toEqual(['assigned']);
    expect(rulesOf(lent, wish('2027-03-22T12:00', '2027-03-22T13:00', 'grace'))).toEqual([]);
  });

  it('is everybody’s on a shared day, by the clock of the resource and for as long as that day is', () => {
    // Clocks go forward that Sunday: the day has 23 hours.
    const shared = timeOfDays(['2027-03-28'], PARIS);
    const lent = [hers({ shared })];

    expect(shared).toEqual([{ start: new Date('2027-03-27T23:00:00Z'), end: new Date('2027-03-28T22:00:00Z') }]);
    expect(rulesOf(lent, wish('2027-03-28T00:00', '2027-03-28T23:45', 'grace'))).toEqual([]);
    expect(rulesOf(lent, wish('2027-03-28T23:00', '2027-03-29T00:15', 'grace'))).toEqual(['assigned']);
  });

  it('is refused by each whose it is: of a hall with two halves nobody has both', () => {
    const halves = [hers(), hers({ person: { id: 'bob', displayName: 'Bob' } })];
    const time = ['2027-03-22T10:00', '2027-03-22T11:00'] as const;

    expect(rulesOf(halves, wish(...time, 'ada'))).toEqual(['assigned']);
    expect(rulesOf(halves, wish(...time, 'grace'))).toEqual(['assigned', 'assigned']);
  });

  it('stays to who has reserved it before: less of that time is no new time, more of it is', () => {
    const former = span('2027-03-22T10:00', '2027-03-22T12:00');

    expect(rulesOf([hers()], { ...wish('2027-03-22T10:00', '2027-03-22T11:00', 'grace'), former })).toEqual([]);
    expect(rulesOf([hers()], { ...wish('2027-03-22T10:00', '2027-03-22T12:15', 'grace'), former })).toEqual(['assigned']);
  });

  it('says whose it is only to those who may know, and what would be allowed to everybody', () => {
    const terms = someTerms({ assignments: [hers({ end: local('2027-03-22T12:00') })] });
    const wanted = wish('2027-03-22T11:00', '2027-03-22T12:00', 'grace');

    const [told] = judge(terms, { ...wanted, mayKnowWhose: true }, now).violations;
    const [hidden] = judge(terms, wanted, now).violations;

    expect(told).toMatchObject({ person: ada, detail: 'It is assigned to Ada Lovelace then.' });
    expect(JSON.stringify(hidden)).not.toMatch(/ada|lovelace/i);
    expect(hidden).toMatchObject({
      rule: 'assigned',
      limit: '2027-03-21T23:00:00Z/2027-03-22T11:00:00Z',
      suggestion: { action: 'start-at', patch: { start: '2027-03-22T11:00:00Z', end: '2027-03-22T12:00:00Z' } },
    });
  });

  it('offers others the slots of shared days only, and its person all of them', () => {
    const terms = someTerms({ assignments: [hers({ shared: timeOfDays(['2027-03-23'], PARIS) })] });
    const query = { window: span('2027-03-22T10:00', '2027-03-24T00:00'), minutes: 60, busy: [], now };
    const days = (personId: string) =>
      new Set([...availableSlots(terms, { ...query, personId })].map((it) => it.start.toISOString().slice(0, 10)));

    expect([...days('grace')]).toEqual(['2027-03-22', '2027-03-23']);
    expect([...availableSlots(terms, { ...query, personId: 'grace' })][0]?.start).toEqual(local('2027-03-23T00:00'));
    expect([...availableSlots(terms, { ...query, personId: 'ada' })][0]?.start).toEqual(local('2027-03-22T10:00'));
  });

  it('takes no time from a window it does not touch', () => {
    const over = hers({ start: local('2027-03-20T00:00'), end: local('2027-03-21T00:00') });

    expect(keptFrom([over], 'grace', span('2027-03-22T00:00', '2027-03-23T00:00'))).toEqual([]);
    expect(keptFrom([hers({ start: local('2027-04-01T00:00') })], 'grace', span('2027-03-22T00:00', '2027-03-23T00:00'))).toEqual([]);
  });
});
