import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { harmlessCell } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { Reservation } from '../reservation';
import { ANSWER_PREFIX } from './import/reservation-rows';
import { type ReservationFilter, ReservationQueries } from '../reservations.queries';

const PAGE = 200;
export const MOST_EXPORTED = 50_000;

type Columns = Readonly<Record<string, (it: Reservation) => unknown>>;

const columns: Columns = {
  id: (it) => it.id,
  status: (it) => it.status,
  title: (it) => it.title,
  resource: (it) => it.resources.map((item) => item.name).join('; '),
  resource_id: (it) => it.resources.map((item) => item.resourceId).join('; '),
  start: (it) => it.start,
  end: (it) => it.end,
  time_zone: (it) => it.timeZone,
  quantity: (it) => Math.max(...it.resources.map((item) => item.quantity)),
  organizer: (it) => it.organizer?.displayName,
  booked_by: (it) => it.bookedBy?.displayName,
  attendees: (it) => it.attendees,
  private: (it) => it.private,
  description: (it) => it.description,
  series_id: (it) => it.seriesId,
  created_at: (it) => it.createdAt,
};

/** A column for each question that is asked, `field:project`, and one for what nobody asks any more, as JSON. */
function withAnswers(keys: readonly string[]): Columns {
  const former = ({ customFields }: Reservation): string => {
    const left = Object.entries(customFields).filter(([key]) => !keys.includes(key));
    return left.length > 0 ? JSON.stringify(Object.fromEntries(left)) : '';
  };
  const asked = keys.map((key) => [`${ANSWER_PREFIX}${key}`, (it: Reservation) => it.customFields[key]] as const);
  return { ...columns, ...Object.fromEntries(asked), former_fields: former };
}

/** Writes reservations as CSV, page by page as it is read: never more than one page in memory. */
@Injectable()
export class ExportReservations {
  constructor(
    private readonly database: Database,
    private readonly queries: ReservationQueries,
  ) {}

  /** @returns chunks of CSV (RFC 4180) with a header line; what the actor may not see is not in it, as in the list */
  async *execute(actor: Actor, filter: ReservationFilter): AsyncGenerator<string> {
    const columns = withAnswers(await this.askedKeys(actor));
    yield stringify([Object.keys(columns)], { record_delimiter: 'windows' });
    let cursor: string | undefined;
    for (let written = 0; written < MOST_EXPORTED; written += PAGE) {
      const { data, page } = await this.queries.page(actor, filter, { limit: PAGE, cursor });
      if (data.length > 0)
        yield stringify(
          data.map((it) => Object.values(columns).map((read) => harmlessCell(read(it)))),
          { record_delimiter: 'windows' },
        );
      if (!page.hasMore || !page.nextCursor) return;
      cursor = page.nextCursor;
    }
  }

  private async askedKeys(actor: Actor): Promise<string[]> {
    const rows = await this.database.of(actor.organizationId).sql<{ key: string }>`
      select f.field ->> 'key' as key
      from resource_type t, jsonb_array_elements(t.fields) with ordinality as f (field, place)
      where t.org_id = ${actor.organizationId}
      group by 1
      order by min(f.place), 1`;
    return rows.map((it) => it.key);
  }
}
