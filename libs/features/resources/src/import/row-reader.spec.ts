import { mapColumns } from './columns';
import { pathOf } from './location-path';
import { RowReader } from './row-reader';

const types = [{ id: 't1', key: 'room', name: 'Meeting room' }];
const read = (row: Record<string, string>) => {
  const reader = new RowReader(mapColumns(Object.keys(row)), types);
  return reader.read({ line: 7, cells: Object.values(row) });
};
const wrong = (row: Record<string, string>) => read(row).errors.map((it) => [it.row, it.column, it.code]);

describe('RowReader', () => {
  it('reads what the cells say', () => {
    const { draft } = read({
      ...{ name: 'Alpha', tags: 'large, video;large|Video', capacity: '20', location: 'HQ/Floor 2/East Wing', requires_approval: 'Yes' },
      ...{ type: 'MEETING ROOM', units: '3', external_id: 'R-1', time_zone: 'Europe/Paris', description: '' },
    });

    expect(draft).toMatchObject({
      ...{ line: 7, name: 'Alpha', tags: ['large', 'video'], capacity: 20, requiresApproval: true, units: 3, externalId: 'R-1' },
      ...{ timeZone: 'Europe/Paris', type: { id: 't1' }, place: { site: 'HQ', floor: 'Floor 2', room: 'East Wing' } },
    });
    expect(draft?.description).toBeUndefined();
  });

  it('says everything that is wrong with a row, by line and column', () => {
    const row = { Name: '', Seats: '-4', units: '0', type: 'boat', requires_approval: 'maybe', time_zone: 'Mars', tags: 'x'.repeat(65) };

    expect(wrong(row)).toEqual([
      [7, 'Name', 'required'],
      [7, 'type', 'unknown-type'],
      [7, 'tags', 'too-long'],
      [7, 'Seats', 'not-a-number'],
      [7, 'units', 'out-of-range'],
      [7, 'time_zone', 'not-a-time-zone'],
      [7, 'requires_approval', 'not-a-boolean'],
    ]);
  });

  it('needs the site of a floor and the floor of a room', () => {
    expect(wrong({ name: 'A', site: '', floor: '2' })).toEqual([[7, 'floor', 'needs-site']]);
    expect(wrong({ name: 'A', site: 'HQ', floor: '', room: 'East' })).toEqual([[7, 'room', 'needs-floor']]);
  });

  it('notices cells that have no column', () => {
    const reader = new RowReader(mapColumns(['name', 'tags']), types);

    expect(reader.read({ line: 3, cells: ['A', 'x', '', ''] }).errors).toEqual([]);
    expect(reader.read({ line: 3, cells: ['A', 'x', 'y'] }).errors).toMatchObject([{ row: 3, column: null, code: 'too-many-cells' }]);
  });

  it('takes off the mark that keeps a cell from being a formula', () => {
    expect(read({ name: "'=HQ", description: "'tis" }).draft).toMatchObject({ name: '=HQ', description: "'tis" });
  });
});

describe('pathOf', () => {
  it.each([
    ['HQ/Floor 2/East Wing', { site: 'HQ', floor: 'Floor 2', room: 'East Wing' }],
    ['Downtown / Floor 1', { site: 'Downtown', floor: 'Floor 1' }],
    ['Berlin ▸ 4 ▸ East ▸ Desk 3', { site: 'Berlin', floor: '4', room: 'East/Desk 3' }],
    ['B/Floor 1', { site: 'B', floor: 'Floor 1' }],
    ['Equipment Room A', undefined],
    ['A/V store', undefined],
    ['HQ//East', undefined],
    ['', undefined],
  ])('reads %j', (location, path) => {
    expect(pathOf(location)).toEqual(path);
  });
});
