import { opensTo } from './gate';

describe('A gate', () => {
  it.each([
    ['everyone', [], [], true],
    ['groups', ['lab'], ['lab', 'staff'], true],
    ['groups', ['lab'], ['staff'], false],
    ['groups', [], ['staff'], false],
    ['nobody', ['lab'], ['lab'], false],
  ] as const)('for %s of %j is open to members of %j: %s', (mode, groupIds, groups, expected) => {
    expect(opensTo({ mode, groupIds }, groups)).toBe(expected);
  });
});
