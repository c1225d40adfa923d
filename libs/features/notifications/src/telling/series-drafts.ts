import type { SeriesFacts } from '@berth/contracts';
import type { Sql } from '@berth/platform/database';
import type { LogEntry } from '@berth/platform/outbox';
import type { NotificationKind } from '../notification';
import { readResourceNames } from './booking.store';
import type { Draft } from './draft';
import { seriesIsGone } from './series-calendar.store';

interface SeriesRow {
  readonly id: string;
  readonly title: string | null;
  readonly booked_by_id: string | null;
  readonly confirmed: number;
}

/** What happened to a series, with the one that has the dates it is about. */
interface SeriesNews {
  readonly event: LogEntry;
  readonly facts: SeriesFacts;
  readonly row: SeriesRow;
  readonly resourceName: string;
  readonly actorName: string | undefined;
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
    .filter(({ facts }) => facts.scope !== 'this');
  if (told.length === 0) return [];
  const rows = await db.sql<SeriesRow>`
    select s.id, s.title, s.booked_by_id,
           (select count(*)::integer from reservation r where r.series_id = s.id and r.status in ('confirmed', 'checked_in')) as confirmed
    from series s where s.id = any(${told.map((it) => it.facts.continuedBy ?? it.facts.seriesId)}::uuid[])`;
  const series = new Map(rows.map((it) => [it.id, it]));
  const resources = await readResourceNames(
    db,
    told.flatMap((it) => [...it.facts.resourceIds]),
  );
  return told.flatMap(({ event, facts }) => {
    const row = series.get(facts.continuedBy ?? facts.seriesId);
    if (!row) return [];
    const resourceName = facts.resourceIds.flatMap((it) => resources.get(it) ?? []).join(', ');
    const news = { event, facts, row, resourceName, actorName: event.actor ? names.get(event.actor) : undefined };
    const people = [...new Set([facts.organizerId, ...(row.booked_by_id ? [row.booked_by_id] : [])])];
    return people.flatMap((accountId) => [...changedDrafts(news, accountId), ...formerDrafts(news, accountId)]);
  });
}

function changedDrafts(news: SeriesNews, accountId: string): Draft[] {
  const { event, facts, row, resourceName, actorName } = news;
  const kind = kinds[event.type];
  // What waits for approval as a whole is not booked yet; of what is joined to another only that is told.
  if (!kind || (event.type === 'series.created' && row.confirmed === 0) || isJoined(facts)) return [];
  return [
    {
      ...plain(event, accountId),
      kind,
      cause: event.id,
      subject: { kind: 'series', id: row.id },
      facts: {
        title: row.title,
        resourceName,
        timeZone: facts.timeZone,
        occurrences: facts.occurrences ?? row.confirmed,
        ...(facts.reason && facts.reason !== 'joined' && { reason: facts.reason }),
        ...(event.actor && event.actor !== accountId && actorName && { personId: event.actor, personName: actorName }),
      },
      target: { seriesId: row.id },
      ofSeries: { seriesId: row.id, sequence: event.sequence },
    },
  ];
}

/** Where a series was parted or joined two in a calendar change: a letter of its own takes the dates out of the one they were in. */
function formerDrafts({ event, facts, row, resourceName }: SeriesNews, accountId: string): Draft[] {
  if (facts.continuedBy === undefined) return [];
  const { seriesId } = facts;
  return [
    {
      ...plain(event, accountId),
      kind: 'booking-changed',
      cause: `${event.id}/former`,
      subject: { kind: 'series', id: seriesId },
      facts: { title: row.title, resourceName, timeZone: facts.timeZone, change: 'parted' },
      target: { seriesId },
      letterOnly: true,
      ...(isJoined(facts)
        ? { calendar: seriesIsGone(seriesId, event.sequence, facts) }
        : { ofSeries: { seriesId, sequence: event.sequence } }),
    },
  ];
}

const plain = (event: LogEntry, accountId: string) => ({
  organizationId: event.organizationId,
  accountId,
  verbs: [],
  at: new Date(event.time),
  isOwnDoing: event.actor === accountId,
});

/** It is no series any more, but dates of the one that goes on. */
const isJoined = ({ continuedBy, scope }: SeriesFacts): boolean => continuedBy !== undefined && scope === undefined;

/** Events about dates of a series that are told with the series: its own event was written by the same request. */
export async function toldWithSeries(db: Sql, events: readonly LogEntry[]): Promise<ReadonlySet<string>> {
  const candidates = events.filter((it) => /^reservation\.(created|updated|moved|cancelled)$/.test(it.type));
  if (candidates.length === 0) return new Set();
  // One look by key after another (`offset 0`): joined freely, each event is held against every series there is.
  const rows = await db.sql<{ id: string }>`
    with told as materialized (
      select id, org_id, subject_id, request_id, at from event where log_position = any(${candidates.map((it) => it.logPosition)}::bigint[])
    )
    select e.id
    from told e
    cross join lateral (select r.series_id from reservation r where r.org_id = e.org_id and r.id = e.subject_id offset 0) r
    cross join lateral (select v.id, v.split_from_id from series v where v.org_id = e.org_id and v.id = r.series_id offset 0) v
    where exists (
      select from (
        select s.type, s.request_id, s.at, s.data from event s where s.org_id = e.org_id and s.subject_id = any(array[v.id, v.split_from_id]) offset 0) s
      where s.type in ('series.created', 'series.updated', 'series.cancelled')
        and s.request_id is not distinct from e.request_id and s.at between e.at - interval '5 minutes' and e.at + interval '5 minutes'
        and coalesce(s.data ->> 'scope', '') <> 'this')`;
  return new Set(rows.map((it) => it.id));
}
