import { toLocal } from '@berth/kernel';
import ICAL from 'ical.js';
import type { CalendarEntry, CalendarSpan, StandingSeries } from '../telling/draft';
import type { Recipient } from '../telling/recipient.store';
import { type RecurrenceSet, recurrenceSet } from './recurrence-set';
import { isUtc, timeZoneOf } from './time-zone';

/** Who sends and who gets the invitation. */
export interface Parties {
  readonly organization: string;
  /** Address letters come from; answers to it are not read. */
  readonly sender: string;
  readonly to: Pick<Recipient, 'name' | 'email'>;
  readonly link: string;
}

/** For so long after it is booked the clock of a series without end is written out. */
const AHEAD_MS = 5 * 366 * 86_400_000;

/**
 * An invitation to a reservation or a series, or its cancellation (RFC 5546). A reservation is in UTC, so that no calendar has to
 * know a zone; what recurs is in its zone, which goes with it (ADR 0039). The sequence grows, so that a letter that is overtaken
 * changes nothing.
 */
export function calendarOf(entry: CalendarEntry, parties: Parties, now: Date): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.updatePropertyWithValue('prodid', '-//Berth//Notifications//EN');
  calendar.updatePropertyWithValue('version', '2.0');
  calendar.updatePropertyWithValue('calscale', 'GREGORIAN');
  calendar.updatePropertyWithValue('method', entry.method);
  const component = (span: CalendarSpan): ICAL.Component => eventOf(entry, span, parties, now);
  for (const it of entry.series ? seriesOf(entry.series, component) : dateOf(entry, component)) calendar.addSubcomponent(it);
  return `${calendar.toString()}\r\n`;
}

/** One date, of a series by the reading that names it. */
function dateOf({ date, named }: CalendarEntry, component: (span: CalendarSpan) => ICAL.Component): ICAL.Component[] {
  const event = component(date);
  setSpan(event, date);
  if (!named) return [event];
  event.addProperty(reading('recurrence-id', toLocal(named.at, named.timeZone), named.timeZone));
  return isUtc(named.timeZone) ? [event] : [timeZoneOf(named.timeZone, named.at, date.end), event];
}

function seriesOf(series: StandingSeries, component: (span: CalendarSpan) => ICAL.Component): ICAL.Component[] {
  const { recurrence, openUntil, dates } = series;
  const { timeZone } = recurrence;
  const set = recurrenceSet(series);
  const changed = set.changed.map((it) => {
    const event = component(it);
    setSpan(event, it);
    event.addProperty(reading('recurrence-id', it.named, timeZone));
    return event;
  });
  const end = dates.reduce((latest, it) => (it.end > latest ? it.end : latest), dates[0].end);
  const until = openUntil ? new Date(openUntil.getTime() + AHEAD_MS) : end;
  const events = [wholeOf(set, timeZone, component({ ...dates[0], title: series.title, place: series.place })), ...changed];
  return isUtc(timeZone) ? events : [timeZoneOf(timeZone, dates[0].recurrenceId, until), ...events];
}

function wholeOf({ start, minutes, rule, exdates, rdates }: RecurrenceSet, timeZone: string, event: ICAL.Component): ICAL.Component {
  event.addProperty(reading('dtstart', start, timeZone));
  // A length, not an end, as that is what stays the same through a change of the clocks (RFC 5545 §3.8.2.5).
  const length = { days: Math.floor(minutes / 1440), hours: Math.floor((minutes % 1440) / 60), minutes: minutes % 60 };
  event.updatePropertyWithValue('duration', ICAL.Duration.fromData(length));
  if (rule) event.updatePropertyWithValue('rrule', ICAL.Recur.fromString(rule));
  for (const it of exdates) event.addProperty(reading('exdate', it, timeZone));
  for (const it of rdates) event.addProperty(reading('rdate', it, timeZone));
  return event;
}

/** All but when it is. */
function eventOf(
  { uid, sequence, method }: CalendarEntry,
  { title, place }: CalendarSpan,
  { organization, sender, to, link }: Parties,
  now: Date,
): ICAL.Component {
  const event = new ICAL.Component('vevent');
  event.updatePropertyWithValue('uid', uid);
  event.updatePropertyWithValue('sequence', sequence);
  event.updatePropertyWithValue('dtstamp', utc(now));
  event.updatePropertyWithValue('summary', oneLine(title));
  event.updatePropertyWithValue('location', oneLine(place));
  event.updatePropertyWithValue('status', method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED');
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
  return event;
}

function setSpan(event: ICAL.Component, { start, end }: CalendarSpan): void {
  event.updatePropertyWithValue('dtstart', utc(start));
  event.updatePropertyWithValue('dtend', utc(end));
}

const utc = (at: Date): ICAL.Time => ICAL.Time.fromJSDate(at, true);

/** A local date-time of a zone. */
function reading(name: string, local: string, timeZone: string): ICAL.Property {
  const property = new ICAL.Property(name);
  if (!isUtc(timeZone)) property.setParameter('tzid', timeZone);
  property.setValue(ICAL.Time.fromDateTimeString(isUtc(timeZone) ? `${local}Z` : local));
  return property;
}

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
