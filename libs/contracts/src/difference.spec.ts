import { difference } from './difference';

describe('The difference of two states', () => {
  it('is the fields that changed, and nothing where none did', () => {
    expect(difference({ a: 1, b: [1, 2], c: 'x' }, { a: 1, b: [2, 1], c: null })).toEqual({
      before: { b: [1, 2], c: 'x' },
      after: { b: [2, 1], c: null },
    });
    expect(difference({ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } })).toBeUndefined();
    expect(difference({ a: 1, gone: true }, { a: 1 })).toBeUndefined();
  });

  it('takes what is not there for null, and instants for their texts', () => {
    expect(difference({}, { a: undefined, b: null })).toBeUndefined();
    expect(difference({ at: new Date(0) }, { at: new Date(0) })).toBeUndefined();
    expect(difference({ at: new Date(0) }, { at: new Date(1) })).toMatchObject({ after: { at: new Date(1) } });
  });
});
