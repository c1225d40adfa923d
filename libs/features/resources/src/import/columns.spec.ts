import { mapColumns } from './columns';

const meanings = (...headers: string[]) => Object.fromEntries([...mapColumns(headers).of].map(([field, { header }]) => [header, field]));

describe('mapColumns', () => {
  it('knows headers by their own word, by other words, in other spellings and languages', () => {
    expect(meanings('NAME', 'Seats', 'Requires Approval?', 'time-zone', 'Gebäude', 'Standort', 'External ID', 'Quantity')).toEqual({
      ...{ NAME: 'name', Seats: 'capacity', 'Requires Approval?': 'requires_approval', 'time-zone': 'time_zone' },
      ...{ Gebäude: 'site', Standort: 'location', 'External ID': 'external_id', Quantity: 'units' },
    });
  });

  it('forgives a slip of the finger', () => {
    expect(meanings('name', 'Capcity', 'discription', 'locaton', 'requires_aproval')).toEqual({
      ...{ name: 'name', Capcity: 'capacity', discription: 'description', locaton: 'location', requires_aproval: 'requires_approval' },
    });
  });

  it('lets the better written of two count and names the others', () => {
    const columns = mapColumns(['Seats', 'name', 'capacity', 'Colour', '']);

    expect(columns.of.get('capacity')?.header).toBe('capacity');
    expect(columns.used).toEqual(['name', 'capacity']);
    expect(columns.ignored).toEqual(['Seats', 'Colour']);
  });

  it.each([
    ['duplicate-header', ['name', 'Tags', 'tags']],
    ['missing-column', ['tags', 'capacity']],
  ])('refuses %s', (code, headers) => {
    expect(() => mapColumns(headers)).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ errors: [expect.objectContaining({ code })] }) }),
    );
  });
});
