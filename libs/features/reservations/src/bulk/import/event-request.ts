import { formatInstant, isCivilDate, isCivilDateTime, isTimeZone, parseDuration, parseInstant, startOfDay, toInstant } from '@berth/kernel';
import { endOfLength } from '@berth/scheduling';
import ICAL from 'ical.js';
import type { CalendarEvent, CalendarProperty } from './calendar-events';

/** What of an event cannot become a reservation. */
export class UnusableEvent extends Error {
  constructor(
    /** The property, as it is written. */
    readonly column: string | null,
    readonly code: string,
    readonly detail: string,
  ) {
    super(detail);
  }
}

/** What the times of events are reckoned by. */
export interface EventClock {
  /** Zone of times without one: that of the resource. */
  readonly floating: string;
  /** IANA names by TZID, where the file says them. */
  readonly zones: ReadonlyMap<string, string>;
}

/** A time of an event; `zone` is where its clock hangs, undefined of an instant. */
interface EventTime {
  readonly instant: Date;
  /** As a request may have it: local where there is a zone. */
  readonly text: string;
  readonly zone?: string;
  readonly isDate: boolean;
}

const MOST_DATES = 366;

export const propertiesOf = ({ properties }: CalendarEvent, name: string): CalendarProperty[] =>
  properties.filter((it) => it.name === name);

/** The text of a property; undefined where it is not there or empty. */
export function textOf(event: CalendarEvent, name: string): string | undefined {
  const value = propertiesOf(event, name)[0]?.values.join(', ').trim();
  return value ? value : undefined;
}

/**
 * What people may have called the resource of an event, the surest first, each with the property it is from. A calendar
 * writes a place as `Room, Floor, Site`, so what is before the comma counts too.
 */
export function resourceNamesOf(
  event: CalendarEvent,
): { readonly column: string; readonly names: readonly string[]; readonly sure: boolean }[] {
  const attendees = propertiesOf(event, 'attendee').filter((it) => /^(ROOM|RESOURCE)$/i.test(String(it.parameters['cutype'] ?? '')));
  const location = textOf(event, 'location');
  return [
    ...[textOf(event, 'x-berth-resource')].flatMap((it) => (it ? [{ column: 'X-BERTH-RESOURCE', names: [it], sure: true }] : [])),
    ...[textOf(event, 'resources')].flatMap((it) => (it ? [{ column: 'RESOURCES', names: [it], sure: true }] : [])),
    ...attendees.flatMap(({ parameters: { cn } }) => (cn ? [{ column: 'ATTENDEE', names: [String(cn)], sure: false }] : [])),
    ...(location ? [{ column: 'LOCATION', names: [...new Set([location, (location.split(',')[0] ?? '').trim()])], sure: false }] : []),
  ];
}

/**
 * An event as the body of the request that would book it, with `recurrence` where it recurs.
 * @param changed the same event with a RECURRENCE-ID: dates of it that are cancelled or at another time
 * @throws UnusableEvent
 */
export function requestOf(
  event: CalendarEvent,
  changed: readonly CalendarEvent[],
  resourceId: string,
  clock: EventClock,
): Record<string, unknown> {
  const { start, end } = spanOf(event, clock);
  const recurrence = recurrenceOf(event, start, clock);
  const timeZone = start.zone ?? (recurrence ? 'UTC' : undefined);
  const entries = Object.entries({
    resourceId,
    start: start.isDate ? formatInstant(start.instant) : start.text,
    end: end.zone === start.zone && !end.isDate ? end.text : formatInstant(end.instant),
    timeZone,
    title: textOf(event, 'summary'),
    description: textOf(event, 'description'),
    private: /^(PRIVATE|CONFIDENTIAL)$/i.test(textOf(event, 'class') ?? '') || undefined,
    recurrence,
    resolutions: recurrence && changed.length > 0 ? changed.map((it) => resolutionOf(it, clock)) : undefined,
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

export const isCancelled = (event: CalendarEvent): boolean => textOf(event, 'status')?.toUpperCase() === 'CANCELLED';

function resolutionOf(event: CalendarEvent, clock: EventClock): Record<string, unknown> {
  const [property] = propertiesOf(event, 'recurrence-id');
  const recurrenceId = formatInstant(timeOf(property, property?.values[0], clock).instant);
  if (isCancelled(event)) return { recurrenceId, use: 'skip' };
  const { start, end } = spanOf(event, clock);
  return { recurrenceId, use: 'time', start: formatInstant(start.instant), end: formatInstant(end.instant) };
}

function spanOf(event: CalendarEvent, clock: EventClock): { start: EventTime; end: EventTime } {
  const [dtstart] = propertiesOf(event, 'dtstart');
  if (!dtstart) throw new UnusableEvent('DTSTART', 'required', 'The event has no start.');
  const start = timeOf(dtstart, dtstart.values[0], clock);
  const [dtend] = propertiesOf(event, 'dtend');
  if (dtend) return { start, end: timeOf(dtend, dtend.values[0], clock) };
  const duration = textOf(event, 'duration');
  if (duration === undefined && !start.isDate) throw new UnusableEvent('DTEND', 'required', 'The event has no end.');
  const minutes = duration === undefined ? 1440 : parseDuration(duration.replace(/^\+/, ''));
  if (minutes === undefined)
    throw new UnusableEvent('DURATION', 'not-a-duration', `“${duration?.slice(0, 40)}” is no length in weeks, days, hours or minutes.`);
  const instant = endOfLength(start.instant, minutes, start.zone ?? 'UTC');
  return { start, end: { instant, text: formatInstant(instant), isDate: true } };
}

function recurrenceOf(event: CalendarEvent, start: EventTime, clock: EventClock): Record<string, unknown> | undefined {
  const [rule, ...others] = propertiesOf(event, 'rrule');
  if (others.length > 0 || propertiesOf(event, 'exrule').length > 0)
    throw new UnusableEvent('RRULE', 'not-allowed', 'An event may have one rule, and none for exceptions.');
  const exdates = datesOf(event, 'exdate', start, clock);
  const rdates = datesOf(event, 'rdate', start, clock);
  if (!rule) {
    if (rdates.length > 0) throw new UnusableEvent('RDATE', 'not-allowed', 'Further dates need a rule (RRULE).');
    return undefined;
  }
  return { rrule: ruleText(rule), ...(exdates.length > 0 && { exdates }), ...(rdates.length > 0 && { rdates }) };
}

/** The rule as it is written; the reader has taken it apart. */
function ruleText({ values: [parts] }: CalendarProperty): string {
  try {
    return ICAL.Recur.fromData(parts as Parameters<typeof ICAL.Recur.fromData>[0]).toString();
  } catch (error) {
    throw new UnusableEvent('RRULE', 'wrong-type', String((error as Error).message).slice(0, 200));
  }
}

function datesOf(event: CalendarEvent, name: 'exdate' | 'rdate', start: EventTime, clock: EventClock): string[] {
  const dates = propertiesOf(event, name).flatMap((property) => property.values.map((value) => ({ property, value })));
  if (dates.length > MOST_DATES) throw new UnusableEvent(name.toUpperCase(), 'too-many', `There are more than ${MOST_DATES} dates.`);
  return dates.map(({ property, value }) => {
    if (property.type === 'date' && typeof value === 'string' && isCivilDate(value)) return value;
    const time = timeOf(property, value, clock);
    return time.zone === start.zone ? time.text : formatInstant(time.instant);
  });
}

function timeOf(property: CalendarProperty | undefined, value: unknown, { floating, zones }: EventClock): EventTime {
  const column = property?.name.toUpperCase() ?? null;
  const text = typeof value === 'string' ? value : '';
  const instant = parseInstant(text);
  if (instant) return { instant, text, isDate: false };
  const tzid = property?.parameters['tzid'];
  const zone = typeof tzid === 'string' && tzid !== '' ? zoneOf(tzid, zones) : floating;
  if (zone === undefined) {
    const detail = `The time zone “${String(tzid).slice(0, 80)}” is not one of the IANA, such as Europe/Berlin.`;
    throw new UnusableEvent(column, 'unknown-time-zone', detail);
  }
  if (isCivilDate(text)) return { instant: startOfDay(text, floating), text, zone: floating, isDate: true };
  if (isCivilDateTime(text)) return { instant: toInstant(text, zone).instant, text, zone, isDate: false };
  throw new UnusableEvent(column, 'is-instant', 'is no time like 20261201T130000Z');
}

/** Some calendars put their own path before the name of the zone, `/example.org/20250101/Europe/Berlin`. */
function zoneOf(tzid: string, zones: ReadonlyMap<string, string>): string | undefined {
  const path = tzid.split('/');
  const tails = [tzid, zones.get(tzid), path.slice(-3).join('/'), path.slice(-2).join('/')];
  return tails.find((it) => it !== undefined && isTimeZone(it));
}
