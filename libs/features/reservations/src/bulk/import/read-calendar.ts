import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { ResourceCatalogue } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { type CalendarEvent, readCalendar } from './calendar-events';
import { isCancelled, propertiesOf, requestOf, resourceNamesOf, textOf, UnusableEvent } from './event-request';
import type { ReadFile, ReadRow, RowError } from './import-report';
import { namedResources, type NamedResource } from './named-resources';

const NO_HEADERS = { resource: null, start: null, end: null };
/** What is shown of an event, in this order, where one of the file has it. */
const SHOWN = ['SUMMARY', 'LOCATION', 'RESOURCES', 'X-BERTH-RESOURCE', 'DTSTART', 'DTEND', 'DURATION', 'RRULE', 'CLASS', 'STATUS'];
/** Each is up to 366 reservations, which all are looked at before one is booked. */
const MOST_SERIES = 20;

const propertyOf: Readonly<Record<string, string>> = {
  resourceId: 'LOCATION',
  start: 'DTSTART',
  end: 'DTEND',
  timeZone: 'DTSTART',
  title: 'SUMMARY',
  description: 'DESCRIPTION',
  private: 'CLASS',
  recurrence: 'RRULE',
  resolutions: 'RECURRENCE-ID',
};

/** Reads the events of an iCalendar file (RFC 5545) into the requests that would book them. */
@Injectable()
export class ReadCalendar {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
  ) {}

  /**
   * @param resourceId of events that name no resource, or a place that is none
   * @throws Problem `validation-failed` for a file that cannot be read
   */
  async execute(actor: Actor, bytes: Uint8Array, resourceId: string | undefined): Promise<ReadFile> {
    const { events, zones } = readCalendar(bytes);
    const names = events.flatMap((it) => resourceNamesOf(it).flatMap((one) => one.names));
    const named = await namedResources(this.database.of(actor.organizationId), actor, [...names, resourceId ?? '']);
    const found = events.map((event) => resourceOf(event, named, resourceId));
    const ids = found.flatMap(({ resource }) => ('id' in resource ? resource.id : []));
    const terms = await this.catalogue.termsOfMany(actor.organizationId, [...new Set(ids)]);
    const parts = partsOf(events);
    let series = 0;
    const rows = events.map((event, i): ReadRow => {
      const { resource, column } = found[i]!;
      const read = { line: event.line, name: textOf(event, 'summary') ?? textOf(event, 'uid') ?? '', cells: cellsOf(event), errors: [] };
      const wrong = (it: Omit<RowError, 'row'>): ReadRow => ({ ...read, errors: [{ row: event.line, ...it }] });
      if (event.broken !== undefined)
        return wrong({ column: null, code: 'not-an-event', detail: `The event cannot be read: ${event.broken}.` });
      const skipped = whySkipped(event, parts);
      if (skipped) return { ...read, skipped };
      if ('code' in resource) return wrong({ column, ...resource });
      try {
        const clock = { floating: terms.get(resource.id)?.timeZone ?? 'UTC', zones };
        const body = requestOf(event, parts.changes.get(event) ?? [], resource.id, clock);
        if (body['recurrence'] && ++series > MOST_SERIES)
          return wrong({ column: 'RRULE', code: 'too-many', detail: `One file may have ${MOST_SERIES} events that recur.` });
        return { ...read, body, ...identityOf(event, body) };
      } catch (error) {
        if (!(error instanceof UnusableEvent)) throw error;
        return wrong({ column: error.column, code: error.code, detail: error.detail });
      }
    });
    const columns = SHOWN.filter((name) => rows.some((it) => it.cells[name] !== undefined));
    return {
      format: 'ics',
      delimiter: null,
      encoding: 'utf-8',
      rows,
      columns,
      ignoredColumns: [],
      headers: NO_HEADERS,
      columnOf: propertyOf,
    };
  }
}

function resourceOf(
  event: CalendarEvent,
  named: (name: string) => NamedResource,
  resourceId: string | undefined,
): { readonly column: string | null; readonly resource: NamedResource } {
  const said = resourceNamesOf(event).map(({ column, names, sure }) => {
    const resources = names.map(named);
    return { column, sure, resource: resources.find((it) => 'id' in it) ?? resources[0]! };
  });
  const found = said.find((it) => 'id' in it.resource || it.sure);
  if (found) return found;
  if (resourceId !== undefined) return { column: null, resource: named(resourceId) };
  return said.at(-1) ?? { column: 'LOCATION', resource: named('') };
}

const LONGEST_UID = 1_000;

/** Which event it is, for whoever brings the same one in again; nothing where it has no UID. */
function identityOf(event: CalendarEvent, body: object): Pick<ReadRow, 'event'> {
  const uid = textOf(event, 'uid');
  if (uid === undefined || uid.length > LONGEST_UID) return {};
  const fingerprint = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  return { event: { uid, recurrenceId: textOf(event, 'recurrence-id') ?? '', fingerprint } };
}

/** Which events are one: dates that are changed go with the event that recurs. */
interface Parts {
  /** The first of each UID that is no change of a date. */
  readonly heads: ReadonlyMap<string, CalendarEvent>;
  readonly changes: ReadonlyMap<CalendarEvent, readonly CalendarEvent[]>;
}

const isChange = (event: CalendarEvent): boolean => propertiesOf(event, 'recurrence-id').length > 0;

function partsOf(events: readonly CalendarEvent[]): Parts {
  const heads = new Map<string, CalendarEvent>();
  for (const it of events) {
    const uid = textOf(it, 'uid');
    if (uid !== undefined && !isChange(it) && !heads.has(uid)) heads.set(uid, it);
  }
  const changes = new Map<CalendarEvent, CalendarEvent[]>();
  for (const it of events) {
    const head = isChange(it) ? heads.get(textOf(it, 'uid') ?? '') : undefined;
    if (head && propertiesOf(head, 'rrule').length > 0) changes.set(head, [...(changes.get(head) ?? []), it]);
  }
  return { heads, changes };
}

/** Why an event is no booking of its own; undefined where it is one. */
function whySkipped(event: CalendarEvent, { heads, changes }: Parts): ReadRow['skipped'] {
  const head = heads.get(textOf(event, 'uid') ?? '');
  if (head && changes.get(head)?.includes(event))
    return { column: 'RECURRENCE-ID', code: 'part-of-series', detail: `Goes with the event at line ${head.line}.` };
  if (isCancelled(event)) return { column: 'STATUS', code: 'cancelled', detail: 'The event is cancelled.' };
  if (head && head !== event && !isChange(event))
    return { column: 'UID', code: 'duplicate-row', detail: `The event at line ${head.line} is the same one.` };
  return undefined;
}

function cellsOf(event: CalendarEvent): Record<string, string> {
  return Object.fromEntries(
    SHOWN.flatMap((name) => (propertiesOf(event, name.toLowerCase()).length > 0 ? [[name, cellOf(event, name)]] : [])),
  );
}

function cellOf(event: CalendarEvent, name: string): string {
  const [property] = propertiesOf(event, name.toLowerCase());
  if (name === 'RRULE' && property)
    return Object.entries(property.values[0] as object)
      .map(([part, value]) => `${part.toUpperCase()}=${String(value)}`)
      .join(';');
  const text = textOf(event, name.toLowerCase()) ?? '';
  const [, date, clock, utc] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(Z?)$/.exec(text) ?? [];
  const tzid = property?.parameters['tzid'];
  const zone = utc ? 'UTC' : typeof tzid === 'string' ? tzid : '';
  return date && clock ? `${date} ${clock} ${zone}`.trimEnd() : text;
}
