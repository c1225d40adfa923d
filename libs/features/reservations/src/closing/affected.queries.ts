import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, nothing, sql } from '@berth/platform/database';
import type { ReservationStatus } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';

/** A reservation that a closing touches. */
export interface Affected {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly status: ReservationStatus;
  /** null where it is private or there is none. */
  readonly title: string | null;
  readonly organizer: { readonly id: string; readonly displayName: string };
  readonly resourceIds: readonly string[];
  readonly quantity: number;
  readonly attendees: number | null;
}

interface AffectedRow {
  id: string;
  starts_at: Date;
  ends_at: Date;
  status: ReservationStatus;
  title: string | null;
  organizer_id: string;
  organizer: string;
  resource_ids: string[];
  quantity: number;
  attendees: number | null;
}

/** Time that is taken from those who have reserved it. */
export interface AffectedTime {
  readonly from: Date;
  readonly to?: Date;
  /** Somebody who keeps what they have. */
  readonly notOf?: string;
}

/** More are not decided at once; whoever closes so much does it in parts. */
export const MOST_AFFECTED = 500;

/** Reads which reservations a closed time touches: of the resource, and of what shares parts with it. */
@Injectable()
export class AffectedQueries {
  constructor(private readonly database: Database) {}

  async of(actor: Actor, resourceId: string, { from, to, notOf }: AffectedTime): Promise<Affected[]> {
    const rows = await this.database.of(actor.organizationId).sql<AffectedRow>`
      select v.id, v.starts_at, v.ends_at, v.status, case when v.private then null else v.title end as title, v.organizer_id,
             a.display_name as organizer, v.attendees,
             array_agg(i.resource_id::text order by i.resource_id) as resource_ids, max(i.quantity) as quantity
      from reservation v
      join account a on a.org_id = v.org_id and a.id = v.organizer_id
      join reservation_item i on i.reservation_id = v.id
      where v.org_id = ${actor.organizationId} and v.status in ('pending', 'confirmed', 'checked_in')
        ${notOf ? sql`and v.organizer_id <> ${notOf}` : nothing}
        and v.id in (
          select own.reservation_id from reservation_item own
          where own.held_to > ${from} ${to ? sql`and own.held_from < ${to}` : nothing}
            and own.resource_id in (
              select other.resource_id from resource_leaf mine join resource_leaf other on other.leaf_id = mine.leaf_id where mine.resource_id = ${resourceId}))
      group by v.id, a.display_name
      order by v.starts_at, v.id
      limit ${MOST_AFFECTED + 1}`;
    return rows.map((it) => ({
      id: it.id,
      start: formatInstant(it.starts_at),
      end: formatInstant(it.ends_at),
      status: it.status,
      title: it.title,
      organizer: { id: it.organizer_id, displayName: it.organizer },
      resourceIds: it.resource_ids,
      quantity: it.quantity,
      attendees: it.attendees,
    }));
  }
}
