import { answered, answersTo, brokenDefaults, brokenFields, type CustomField, withDefaults } from './custom-fields';

const field = (key: string, more: Partial<CustomField> = {}): CustomField => ({
  ...{ key, label: key.toUpperCase(), kind: 'text', required: false, options: [] },
  ...more,
});
const codes = (fields: readonly CustomField[], given: Record<string, unknown>): string[] =>
  brokenFields(fields, given).map((it) => `${it.key} ${it.code}`);

describe('Custom fields', () => {
  it('ask for what is required, and only for that', () => {
    const fields = [field('project', { required: true }), field('note')];

    expect(codes(fields, {})).toEqual(['project required']);
    expect(codes(fields, { project: '' })).toEqual(['project required']);
    expect(codes(fields, { project: null })).toEqual(['project required']);
    expect(codes(fields, { project: 'x' })).toEqual([]);
  });

  it.each([
    ['number', 5, ['5', Number.NaN, true]],
    ['boolean', false, ['no', 0]],
    ['date', '2028-02-29', ['2027-02-29', 'soon', 5]],
    ['select', 'a', ['c', 1]],
    ['text', 'x', [1, {}, []]],
  ] as const)('of kind %s take %p and refuse %p', (kind, right, wrong) => {
    const fields = [field('it', { kind, options: kind === 'select' ? ['a', 'b'] : [] })];

    expect(codes(fields, { it: right })).toEqual([]);
    for (const value of wrong) expect(codes(fields, { it: value })).toHaveLength(1);
  });

  it('refuse what nobody asked', () => {
    expect(codes([field('a')], { a: 'x', b: 1 })).toEqual(['b unknown-field']);
  });

  it('keep what was answered', () => {
    expect(answered({ a: '', b: null, c: 0, d: false, e: 'x' })).toEqual({ c: 0, d: false, e: 'x' });
  });

  it('are answered by their default where nothing is said; a null says something', () => {
    const fields = [field('setup', { default: 'rows' }), field('note')];

    expect(withDefaults(fields, {})).toEqual({ setup: 'rows' });
    expect(withDefaults(fields, { setup: undefined, note: 'x' })).toEqual({ setup: 'rows', note: 'x' });
    expect(withDefaults(fields, { setup: null })).toEqual({ setup: null });
  });

  it('have no default that could not be answered', () => {
    const fields = [
      field('a', { required: true }),
      field('b', { kind: 'select', options: ['x'], default: 'y' }),
      field('c', { kind: 'date', default: 'soon' }),
    ];

    expect(brokenDefaults(fields).map((it) => `${it.key} ${it.code}`)).toEqual(['b not-an-option', 'c wrong-type']);
  });

  it('leave aside what they do not ask', () => {
    expect(answersTo([field('a')], { a: 1, b: 2 })).toEqual({ a: 1 });
  });
});
