import { emptyQuery, type FindQuery } from '../query/find-query';
import { queryOfSaved, savedOf } from './saved-searches';

describe('a kept search', () => {
  it('comes back as it was, for whichever day is looked at', () => {
    const query: FindQuery = {
      ...emptyQuery,
      date: '2026-11-25',
      start: 14 * 60 + 30,
      minutes: 90,
      flex: 'around',
      type: 'room',
      site: null,
      floor: 'f3',
      people: 6,
      tags: ['display'],
      words: 'noether',
      sort: 'name',
    };
    const { date: _date, ...rest } = query;

    expect(queryOfSaved(savedOf(query, 'berlin'))).toEqual({ ...rest, site: 'berlin' });
  });

  it('holds nothing that is as usual', () => {
    expect(savedOf(emptyQuery, null)).toEqual({});
  });
});
