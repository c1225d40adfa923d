import { fieldsOf, keyFrom, newQuestion, ofKind, withDefault } from './type-draft';

const asked = (label: string, key = '') => ({ ...newQuestion(), field: { ...newQuestion().field, key, label } });

describe('the questions of a type', () => {
  it('get a short word from their label, whatever it is written in', () => {
    expect(keyFrom('Cost centre')).toBe('costCentre');
    expect(keyFrom('2nd floor?')).toBe('q2ndFloor');
    expect(keyFrom('会議')).toBe('question');
    for (const label of ['Größe (m²)', '—', 'a'.repeat(100), 'Été 2026']) expect(keyFrom(label)).toMatch(/^[a-z][a-zA-Z0-9_]{0,39}$/);
  });

  it('keep the word they have, and never share one', () => {
    const fields = fieldsOf([asked('Anything', 'project'), asked('Project'), asked('Project')]);

    expect(fields.map((it) => it.key)).toEqual(['project', 'project2', 'project3']);
  });

  it('send answers to choose from only where one chooses', () => {
    const select = { ...newQuestion().field, label: 'Set-up', options: [' Rows ', ''], kind: 'select' as const };

    expect(fieldsOf([{ ...newQuestion(), field: select }])[0]?.options).toEqual(['Rows']);
    expect(fieldsOf([{ ...newQuestion(), field: ofKind(select, 'text') }])[0]?.options).toEqual([]);
  });

  it('lose a default that is of another kind', () => {
    const field = withDefault({ ...newQuestion().field, label: 'Guests' }, 'two');

    expect(field.default).toBe('two');
    expect(ofKind(field, 'number')).not.toHaveProperty('default');
    expect(withDefault(field, null)).not.toHaveProperty('default');
  });
});
