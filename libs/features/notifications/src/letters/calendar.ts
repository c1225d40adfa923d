import type { Recipient } from '../telling/recipient.store';
import ICAL from 'ical.js';
import type { CalendarEntry } from '../telling/draft';

/** Who sends and who gets the invitation. */
export interface Parties {
  readonly organization: string;
  /** Address letters come from; answers to it are not read. */
  readonly sender: string;
  readonly to: Pick<Recipient, 'name' | 'email'>;
  readonly link: string;
}

/**
 * An invitation to a reservation, or its cancellation (RFC 5546). Times are in UTC, so that no calendar has to know a zone; the
 * uid is the reservation's, its version the sequence, so that a letter that is overtaken changes nothing.
 */
export function calendarOf(entry: CalendarEntry, { organization, sender, to, link }: Parties, now: Date): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.updatePropertyWithValue('prodid', '-//Berth//Notifications//EN');
  calendar.updatePropertyWithValue('version', '2.0');
  calendar.updatePropertyWithValue('calscale', 'GREGORIAN');
  calendar.updatePropertyWithValue('method', entry.method);
  const event = new ICAL.Component('vevent');
  event.updatePropertyWithValue('uid', entry.reservationId);
  event.updatePropertyWithValue('sequence', entry.sequence);
  event.updatePropertyWithValue('dtstamp', utc(now));
  event.updatePropertyWithValue('dtstart', utc(entry.start));
  event.updatePropertyWithValue('dtend', utc(entry.end));
  event.updatePropertyWithValue('summary', oneLine(entry.title));
  event.updatePropertyWithValue('location', oneLine(entry.place));
  event.updatePropertyWithValue('status', entry.method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED');
  event.updatePropertyWithValue('transp', 'OPAQUE');
  event.addProperty(ofType('url', 'uri', link));
  event.addProperty(party('organizer', sender, { cn: quotable(organization) }));
  event.addProperty(
    party('attendee', to.email, {
      cn: quotable(to.name),
      cutype: 'INDIVIDUAL',
      role: 'REQ-PARTICIPANT',
      partstat: 'ACCEPTED',
      rsvp: 'FALSE',
    }),
  );
  calendar.addSubcomponent(event);
  return `${calendar.toString()}\r\n`;
}

const utc = (at: Date): ICAL.Time => ICAL.Time.fromJSDate(at, true);

function ofType(name: string, type: string, value: string): ICAL.Property {
  const property = new ICAL.Property(name);
  property.resetType(type);
  property.setValue(value);
  return property;
}

function party(name: string, address: string, parameters: Readonly<Record<string, string>>): ICAL.Property {
  const property = ofType(name, 'cal-address', `mailto:${address}`);
  for (const [key, value] of Object.entries(parameters)) property.setParameter(key, value);
  return property;
}

const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
/** A parameter cannot hold a double quote (RFC 5545 §3.1). */
const quotable = (text: string): string => oneLine(text).replaceAll('"', "'");
