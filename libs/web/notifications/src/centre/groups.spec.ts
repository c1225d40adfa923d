import { aNotification } from '../testing';
import { groupsOf, shownOf } from './groups';

const about = (id: string, groupKey: string, needsAction = false) => aNotification({ id, groupKey, needsAction });

describe('Notifications about one thing', () => {
  it('stand together where the newest of them stands', () => {
    const groups = groupsOf([about('4', 'a'), about('3', 'b'), about('2', 'a'), about('1', 'c')]);

    expect(groups.map((it) => [it.key, it.all.map(({ id }) => id)])).toEqual([
      ['a', ['4', '2']],
      ['b', ['3']],
      ['c', ['1']],
    ]);
  });

  it('show the newest, and whatever waits for somebody, until they are opened', () => {
    const [group] = groupsOf([about('3', 'a'), about('2', 'a', true), about('1', 'a')]);

    expect(shownOf(group!, false).map(({ id }) => id)).toEqual(['3', '2']);
    expect(shownOf(group!, true).map(({ id }) => id)).toEqual(['3', '2', '1']);
  });
});
