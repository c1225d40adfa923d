import { convertToParamMap } from '@angular/router';
import { countOf, filterOf, fromLocal, queryOf, toLocal } from './delivery-url';

describe('Deliveries in the address', () => {
  it('stand there with their filter, and without what is none', () => {
    const query = queryOf(
      convertToParamMap({ show: 'problems', event: 'reservation.created', from: 'yesterday', to: '2026-11-22T07:00Z' }),
    );

    expect(filterOf(query)).toEqual({
      state: ['failed', 'exhausted'],
      event: 'reservation.created',
      resourceId: null,
      from: null,
      to: '2026-11-22T07:00:00.000Z',
    });
    expect(countOf(query)).toBe(2);
    expect(filterOf(queryOf(convertToParamMap({ show: 'nonsense' }))).state).toEqual([]);
  });

  it('are looked for by the clock of the reader', () => {
    const instant = '2026-11-22T06:30:00.000Z';
    expect(fromLocal(toLocal(instant))).toBe(instant);
    expect(toLocal(null)).toBe('');
    expect(fromLocal('')).toBeNull();
  });
});
