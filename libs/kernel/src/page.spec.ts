import * as fc from 'fast-check';
import { decodeCursor, encodeCursor, pageOf } from './page';

const rows = [1, 2, 3, 4].map((id) => ({ id, start: `2027-01-0${id}` }));
const keyOf = (row: { id: number; start: string }) => [row.start, row.id];

describe('pageOf', () => {
  it('gives a cursor to the last row shown when one more was found', () => {
    const page = pageOf(rows, 3, keyOf);

    expect(page.data.map((it) => it.id)).toEqual([1, 2, 3]);
    expect(page.page.hasMore).toBe(true);
    expect(decodeCursor(page.page.nextCursor ?? '', 2)).toEqual(['2027-01-03', 3]);
  });

  it('ends where no more was found', () => {
    expect(pageOf(rows, 4, keyOf).page).toEqual({ hasMore: false, nextCursor: null });
    expect(pageOf([], 4, keyOf)).toEqual({ data: [], page: { hasMore: false, nextCursor: null } });
  });
});

describe('cursors', () => {
  it('carry any key through a query string', () => {
    const key = fc.array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer(), fc.boolean(), fc.constant(null)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(key, (it) => {
        const cursor = encodeCursor(it);

        expect(encodeURIComponent(cursor)).toBe(cursor);
        expect(decodeCursor(cursor, it.length)).toEqual(it);
        expect(decodeCursor(cursor, it.length + 1)).toBeUndefined();
      }),
    );
  });

  it('are undefined when they were not made here', () => {
    const rubbish = [
      '',
      'abc',
      '====',
      'a b',
      '../../etc',
      btoa('{"a":1}'),
      btoa('[{"a":1}]').replaceAll('=', ''),
      btoa('[[1],2]').replaceAll('=', ''),
      btoa('["\xff",1]').replaceAll('=', ''),
      'A'.repeat(5000),
    ];

    expect(rubbish.map((it) => decodeCursor(it, 2))).toEqual(rubbish.map(() => undefined));
  });

  it('never throw', () => {
    fc.assert(fc.property(fc.string(), (text) => void decodeCursor(text, 2)));
  });
});
