import { isId, newId } from './ids';

describe('ids', () => {
  it('are UUIDs of version 7 that sort as they were made', () => {
    const ids = Array.from({ length: 1000 }, () => newId());

    expect(ids.every((it) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(it))).toBe(true);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(1000);
  });

  it('have the form of any UUID', () => {
    expect(isId(newId())).toBe(true);
    expect(isId('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11')).toBe(true);
    expect(['', '0193', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1', '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}', `${newId()}\n`].some(isId)).toBe(
      false,
    );
  });
});
