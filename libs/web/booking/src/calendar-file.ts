import type { Reservation } from './reservation';

const OCTETS_A_LINE = 75;

/**
 * A booking for whatever calendar its reader keeps: iCalendar (RFC 5545) with one event, times in UTC.
 * @param address where the booking can be seen
 */
export function calendarFile(reservation: Reservation, address: string): string {
  const { id, status, title, description, start, end, updatedAt, resources, version } = reservation;
  const names = resources.map((it) => it.name).join(', ');
  const places = resources.map((it) => [it.name, it.floorName, it.siteName].filter(Boolean).join(', '));
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Berth//Console//EN',
    'BEGIN:VEVENT',
    `UID:${id}`,
    `SEQUENCE:${version}`,
    `DTSTAMP:${utc(updatedAt)}`,
    `DTSTART:${utc(start)}`,
    `DTEND:${utc(end)}`,
    `SUMMARY:${escaped(title ?? names)}`,
    `LOCATION:${escaped(places.join('; '))}`,
    ...(description ? [`DESCRIPTION:${escaped(description)}`] : []),
    `URL:${address}`,
    `STATUS:${status === 'pending' ? 'TENTATIVE' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((it) => `${folded(it)}\r\n`).join('');
}

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
