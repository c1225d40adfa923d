import { RESERVATION_STATUSES, blocksTime, calendarStatus, isFinal, mayBecome, type ReservationStatus } from './reservation-state';

/** Written down once more, apart from the table: every pair that may be. */
const allowed = new Set([
  'held pending',
  'held confirmed',
  'held released',
  'held expired',
  'pending confirmed',
  'pending rejected',
  'pending expired',
  'pending cancelled',
  'confirmed checked_in',
  'confirmed completed',
  'confirmed cancelled',
  'confirmed no_show',
  'checked_in completed',
  'checked_in cancelled',
  'skipped pending',
  'skipped confirmed',
]);

const pairs = RESERVATION_STATUSES.flatMap((from) => RESERVATION_STATUSES.map((to) => [from, to] as const));

describe('the life of a reservation', () => {
  it('knows eleven statuses', () => {
    expect(RESERVATION_STATUSES).toHaveLength(11);
  });

  it.each(pairs)('from %s to %s', (from, to) => {
    expect(mayBecome(from, to)).toBe(allowed.has(`${from} ${to}`));
  });

  it('ends where nothing may follow', () => {
    expect(RESERVATION_STATUSES.filter(isFinal)).toEqual(['completed', 'cancelled', 'rejected', 'expired', 'released', 'no_show']);
  });

  it('never lets time be taken again by what has given it back', () => {
    const given = RESERVATION_STATUSES.filter((it) => !blocksTime(it) && it !== 'skipped');

    expect(given.flatMap((from) => RESERVATION_STATUSES.filter((to) => mayBecome(from, to) && blocksTime(to)))).toEqual([]);
  });

  it('blocks time until it is given up', () => {
    expect(RESERVATION_STATUSES.filter(blocksTime)).toEqual(['held', 'pending', 'confirmed', 'checked_in', 'completed']);
  });

  it('is one of three statuses to calendars', () => {
    const expected: Record<ReservationStatus, string> = {
      held: 'CANCELLED',
      pending: 'TENTATIVE',
      confirmed: 'CONFIRMED',
      checked_in: 'CONFIRMED',
      completed: 'CONFIRMED',
      cancelled: 'CANCELLED',
      rejected: 'CANCELLED',
      expired: 'CANCELLED',
      released: 'CANCELLED',
      no_show: 'CANCELLED',
      skipped: 'CANCELLED',
    };

    expect(Object.fromEntries(RESERVATION_STATUSES.map((it) => [it, calendarStatus(it)]))).toEqual(expected);
  });
});
