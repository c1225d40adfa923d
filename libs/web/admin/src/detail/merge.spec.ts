import { merge, settle } from './merge';
import type { DraftValues } from './resource-draft';

const base: DraftValues = {
  name: 'Turing',
  description: null,
  typeId: 't1',
  siteId: 's1',
  floorId: null,
  location: null,
  capacity: 10,
  units: 1,
  tags: ['display'],
  timeZone: null,
  bookable: true,
  externalId: null,
  policy: { slotStep: 'PT15M' },
};

describe('joining two changes', () => {
  it('takes both where they touch different fields', () => {
    const joined = merge(base, { ...base, capacity: 12 }, { ...base, name: 'Turing 2' });

    expect(joined.clashes).toEqual([]);
    expect(joined.merged).toMatchObject({ name: 'Turing 2', capacity: 12 });
    expect(joined.theirs).toEqual(['name']);
  });

  it('asks where they touch the same field', () => {
    const joined = merge(base, { ...base, capacity: 12 }, { ...base, capacity: 14 });

    expect(joined.clashes).toEqual([{ key: 'capacity', base: 10, mine: 12, theirs: 14 }]);
    expect(joined.merged.capacity).toBe(14);
    expect(settle(joined, new Set(['capacity'])).capacity).toBe(12);
    expect(settle(joined, new Set()).capacity).toBe(14);
  });

  it('has nothing to ask where both did the same', () => {
    expect(merge(base, { ...base, tags: ['a'] }, { ...base, tags: ['a'] }).clashes).toEqual([]);
  });

  it('joins rules one by one', () => {
    const mine = { ...base, policy: { slotStep: 'PT30M', minDuration: 'PT1H' } };
    const theirs = { ...base, policy: { maxDuration: 'PT4H' } };

    const joined = merge(base, mine, theirs);

    expect(joined.clashes).toEqual([{ key: 'policy.slotStep', base: 'PT15M', mine: 'PT30M', theirs: undefined }]);
    expect(joined.merged.policy).toEqual({ maxDuration: 'PT4H', minDuration: 'PT1H' });
    expect(settle(joined, new Set(['policy.slotStep'])).policy).toEqual({ maxDuration: 'PT4H', minDuration: 'PT1H', slotStep: 'PT30M' });
  });
});
