import { convertToParamMap } from '@angular/router';
import { NO_FILTERS, filterCount, filterOf, nextSort, paramsOf, queryOf } from './list-url';

const read = (params: Record<string, string | string[]>) => queryOf(convertToParamMap(params));

describe('the address of the list', () => {
  it('reads every filter', () => {
    const query = read({
      q: 'lab',
      status: 'maintenance',
      type: 't1',
      site: 's1',
      floor: 'f1',
      tag: ['video', 'large'],
      seats: '8',
      sort: '-capacity',
    });

    expect(filterOf(query)).toEqual({
      q: 'lab',
      status: ['maintenance'],
      typeId: 't1',
      siteId: 's1',
      floorId: 'f1',
      tags: ['video', 'large'],
      capacity: 8,
      sort: '-capacity',
    });
    expect(filterCount(query)).toBe(6);
  });

  it('shows what is in use where it says nothing', () => {
    expect(filterOf(read({})).status).toBeNull();
  });

  it('asks for archived ones too when it says all', () => {
    expect(filterOf(read({ status: 'all' })).status).toEqual(['available', 'maintenance', 'archived']);
  });

  it.each<Record<string, string>>([{ status: 'gone' }, { sort: 'colour' }, { seats: '-3' }, { tab: 'secrets' }, { dialog: 'format' }])(
    'ignores %p',
    (params) => {
      expect(read(params)).toEqual(read({}));
    },
  );

  it('leaves defaults out', () => {
    expect(paramsOf({ ...NO_FILTERS, sort: 'name', tab: 'overview' })).toEqual({
      q: null,
      status: null,
      type: null,
      site: null,
      floor: null,
      seats: null,
      tag: null,
      sort: null,
      tab: null,
    });
  });

  it('repeats tags', () => {
    expect(paramsOf({ tags: ['a', 'b'] })).toEqual({ tag: ['a', 'b'] });
  });

  it('turns the order round on a second click', () => {
    expect(nextSort('name', 'capacity')).toBe('capacity');
    expect(nextSort('capacity', 'capacity')).toBe('-capacity');
    expect(nextSort('-capacity', 'capacity')).toBe('capacity');
  });
});
