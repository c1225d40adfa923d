import type { Reservation } from '@berth/web/booking';
import { agendaOf, isOpen, isRunning } from './agenda-days';

const now = Date.parse('2026-11-24T11:00:00Z');

function booked(id: string, start: string, end: string, given: Partial<Reservation> = {}, zone = 'Europe/Berlin'): Reservation {
  return {
    id,
    status: 'confirmed',
    title: id,
    description: null,
    start,
    end,
    timeZone: zone,
    private: false,
    attendees: null,
    organizer: { id: 'u-1', displayName: 'Ana Kaya' },
    bookedBy: null,
    mine: true,
    resources: [{ resourceId: 'turing', name: 'Turing', quantity: 1, siteName: 'Berlin HQ', floorName: 'Floor 3', timeZone: zone }],
    cancelledAt: null,
    cancelReason: null,
    cancelledLate: false,
    undoUntil: null,
    provisioning: null,
    version: 1,
    createdAt: start,
    updatedAt: start,
    ...given,
  };
}

const running = booked('running', '2026-11-24T10:30:00Z', '2026-11-24T12:00:00Z');
const next = booked('next', '2026-11-24T13:00:00Z', '2026-11-24T14:00:00Z');
const tomorrow = booked('tomorrow', '2026-11-25T09:00:00Z', '2026-11-25T10:00:00Z');

describe('an agenda', () => {
  it('puts what is running first and the rest under its days, soonest first', () => {
    const view = agendaOf([tomorrow, next, running], 'upcoming', now);

    expect(view.running).toEqual([running]);
    expect(view.days.map((it) => [it.date, it.reservations.map((one) => one.id)])).toEqual([
      ['2026-11-24', ['next']],
      ['2026-11-25', ['tomorrow']],
    ]);
    expect(view.nextId).toBe('next');
  });

  it('stands newest first in the past, and nothing is next there', () => {
    const view = agendaOf([next, tomorrow], 'past', now + 7 * 86_400_000);

    expect(view.days.map((it) => it.date)).toEqual(['2026-11-25', '2026-11-24']);
    expect(view.nextId).toBeNull();
    expect(agendaOf([running], 'past', now).running).toEqual([]);
  });

  it('takes the date from the clock of the resource', () => {
    const late = booked('late', '2026-11-25T00:30:00Z', '2026-11-25T01:30:00Z', {}, 'America/New_York');

    const view = agendaOf([late, next], 'upcoming', now);

    expect(view.days).toHaveLength(1);
    expect(view.days[0]).toMatchObject({ date: '2026-11-24' });
    expect(view.days[0]!.reservations.map((it) => it.id)).toEqual(['next', 'late']);
  });

  it('shows one day once, whatever order the pages came in', () => {
    const other = booked('other', '2026-11-24T15:00:00Z', '2026-11-24T16:00:00Z');

    const view = agendaOf([other, tomorrow, next], 'upcoming', now);

    expect(view.days.map((it) => it.date)).toEqual(['2026-11-24', '2026-11-25']);
    expect(view.days[0]!.reservations.map((it) => it.id)).toEqual(['next', 'other']);
  });
});

describe('a booking', () => {
  it('runs from its start until its end, unless it waits for approval', () => {
    expect(isRunning(running, Date.parse(running.start))).toBe(true);
    expect(isRunning(running, Date.parse(running.end))).toBe(false);
    expect(isRunning({ ...running, status: 'pending' }, now)).toBe(false);
  });

  it('is open to its owner until it is over or decided', () => {
    expect(isOpen(running, now)).toBe(true);
    expect(isOpen({ ...next, mine: false }, now)).toBe(false);
    expect(isOpen({ ...next, status: 'cancelled' }, now)).toBe(false);
    expect(isOpen(running, Date.parse(running.end))).toBe(false);
  });
});
