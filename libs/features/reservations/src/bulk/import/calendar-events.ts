import { unreadable } from '@berth/resources';
import ICAL from 'ical.js';

/** A property of an event (RFC 5545 §3.5), its value as jCal has it (RFC 7265 §3.4). */
export interface CalendarProperty {
  /** In small letters. */
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly type: string;
  readonly values: readonly unknown[];
}

/** A VEVENT of a file. */
export interface CalendarEvent {
  /** Line of the file it begins on, counted from 1. */
  readonly line: number;
  readonly properties: readonly CalendarProperty[];
  /** Why it could not be read; then it has no properties. */
  readonly broken?: string;
}

export interface CalendarFile {
  readonly events: readonly CalendarEvent[];
  /** IANA names that zones of the file give for themselves, by TZID. */
  readonly zones: ReadonlyMap<string, string>;
}

export const MOST_EVENTS = 500;
/** Characters; a longer event is a mistake, and dear to read. */
const LONGEST_EVENT = 64 * 1024;

/** Whether a file is a calendar; what begins like a component is meant to be one. */
export const isCalendar = (bytes: Uint8Array): boolean => /^\s*BEGIN:/i.test(decode(bytes.subarray(0, 200)));

/**
 * Reads the events of an iCalendar file, each by itself: one that is broken breaks no other.
 * @throws Problem `validation-failed` for a file that is no calendar, has no events or too many
 */
export function readCalendar(bytes: Uint8Array): CalendarFile {
  const lines = decode(bytes).split(/\r\n|\n|\r/);
  if (lines.some((it) => it.includes('\u0000'))) throw unreadable('nul-character', 'The file has NUL characters; it is no text file.');
  if (
    lines
      .find((it) => it.trim() !== '')
      ?.trim()
      .toUpperCase() !== 'BEGIN:VCALENDAR'
  )
    throw unreadable('not-a-calendar', 'A calendar begins with BEGIN:VCALENDAR.');
  const components = componentsOf(lines);
  const events = components.filter((it) => it.name === 'VEVENT');
  if (events.length === 0) throw unreadable('no-events', 'The calendar has no events.');
  if (events.length > MOST_EVENTS) throw unreadable('too-many-rows', `There are more than ${MOST_EVENTS} events.`, { most: MOST_EVENTS });
  return {
    events: events.map(eventOf),
    zones: new Map(components.filter((it) => it.name === 'VTIMEZONE').flatMap(({ lines: own }) => zoneOf(own))),
  };
}

interface ComponentText {
  readonly name: string;
  /** Where it begins, from 1. */
  readonly line: number;
  /** With BEGIN and END; without END where the file has none. */
  readonly lines: readonly string[];
}

const BEGIN = /^BEGIN:(VEVENT|VTIMEZONE)\s*$/i;

/** Events and zones of a calendar. One that does not end, ends where the next begins. */
function componentsOf(lines: readonly string[]): ComponentText[] {
  const found: ComponentText[] = [];
  for (let at = 0; at < lines.length; at++) {
    const name = BEGIN.exec(lines[at] ?? '')?.[1]?.toUpperCase();
    if (!name) continue;
    let last = at + 1;
    while (last < lines.length && !isEnd(lines[last] ?? '', name) && !BEGIN.test(lines[last] ?? '')) last++;
    const ends = isEnd(lines[last] ?? '', name);
    found.push({ name, line: at + 1, lines: lines.slice(at, ends ? last + 1 : last) });
    at = ends ? last : last - 1;
  }
  return found;
}

const isEnd = (line: string, name: string): boolean => line.trimEnd().toUpperCase() === `END:${name}`;

function eventOf({ line, lines }: ComponentText): CalendarEvent {
  const text = lines.filter((it) => it.trim() !== '').join('\r\n');
  if (text.length > LONGEST_EVENT) return { line, properties: [], broken: `is longer than ${LONGEST_EVENT} characters` };
  try {
    return { line, properties: propertiesIn(ICAL.parse(text)) };
  } catch (error) {
    return { line, properties: [], broken: String((error as Error).message).slice(0, 200) };
  }
}

/** The properties of a component in jCal: `[name, properties, components]`, each property `[name, parameters, type, ...values]` (RFC 7265 §3.3, §3.4). */
function propertiesIn(jcal: unknown): CalendarProperty[] {
  const properties: unknown = Array.isArray(jcal) ? jcal[1] : undefined;
  if (!Array.isArray(properties)) throw new Error('it is no component');
  return properties.map((property: unknown) => {
    const [name, parameters, type, ...values]: unknown[] = Array.isArray(property) ? property : [];
    if (typeof name !== 'string' || typeof type !== 'string' || !isRecord(parameters))
      throw new Error('it has something that is no property');
    return { name, parameters, type, values };
  });
}

const isRecord = (it: unknown): it is Readonly<Record<string, unknown>> => typeof it === 'object' && it !== null && !Array.isArray(it);

/** Where a zone has a name of its own, it may say which of the IANA it is. */
function zoneOf(lines: readonly string[]): [tzid: string, zone: string][] {
  const valueOf = (name: string): string | undefined => lines.find((it) => it.toUpperCase().startsWith(`${name}:`))?.slice(name.length + 1);
  const [tzid, zone] = [valueOf('TZID')?.trim(), valueOf('X-LIC-LOCATION')?.trim()];
  return tzid && zone ? [[tzid, zone]] : [];
}

/** UTF-8 (RFC 5545 §3.1.4), its mark taken off; what is none becomes the replacement character. */
const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8').decode(bytes);
