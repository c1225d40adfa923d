import { clashesOf, merged, patchOf, type EditableDetails } from './merge';

const base: EditableDetails = {
  title: 'Sync',
  description: null,
  attendees: 4,
  private: false,
  customFields: { project: 'Apollo', setup: 'rows' },
};

describe('changes of two people', () => {
  it('become one where they touch different fields', () => {
    const yours = { ...base, title: 'Project sync' };
    const theirs = { ...base, attendees: 6 };

    expect(clashesOf(base, yours, theirs)).toEqual([]);
    expect(merged(base, yours, theirs, new Set())).toEqual({ ...base, title: 'Project sync', attendees: 6 });
  });

  it('clash where both changed one field differently, and the choice decides', () => {
    const yours = { ...base, title: 'Project sync', description: 'Room for two' };
    const theirs = { ...base, title: 'Team sync' };

    expect(clashesOf(base, yours, theirs)).toEqual([{ field: 'title', yours: 'Project sync', theirs: 'Team sync' }]);
    expect(merged(base, yours, theirs, new Set()).title).toBe('Project sync');
    expect(merged(base, yours, theirs, new Set(['title'] as const))).toEqual({ ...base, title: 'Team sync', description: 'Room for two' });
  });

  it('do not clash where both did the same', () => {
    const both = { ...base, private: true };

    expect(clashesOf(base, both, both)).toEqual([]);
  });
});

describe('a patch', () => {
  it('holds what changed and nothing else; null takes away', () => {
    expect(patchOf(base, { ...base, attendees: null, title: 'Sync 2' })).toEqual({ title: 'Sync 2', attendees: null });
    expect(patchOf(base, base)).toEqual({});
  });

  it('are made answer by answer', () => {
    const yours = { ...base, customFields: { project: 'Gemini', setup: 'rows', note: 'x' } };
    const theirs = { ...base, customFields: { project: 'Mercury', setup: 'circle' } };

    expect(patchOf(base, yours)).toEqual({ customFields: { project: 'Gemini', note: 'x' } });
    expect(clashesOf(base, yours, theirs)).toEqual([{ field: 'customFields.project', yours: 'Gemini', theirs: 'Mercury' }]);
    expect(merged(base, yours, theirs, new Set()).customFields).toEqual({ project: 'Gemini', setup: 'circle', note: 'x' });
  });

  it('take an answer back with null', () => {
    expect(patchOf(base, { ...base, customFields: { project: 'Apollo', setup: null } })).toEqual({ customFields: { setup: null } });
  });
});
