import { isTold, lineOf } from './history-words';

const entry = (type: string, data: object) => ({ type, at: '2026-11-20T09:00:00Z', actor: null, data: data as Record<string, unknown> });
const at = (start: string, end: string) => ({ start: `2026-11-24T${start}:00Z`, end: `2026-11-24T${end}:00Z` });

describe('a line of history', () => {
  it('tells a booking from a request', () => {
    expect(lineOf(entry('reservation.created', { status: 'confirmed' })).key).toBe('booked');
    expect(lineOf(entry('reservation.created', { status: 'pending' })).key).toBe('requested');
  });

  it('tells a move from a new length and from another place', () => {
    expect(lineOf(entry('reservation.moved', { ...at('10:00', '11:00'), previous: at('09:00', '10:00') })).key).toBe('moved');
    expect(lineOf(entry('reservation.moved', { ...at('09:00', '11:00'), previous: at('09:00', '10:00') })).key).toBe('resized');
    expect(lineOf(entry('reservation.moved', { ...at('09:00', '10:00'), previous: at('09:00', '10:00') })).key).toBe('movedElsewhere');
  });

  it('names the old and the new title', () => {
    const line = lineOf(entry('reservation.updated', { title: 'Budget', previous: { title: 'Sync' } }));

    expect(line).toMatchObject({ key: 'renamed', params: { from: 'Sync', to: 'Budget' } });
    expect(lineOf(entry('reservation.updated', { title: 'Sync', previous: { title: 'Sync' } })).key).toBe('updated');
  });

  it('gives the reason of a cancellation', () => {
    expect(lineOf(entry('reservation.cancelled', { reason: 'ill' }))).toMatchObject({ key: 'cancelledBecause', params: { reason: 'ill' } });
    expect(lineOf(entry('reservation.cancelled', {})).key).toBe('cancelled');
    expect(lineOf(entry('reservation.restored', {})).key).toBe('restored');
  });

  it('is not made of holds', () => {
    expect(isTold(entry('hold.created', {}))).toBe(false);
  });
});
