import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import type { ReservationStatus } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';

/** A reservation that is not over. */
export interface FutureReservation {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly status: ReservationStatus;
  /** null where it is private or there is none. */
  readonly title: string | null;
  readonly seriesId: string | null;
  readonly resources: readonly string[];
}

interface FutureRow {
  id: string;
  starts_at: Date;
  ends_at: Date;
  status: ReservationStatus;
  title: string | null;
  series_id: string | null;
  resources: string[];
}

/** More are not decided at once; whoever leaves with so much leaves in parts. */
export const MOST_FUTURE = 1_000;

/** Reads what somebody has booked that is not over. */
@Injectable()
export class FutureQueries {
  constructor(private readonly database: Database) {}

  async of(actor: Actor, accountId: string, now: Date): Promise<FutureReservation[]> {
    const rows = await this.database.of(actor.organizationId).sql<FutureRow>`
      select v.id, v.starts_at, v.ends_at, v.status, case when v.private then null else v.title end as title, v.series_id,
             array_agg(r.name order by r.name) as resources
      from reservation v
      join reservation_item i on i.reservation_id = v.id
      join resource r on r.id = i.resource_id
      where v.org_id = ${actor.organizationId} and v.organizer_id = ${accountId} and v.ends_at > ${now}
        and v.status in ('pending', 'confirmed', 'checked_in')
      group by v.id
      order by v.starts_at, v.id
      limit ${MOST_FUTURE + 1}`;
    return rows.map((it) => ({
      id: it.id,
      start: formatInstant(it.starts_at),
      end: formatInstant(it.ends_at),
      status: it.status,
      title: it.title,
      seriesId: it.series_id,
      resources: it.resources,
    }));
  }

  /** Series that go on. */
  async seriesOf(actor: Actor, accountId: string): Promise<string[]> {
    const rows = await this.database.of(actor.organizationId).sql<{ id: string }>`
      select id from series where org_id = ${actor.organizationId} and organizer_id = ${accountId} and cancelled_at is null order by id`;
    return rows.map((it) => it.id);
  }
}
