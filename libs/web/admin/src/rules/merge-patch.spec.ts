import { mergePatch } from './merge-patch';

describe('a merge patch', () => {
  it('takes back what is gone, at every depth', () => {
    const from = { mode: 'requiredFor', then: [[]], requiredFor: { longerThan: 'PT4H', outOfHours: true } };
    const to = { mode: 'requiredFor', requiredFor: { outOfHours: true } };

    expect(mergePatch(from, to)).toEqual({ then: null, requiredFor: { longerThan: null } });
  });

  it('replaces lists and whatever is no object', () => {
    expect(mergePatch({ approvers: [1, 2] }, { approvers: [2] })).toEqual({ approvers: [2] });
    expect(mergePatch('PT1H', 'PT2H')).toBe('PT2H');
    expect(mergePatch(undefined, { mode: 'none' })).toEqual({ mode: 'none' });
    expect(mergePatch('PT1H', undefined)).toBeNull();
  });
});
