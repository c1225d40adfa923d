import { calendarOfExport } from './calendar-of-export';

const row = {
  ...{ id: 'r-1', version: 2, status: 'confirmed', title: null, description: 'Bring; the keys', resources: ['Turing', 'Van'] },
  ...{ starts_at: '2026-12-07T09:00:00+00:00', ends_at: '2026-12-07T10:30:00.5+00:00', updated_at: '2026-12-01T08:00:00+01:00' },
};
const calendar = (...reservations: readonly object[]) => calendarOfExport({ data: { reservations } }).split('\r\n');

describe('The bookings of an export', () => {
  it('are a calendar, called by what was booked where they have no title', () => {
    expect(calendar(row)).toEqual(
      expect.arrayContaining([
        'UID:r-1',
        'DTSTART:20261207T090000Z',
        'DTEND:20261207T103000Z',
        'DTSTAMP:20261201T070000Z',
        'SUMMARY:Turing\\, Van',
      ]),
    );
  });

  it('are all in it, cancelled ones as such, but holds', () => {
    const lines = calendar(row, { ...row, id: 'r-2', status: 'cancelled' }, { ...row, id: 'r-3', status: 'held' });

    expect(lines.filter((it) => it.startsWith('UID:'))).toEqual(['UID:r-1', 'UID:r-2']);
    expect(lines.filter((it) => it.startsWith('STATUS:'))).toEqual(['STATUS:CONFIRMED', 'STATUS:CANCELLED']);
  });

  it('are an empty calendar where there are none', () => {
    expect(calendarOfExport({ data: {} })).toContain('BEGIN:VCALENDAR');
  });
});
