import { convertToParamMap } from '@angular/router';
import { countOf, fieldOf, filterOf, instantOf, queryOf } from './delivery-url';

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
    expect(fieldOf('2026-11-22T06:30:00.000Z', 'Asia/Tokyo')).toBe('2026-11-22T15:30');
    expect(instantOf('2026-11-22T15:30', 'Asia/Tokyo')).toBe('2026-11-22T06:30:00Z');
    expect(fieldOf(null, 'UTC')).toBe('');
    expect(instantOf('', 'UTC')).toBeNull();
  });
});
