import type { Reservation, ReservationStatus } from './reservation';

const OCTETS_A_LINE = 75;

/**
 * A booking for whatever calendar its reader keeps: iCalendar (RFC 5545) with one event, times in UTC.
 * @param address where the booking can be seen
 */
export function calendarFile(reservation: Reservation, address: string): string {
  const names = reservation.resources.map((it) => it.name).join(', ');
  const places = reservation.resources.map((it) => [it.name, it.floorName, it.siteName].filter(Boolean).join(', '));
  return calendarOf([{ ...reservation, title: reservation.title ?? names, place: places.join('; '), address }]);
}

/** Something with a time, as a calendar keeps it; instants are RFC 3339. */
export interface CalendarEvent {
  readonly id: string;
  readonly version: number;
  readonly status: ReservationStatus;
  readonly title: string;
  readonly description: string | null;
  readonly place: string;
  readonly start: string;
  readonly end: string;
  readonly updatedAt: string;
  /** Where it can be seen. */
  readonly address?: string;
}

/** A calendar with these events, times in UTC. */
export function calendarOf(events: readonly CalendarEvent[]): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Berth//Console//EN', ...events.flatMap(linesOf), 'END:VCALENDAR'];
  return lines.map((it) => `${folded(it)}\r\n`).join('');
}

const linesOf = ({ id, version, status, title, description, place, start, end, updatedAt, address }: CalendarEvent): string[] => [
  'BEGIN:VEVENT',
  `UID:${id}`,
  `SEQUENCE:${version}`,
  `DTSTAMP:${utc(updatedAt)}`,
  `DTSTART:${utc(start)}`,
  `DTEND:${utc(end)}`,
  `SUMMARY:${escaped(title)}`,
  `LOCATION:${escaped(place)}`,
  ...(description ? [`DESCRIPTION:${escaped(description)}`] : []),
  ...(address ? [`URL:${address}`] : []),
  `STATUS:${CALLED[status] ?? 'CONFIRMED'}`,
  'END:VEVENT',
];

const CALLED: Readonly<Partial<Record<ReservationStatus, string>>> = {
  pending: 'TENTATIVE',
  cancelled: 'CANCELLED',
  rejected: 'CANCELLED',
  skipped: 'CANCELLED',
};

/** `20261124T130000Z` */
function utc(instant: string): string {
  return new Date(instant).toISOString().replace(/[-:]|\.\d+/g, '');
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}

/** Lines longer than 75 octets go on after a line break and a space (RFC 5545 §3.1), never inside a character. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let octets = 0;
  let text = '';
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > OCTETS_A_LINE) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return text;
}
