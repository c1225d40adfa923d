import { draftOf, isWhole, wishOf } from './quota-draft';
import type { QuotaRule } from './quotas-api';

const rule: QuotaRule = {
  ...{ id: 'q-1', name: 'Lab hours', measure: 'time', window: 'week', limit: 600, version: 2 },
  ...{ who: { kind: 'group', id: 'g-1' }, whoName: 'Students', what: { kind: 'type', id: 't-1' }, whatName: 'Laser' },
  ...{ most: null, using: 0, atLimit: 0 },
};

describe('The draft of a quota', () => {
  it('says time in hours and sends it in minutes', () => {
    expect(draftOf(rule).amount).toBe(10);
    expect(wishOf({ ...draftOf(rule), amount: 2.5 })).toEqual({
      ...{ name: 'Lab hours', measure: 'time', window: 'week', limit: 150 },
      ...{ who: { kind: 'group', id: 'g-1' }, what: { kind: 'type', id: 't-1' } },
    });
  });

  it('sends no window of what is counted at once, and nobody where everyone is meant', () => {
    const draft = { ...draftOf(rule), measure: 'concurrent', amount: 2, whoKind: 'everyone', whatKind: 'everything' } as const;
    expect(wishOf(draft)).toMatchObject({
      window: null,
      limit: 2,
      who: { kind: 'everyone', id: null },
      what: { kind: 'everything', id: null },
    });
  });

  it('is whole once it says of whom and of what', () => {
    expect(isWhole(draftOf(rule))).toBe(true);
    expect(isWhole({ ...draftOf(rule), who: null })).toBe(false);
    expect(isWhole({ ...draftOf(rule), amount: Number.NaN })).toBe(false);
  });
});
