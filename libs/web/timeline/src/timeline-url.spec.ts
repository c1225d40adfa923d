import { convertToParamMap } from '@angular/router';
import { paramsOf, queryOf } from './timeline-url';

const query = (params: Record<string, string>) => queryOf(convertToParamMap(params));

describe('address of the timeline', () => {
  it('is empty for what is usual', () => {
    expect(query({})).toMatchObject({ date: null, view: 'day', mode: 'grid', zoom: 1, nights: false, tags: [] });
    expect(paramsOf({ view: 'day', mode: 'grid', zoom: 1, nights: false, tags: [] })).toEqual({
      view: null,
      mode: null,
      zoom: null,
      nights: null,
      tags: null,
    });
  });

  it('brings back what it was given', () => {
    const wanted = {
      date: '2026-11-24',
      view: 'week',
      floor: '3rd',
      capacity: 8,
      tags: ['display', 'camera'],
      selected: 'b1',
      mode: 'table',
      group: 'type',
      zoom: 1.5,
      nights: true,
    } as const;
    const params = Object.fromEntries(Object.entries(paramsOf(wanted)).map(([key, value]) => [key, String(value)]));

    expect(query(params)).toMatchObject(wanted);
  });

  it('ignores what makes no sense', () => {
    expect(query({ date: '2026-13-40', view: 'year', capacity: '-3', zoom: '99', mode: 'x' })).toMatchObject({
      date: null,
      view: 'day',
      capacity: null,
      zoom: 1,
      mode: 'grid',
    });
  });
});
