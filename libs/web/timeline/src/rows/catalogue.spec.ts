import { favouritesFirst, inGroups, timelineLines } from './catalogue';
import { matches, type RowChoice } from './row-filter';
import { aRow } from '../testing';

const everything: RowChoice = { siteId: null, floor: null, type: null, capacity: null, tags: [], favourites: false };

describe('lines of the timeline', () => {
  it('have headings only where rows come from more than one place', () => {
    const here = [aRow({ id: 'a' }), aRow({ id: 'b' })];

    expect(timelineLines(here, new Set()).map((it) => it.kind)).toEqual(['resource', 'resource']);
    expect(timelineLines([...here, aRow({ id: 'c', floorName: '4th' })], new Set()).map((it) => it.kind)).toEqual([
      'group',
      'resource',
      'resource',
      'group',
      'resource',
    ]);
  });

  it('keep the order of the rows that a folded heading hides', () => {
    const rows = [aRow({ id: 'a' }), aRow({ id: 'b' }), aRow({ id: 'c', floorName: '4th' })];

    const lines = timelineLines(rows, new Set(['Berlin › 3rd']));
    expect(lines.map((it) => it.id)).toEqual(['group:Berlin › 3rd', 'group:Berlin › 4th', 'c']);
    expect(lines[2]).toMatchObject({ order: 2 });
  });
});

describe('groups', () => {
  const rows = [
    aRow({ id: 'hall' }),
    aRow({ id: 'half', parentId: 'hall', depth: 1, typeName: 'Half' }),
    aRow({ id: 'van', typeName: 'Vehicle' }),
    aRow({ id: 'booth', floorName: '4th' }),
  ];
  const linesBy = (grouping: 'place' | 'type' | 'none') => timelineLines(inGroups(rows, grouping), new Set(), grouping);

  it('are places, types with what their resources are made of, or none', () => {
    expect(linesBy('place').map((it) => it.id)).toEqual(['group:Berlin › 3rd', 'hall', 'half', 'van', 'group:Berlin › 4th', 'booth']);
    expect(linesBy('type').map((it) => it.id)).toEqual(['group:Room', 'hall', 'half', 'booth', 'group:Vehicle', 'van']);
    expect(linesBy('none').map((it) => it.id)).toEqual(['hall', 'half', 'van', 'booth']);
  });

  it('number their rows in the order they are shown, by which bars are fetched', () => {
    const orders = linesBy('type').flatMap((it) => (it.kind === 'resource' ? [it.order] : []));

    expect(orders).toEqual([0, 1, 2, 3]);
  });
});

describe('favourites', () => {
  const rows = [
    aRow({ id: 'hall' }),
    aRow({ id: 'half', parentId: 'hall', depth: 1 }),
    aRow({ id: 'booth' }),
    aRow({ id: 'desk', floorName: '4th' }),
  ];

  it('stand first under a heading of their own, in the order they had', () => {
    const lines = timelineLines(favouritesFirst(rows, new Set(['desk', 'booth'])), new Set());

    expect(lines.map((it) => it.id)).toEqual(['group:★', 'booth', 'desk', 'group:Berlin › 3rd', 'hall', 'half']);
  });

  it('take along what they are made of, and leave what they are part of', () => {
    const whole = favouritesFirst(rows, new Set(['hall']));
    expect(whole.map((it) => [it.id, it.depth])).toEqual([
      ['hall', 0],
      ['half', 1],
      ['booth', 0],
      ['desk', 0],
    ]);

    const part = favouritesFirst(rows, new Set(['half']));
    expect(part.map((it) => [it.id, it.depth])[0]).toEqual(['half', 0]);
    expect(part.find((it) => it.id === 'hall')?.isFavourite).toBe(false);
  });
});

describe('filters', () => {
  it('let a row through that satisfies all of them', () => {
    const row = aRow({ capacity: 8, tags: ['display', 'camera'], floorName: '3rd' });

    expect(matches(row, everything)).toBe(true);
    expect(matches(row, { ...everything, capacity: 8, tags: ['camera'], floor: '3rd' })).toBe(true);
    expect(matches(row, { ...everything, capacity: 9 })).toBe(false);
    expect(matches(row, { ...everything, tags: ['camera', 'stage'] })).toBe(false);
    expect(matches(row, { ...everything, favourites: true })).toBe(false);
    expect(matches(aRow({ capacity: null }), { ...everything, capacity: 2 })).toBe(false);
  });
});
