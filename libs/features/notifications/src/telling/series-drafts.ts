import type { SeriesFacts } from '@berth/contracts';
import type { Sql } from '@berth/platform/database';
import type { LogEntry } from '@berth/platform/outbox';
import type { NotificationKind } from '../notification';
import { readResourceNames } from './booking.store';
import type { Draft } from './draft';

interface SeriesRow {
  readonly id: string;
  readonly title: string | null;
  readonly time_zone: string;
  readonly booked_by_id: string | null;
  readonly confirmed: number;
}

const kinds: Readonly<Record<string, NotificationKind>> = {
  'series.created': 'booking-confirmed',
  'series.updated': 'booking-changed',
  'series.cancelled': 'booking-cancelled',
};

/** Many dates are one piece of news; a change of one date is told as the reservation it is. */
export async function seriesDrafts(db: Sql, events: readonly LogEntry[], names: ReadonlyMap<string, string>): Promise<Draft[]> {
  const told = events
    .filter((it) => it.type.startsWith('series.') && it.actor !== null)
    .map((event) => ({ event, facts: event.data as SeriesFacts }))
    .filter(({ facts }) => facts.scope !== 'this' && facts.continuedBy === undefined && facts.reason !== 'joined');
  if (told.length === 0) return [];
  const rows = await db.sql<SeriesRow>`
    select s.id, s.title, s.time_zone, s.booked_by_id,
           (select count(*)::integer from reservation r where r.series_id = s.id and r.status in ('confirmed', 'checked_in')) as confirmed
    from series s where s.id = any(${told.map((it) => it.facts.seriesId)}::uuid[])`;
  const series = new Map(rows.map((it) => [it.id, it]));
  const resources = await readResourceNames(
    db,
    told.flatMap((it) => [...it.facts.resourceIds]),
  );
  return told.flatMap(({ event, facts }) => {
    const row = series.get(facts.seriesId);
    const kind = kinds[event.type];
    // What waits for approval as a whole is not booked yet.
    if (!row || !kind || (event.type === 'series.created' && row.confirmed === 0)) return [];
    const actorName = event.actor ? names.get(event.actor) : undefined;
    const people = [...new Set([facts.organizerId, ...(row.booked_by_id ? [row.booked_by_id] : [])])];
    return people.map((accountId): Draft => ({
      organizationId: event.organizationId,
      accountId,
      kind,
      cause: event.id,
      subject: { kind: 'series', id: facts.seriesId },
      facts: {
        title: row.title,
        resourceName: facts.resourceIds.flatMap((it) => resources.get(it) ?? []).join(', '),
        timeZone: facts.timeZone,
        occurrences: facts.occurrences ?? row.confirmed,
        ...(facts.reason && { reason: facts.reason }),
        ...(event.actor && event.actor !== accountId && actorName && { personId: event.actor, personName: actorName }),
      },
      target: { seriesId: facts.seriesId },
      verbs: [],
      at: new Date(event.time),
      isOwnDoing: event.actor === accountId,
    }));
  });
}

/** Events about dates of a series that are told with the series: its own event was written by the same request. */
export async function toldWithSeries(db: Sql, events: readonly LogEntry[]): Promise<ReadonlySet<string>> {
  const candidates = events.filter((it) => /^reservation\.(created|updated|moved|cancelled)$/.test(it.type));
  if (candidates.length === 0) return new Set();
  const rows = await db.sql<{ id: string }>`
    select e.id
    from event e
    join reservation r on r.org_id = e.org_id and r.id = e.subject_id and r.series_id is not null
    where e.log_position = any(${candidates.map((it) => it.logPosition)}::bigint[])
      and exists (
        select from event s
        where s.org_id = e.org_id and s.subject_id = r.series_id and s.type in ('series.created', 'series.updated', 'series.cancelled')
          and s.request_id is not distinct from e.request_id and s.at between e.at - interval '5 minutes' and e.at + interval '5 minutes'
          and coalesce(s.data ->> 'scope', '') <> 'this')`;
  return new Set(rows.map((it) => it.id));
}
