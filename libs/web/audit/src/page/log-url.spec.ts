import { convertToParamMap } from '@angular/router';
import { dayAfter, dayOf, startOfDayIn } from './days';
import { filterCount, isSameFilter, paramsOf, queryOf } from './log-url';

describe('The address of the log', () => {
  it('keeps a filter whole there and back, and nothing that is not one', () => {
    const filter = {
      actor: 'a',
      action: ['site.updated', 'site.created'],
      object: 'sites',
      via: 'token',
      outcome: 'done',
      q: 'berlin',
    } as const;
    const given = Object.fromEntries(Object.entries(paramsOf({ ...filter, action: [...filter.action] })).filter(([, it]) => it !== null));

    expect(queryOf(convertToParamMap({ ...given, selected: 'e1', live: '1', via2: 'x' }))).toEqual({
      filter,
      selected: 'e1',
      isLive: true,
    });
    expect(queryOf(convertToParamMap({ via: 'nonsense', outcome: '', action: '' })).filter).toEqual({});
    expect(filterCount({ ...filter, action: [...filter.action] })).toBe(5);
  });

  it('knows a kept filter again, in whatever order it was kept', () => {
    expect(isSameFilter({ object: 'sites', q: 'x' }, { q: 'x', object: 'sites' })).toBe(true);
    expect(isSameFilter({ object: 'sites' }, {})).toBe(false);
  });

  it('means whole days of the zone, the last one with its end', () => {
    expect(startOfDayIn('2026-11-22', 'Europe/Berlin')).toBe('2026-11-21T23:00:00Z');
    const to = startOfDayIn(dayAfter('2026-11-22'), 'Europe/Berlin');
    expect([dayOf('2026-11-21T23:00:00Z', 'Europe/Berlin'), dayOf(to, 'Europe/Berlin', -1), dayOf(undefined, 'UTC')]).toEqual([
      '2026-11-22',
      '2026-11-22',
      '',
    ]);
  });
});
