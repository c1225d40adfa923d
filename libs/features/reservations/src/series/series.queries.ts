import { Problem } from '@berth/contracts';
import { formatInstant, toInstant } from '@berth/kernel';
import { readsName } from '@berth/people';
import type { Actor } from '@berth/platform/auth';
import { Database, type Sql, sql } from '@berth/platform/database';
import { opensTitles, visibleResources } from '@berth/resources';
import { seriesInReach } from '../manages-reservation';
import { endOfLength, type ReservationStatus } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { tellsWho } from '../whose';
import type { Series, SeriesItem, SeriesOccurrence } from './series';
import { seriesColumns, type SeriesRow } from './series.store';

interface ShownRow extends SeriesRow {
  organizer: string;
  /** Whether the reader is told whose it is. */
  tells_organizer: boolean;
  resources: SeriesItem[];
  visible: boolean;
  /** Whether what it is of keeps back from the reader what it is for. */
  closed: boolean;
  cancel_reason: string | null;
  created_at: Date;
  updated_at: Date;
}

/** Reads series for those who may see them. */
@Injectable()
export class SeriesQueries {
  constructor(private readonly database: Database) {}

  /** A series with its occurrences by start. @throws Problem `not-found` */
  async one(
    actor: Actor,
    id: string,
    db: Sql = this.database.of(actor.organizationId),
  ): Promise<Series & { occurrences: SeriesOccurrence[] }> {
    const { series, occurrences } = await this.booked(actor, id, db);
    return { ...series, occurrences };
  }

  /** The same, as booking answers it. */
  async booked(actor: Actor, id: string, db: Sql): Promise<{ series: Series; occurrences: SeriesOccurrence[] }> {
    const series = await this.series(actor, id, db);
    const occurrences = await db.sql<{
      id: string;
      recurrence_id: Date;
      starts_at: Date;
      ends_at: Date;
      status: ReservationStatus;
      version: number;
      resource_ids: string[];
      waitlist_entry_id: string | null;
    }>`
      select v.id, v.recurrence_id, v.starts_at, v.ends_at, v.status, v.version,
             array(select i.resource_id::text from reservation_item i where i.reservation_id = v.id order by i.resource_id) as resource_ids,
             (select e.id from waitlist_entry e where e.occurrence_id = v.id and e.status in ('waiting', 'offered')) as waitlist_entry_id
      from reservation v
      where v.series_id = ${id}
      order by v.recurrence_id`;
    return {
      series,
      occurrences: occurrences.map((it) => ({
        id: it.id,
        recurrenceId: formatInstant(it.recurrence_id),
        start: formatInstant(it.starts_at),
        end: formatInstant(it.ends_at),
        status: it.status,
        resourceIds: it.resource_ids,
        waitlistEntryId: series.mine ? it.waitlist_entry_id : null,
        version: it.version,
      })),
    };
  }

  private async series(actor: Actor, id: string, db: Sql): Promise<Series> {
    const [row] = await db.sql<ShownRow>`
      select ${seriesColumns}, a.display_name as organizer, s.cancel_reason, s.created_at, s.updated_at,
             (select jsonb_agg(jsonb_build_object('resourceId', r.id, 'name', r.name, 'quantity', i.quantity) order by r.id)
              from series_item i join resource r on r.id = i.resource_id where i.series_id = s.id) as resources,
             (select bool_and(${visibleResources(actor)}) from series_item i join resource r on r.id = i.resource_id where i.series_id = s.id) as visible,
             (select not bool_and(${opensTitles(actor)}) from series_item i join resource r on r.id = i.resource_id where i.series_id = s.id) as closed,
             (${readsName(actor, sql`a`)} or exists (
               select from reservation v where v.org_id = s.org_id and v.series_id = s.id and ${tellsWho(actor, sql`a`)})) as tells_organizer
      from series s join account a on a.org_id = s.org_id and a.id = s.organizer_id
      where s.org_id = ${actor.organizationId} and s.id = ${id} and ${seriesInReach(actor, sql`s.id`)}`;
    const mine = row?.organizer_id === actor.accountId;
    const isOwn = mine || row?.booked_by_id === actor.accountId;
    if (!row || (!row.visible && !isOwn)) throw new Problem('not-found');
    const shows = isOwn || (!row.private && !row.closed);
    const start = toInstant(row.local_start, row.time_zone).instant;
    return {
      id,
      title: shows ? row.title : null,
      description: shows ? row.description : null,
      start: formatInstant(start),
      end: formatInstant(endOfLength(start, row.minutes, row.time_zone)),
      localStart: row.local_start,
      timeZone: row.time_zone,
      rrule: row.rrule,
      exdates: row.exdates,
      rdates: row.rdates,
      resources: row.resources,
      organizer: isOwn || row.tells_organizer ? { id: row.organizer_id, displayName: row.organizer } : null,
      mine,
      private: row.private,
      attendees: row.attendees,
      materialisedUntil: row.materialised_until && formatInstant(row.materialised_until),
      cancelledAt: row.cancelled_at && formatInstant(row.cancelled_at),
      cancelReason: shows ? row.cancel_reason : null,
      version: row.version,
      createdAt: formatInstant(row.created_at),
      updatedAt: formatInstant(row.updated_at),
    };
  }
}
