import { calendarFile } from './calendar-file';
import { aReservation } from './testing';

const address = 'https://berth.example/me/bookings?booking=1';

describe('a booking as a calendar file', () => {
  it('says what, where and when, in UTC', () => {
    const reservation = aReservation({ title: 'Budget', start: '2026-11-24T13:00:00Z', end: '2026-11-24T14:30:00.000Z' });

    const lines = calendarFile(reservation, address).split('\r\n');

    expect(lines).toEqual(expect.arrayContaining(['DTSTART:20261124T130000Z', 'DTEND:20261124T143000Z', 'SUMMARY:Budget']));
    expect(lines).toContain(`UID:${reservation.id}`);
    expect(lines).toContain(`URL:${address}`);
  });

  it('is tentative while it waits for approval', () => {
    expect(calendarFile(aReservation({ status: 'pending' }), address)).toContain('STATUS:TENTATIVE');
    expect(calendarFile(aReservation({ status: 'confirmed' }), address)).toContain('STATUS:CONFIRMED');
  });

  it('escapes what separates', () => {
    const text = calendarFile(aReservation({ title: 'A; b, c\\d', description: 'one\r\ntwo' }), address);

    expect(text).toContain('SUMMARY:A\\; b\\, c\\\\d\r\n');
    expect(text).toContain('DESCRIPTION:one\\ntwo\r\n');
  });

  it('folds long lines to 75 octets and loses nothing', () => {
    const title = 'Besprechung über große Räume 🚀 '.repeat(12).trim();

    const text = calendarFile(aReservation({ title }), address);

    for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n ', '')).toContain(`SUMMARY:${title}\r\n`);
  });
});
