import { clockChanges, offsetMinutes, toLocal } from '@berth/kernel';
import ICAL from 'ical.js';

/** Nothing before is written out: there is no reservation, and some programs know no earlier years. */
const EARLIEST = new Date('1970-01-01T00:00:00Z');

/** Whether times are written in UTC, which needs no definition. */
export const isUtc = (zone: string): boolean => zone === 'UTC' || zone === 'Etc/UTC';

/**
 * The clock of a zone from an instant to another as a calendar needs it (RFC 5545 §3.6.5), for programs that do not know it by
 * name: each change of the clock there is, beginning with the one in force at first.
 */
export function timeZoneOf(zone: string, from: Date, to: Date): ICAL.Component {
  const component = new ICAL.Component('vtimezone');
  component.updatePropertyWithValue('tzid', zone);
  const changes = clockChanges(from, to, zone).filter((it) => it.at >= EARLIEST);
  const [first] = changes;
  if (!first || first.at > from) {
    const offset = offsetMinutes(from, zone);
    component.addSubcomponent(observance('standard', offset, offset, toLocal(EARLIEST, 'UTC')));
  }
  // Each by itself: programs forget the first of several that are said together by RDATE.
  for (const { at, before, after } of changes) {
    const reading = toLocal(new Date(at.getTime() + before * 60_000), 'UTC');
    component.addSubcomponent(observance(after > before ? 'daylight' : 'standard', before, after, reading));
  }
  return component;
}

/** @param reading of the clock as it was until then */
function observance(name: 'standard' | 'daylight', before: number, after: number, reading: string): ICAL.Component {
  const component = new ICAL.Component(name);
  component.updatePropertyWithValue('dtstart', ICAL.Time.fromDateTimeString(reading));
  component.updatePropertyWithValue('tzoffsetfrom', ICAL.UtcOffset.fromSeconds(before * 60));
  component.updatePropertyWithValue('tzoffsetto', ICAL.UtcOffset.fromSeconds(after * 60));
  return component;
}
