import { convertToParamMap } from '@angular/router';
import fc from 'fast-check';
import { FLEXES, SORTS, emptyQuery, paramsOf, queryOf, type FindQuery } from './find-query';

const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const queries: fc.Arbitrary<FindQuery> = fc.record({
  date: fc.constantFrom(null, '2026-11-25', '2028-02-29'),
  start: fc.option(fc.integer({ min: 0, max: 1439 })),
  minutes: fc.integer({ min: 1, max: 44_640 }),
  flex: fc.constantFrom(...FLEXES),
  type: fc.option(word),
  site: fc.option(word),
  floor: fc.option(word),
  people: fc.option(fc.integer({ min: 1, max: 1000 })),
  tags: fc.uniqueArray(word, { maxLength: 4 }),
  words: fc.constantFrom('', 'noether', 'large screen'),
  sort: fc.constantFrom(...SORTS),
});

describe('the search in the address', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(queries, (query) => {
        const params = Object.fromEntries(Object.entries(paramsOf(query)).filter(([, value]) => value !== null));
        expect(queryOf(convertToParamMap(params))).toEqual(query);
      }),
    );
  });

  it('holds nothing that is as usual', () => {
    expect(Object.values(paramsOf(emptyQuery)).every((it) => it === null)).toBe(true);
  });

  it.each([
    ['start', '25:00'],
    ['start', 'noon'],
    ['date', '2026-02-30'],
    ['for', '-5'],
    ['for', '1e9'],
    ['people', 'many'],
    ['flex', 'whenever'],
  ])('counts %s=%s as not said', (key, value) => {
    expect(queryOf(convertToParamMap({ [key]: value }))).toEqual(emptyQuery);
  });
});
