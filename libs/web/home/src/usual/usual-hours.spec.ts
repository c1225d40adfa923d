import type { UsualPlaceResponse } from '@berth/api-client';
import type { BusyTime } from '@berth/web/booking';
import { endsByClosing, freeUntil, nextUsual, usualHours } from './usual-hours';

const at = (text: string): number => Date.parse(text);
const desk: UsualPlaceResponse = {
  resourceId: 'desk',
  name: 'Desk 3.15',
  siteName: 'Berlin HQ',
  floorName: 'Floor 3',
  timeZone: 'Europe/Berlin',
  capacity: null,
  units: 1,
  bookable: true,
  bookings: 7,
  minutes: 3780,
  // Friday, 08:30 to 17:30 on summer time.
  lastStart: '2026-10-23T06:30:00Z',
  lastEnd: '2026-10-23T15:30:00Z',
};

function busyWith(given: Partial<BusyTime> = {}): BusyTime {
  return { window: { start: 0, end: 0 }, bars: [], closed: [], blackouts: [], ...given };
}

const bar = (start: string, end: string, mine = false) => ({
  id: start,
  start: at(start),
  end: at(end),
  held: { start: at(start), end: at(end) },
  status: 'confirmed',
  title: null,
  mine,
  quantity: 1,
});

describe('the usual hours of a place', () => {
  it('stay what they are on the clock when the clocks change', () => {
    expect(usualHours(desk, '2026-10-26')).toEqual({ start: at('2026-10-26T07:30:00Z'), end: at('2026-10-26T16:30:00Z') });
  });

  it('may end on the day after', () => {
    const night = { ...desk, lastStart: '2026-11-23T21:00:00Z', lastEnd: '2026-11-24T01:00:00Z' };

    expect(usualHours(night, '2026-12-01')).toEqual({ start: at('2026-12-01T21:00:00Z'), end: at('2026-12-02T01:00:00Z') });
  });

  it('come on the next weekday for who never came on a weekend', () => {
    // A Friday.
    expect(nextUsual(desk, busyWith(), at('2026-11-27T09:00:00Z'))?.start).toBe(at('2026-11-30T07:30:00Z'));
  });

  it('pass over days that are closed or booked by oneself', () => {
    const busy = busyWith({
      closed: [{ start: at('2026-11-24T23:00:00Z'), end: at('2026-11-25T23:00:00Z') }],
      bars: [bar('2026-11-26T07:30:00Z', '2026-11-26T16:30:00Z', true)],
    });

    expect(nextUsual(desk, busy, at('2026-11-24T09:00:00Z'))?.start).toBe(at('2026-11-27T07:30:00Z'));
  });

  it('come not at all where every day is closed', () => {
    const busy = busyWith({ closed: [{ start: 0, end: at('2027-01-01T00:00:00Z') }] });

    expect(nextUsual(desk, busy, at('2026-11-24T09:00:00Z'))).toBeNull();
  });
});

describe('how long a place is free', () => {
  it('is told by the first that stands in the way', () => {
    const busy = busyWith({
      bars: [bar('2026-11-24T13:30:00Z', '2026-11-24T15:00:00Z')],
      closed: [{ start: at('2026-11-24T19:00:00Z'), end: at('2026-11-25T06:00:00Z') }],
    });

    expect(freeUntil(desk, busy, at('2026-11-24T11:00:00Z'))).toBe(at('2026-11-24T13:30:00Z'));
    expect(endsByClosing(busy, at('2026-11-24T13:30:00Z'))).toBe(false);
    expect(endsByClosing(busy, at('2026-11-24T19:00:00Z'))).toBe(true);
  });

  it('is all day where nothing does', () => {
    expect(
      freeUntil(desk, busyWith({ bars: [bar('2026-11-25T08:00:00Z', '2026-11-25T09:00:00Z')] }), at('2026-11-24T11:00:00Z')),
    ).toBeNull();
  });
});
