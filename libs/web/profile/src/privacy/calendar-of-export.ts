import { calendarOf, type ReservationStatus } from '@berth/web/booking';

/** A reservation as it lies in the document of an export. */
interface ExportedReservation {
  readonly id: string;
  readonly version: number;
  readonly status: ReservationStatus;
  readonly title: string | null;
  readonly description: string | null;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly updated_at: string;
  readonly resources: readonly string[] | null;
}

/** What never was a booking. */
const PASSING: readonly ReservationStatus[] = ['held', 'released', 'expired'];

/** The bookings of an export as a calendar that any calendar reads (RFC 5545). */
export function calendarOfExport(document: unknown): string {
  const { reservations = [] } = (document as { data: { reservations?: readonly ExportedReservation[] } }).data;
  return calendarOf(
    reservations
      .filter((it) => !PASSING.includes(it.status))
      .map(({ id, version, status, title, description, starts_at, ends_at, updated_at, resources }) => {
        const place = (resources ?? []).join(', ');
        return { id, version, status, title: title ?? place, description, place, start: starts_at, end: ends_at, updatedAt: updated_at };
      }),
  );
}
