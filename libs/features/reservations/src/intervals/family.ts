import { Problem } from '@berth/contracts';
import type { Interval } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import type { Sql } from '@berth/platform/database';
import type { CustomValues } from '@berth/scheduling';
import { demandManaged } from '../manages-reservation';
import type { ReservationRow } from '../reservation.store';

/** A reservation that takes part in an edit, with what it holds. */
export interface Member extends ReservationRow {
  readonly custom_fields: CustomValues;
  readonly items: readonly { readonly resourceId: string; readonly quantity: number }[];
}

/** A reservation and those of the same person and resources that its new time touches. */
export interface Family {
  readonly target: Member;
  readonly neighbours: readonly Member[];
}

const MAX_NEIGHBOURS = 100;

/**
 * The reservation to edit and its neighbours: living ones of the same person on exactly the same resources that the wanted
 * intervals overlap.
 * @throws Problem `not-found`, `permission-denied`, `invalid-state` where too many neighbours would be touched
 */
export async function readFamily(db: Sql, actor: Actor, id: string, wanted: readonly Interval[], now: Date): Promise<Family> {
  const [target] = await members(db, actor, id);
  if (!target) throw new Problem('not-found');
  await demandManaged(db, actor, target);
  const ids = await db.sql<{ id: string }>`
    select distinct n.id
    from reservation n
    join unnest(${wanted.map((it) => it.start)}::timestamptz[], ${wanted.map((it) => it.end)}::timestamptz[]) as w(s, e)
      on n.starts_at < w.e and n.ends_at > w.s
    where n.org_id = ${actor.organizationId} and n.organizer_id = ${target.organizer_id} and n.id <> ${id} and n.ends_at > ${now}
      and n.status in ('pending', 'confirmed', 'checked_in')
    order by n.id
    limit ${MAX_NEIGHBOURS + 1}`;
  if (ids.length > MAX_NEIGHBOURS)
    throw new Problem('invalid-state', { detail: `More than ${MAX_NEIGHBOURS} neighbours would be touched.` });
  const others = await Promise.all(ids.map((it) => members(db, actor, it.id)));
  const same = JSON.stringify(target.items);
  return { target, neighbours: others.flat().filter((it) => JSON.stringify(it.items) === same) };
}

const members = (db: Sql, actor: Actor, id: string): Promise<Member[]> => db.sql<Member>`
  select r.id, r.organizer_id, r.booked_by_id, r.status, r.title, r.description, r.starts_at, r.ends_at, r.time_zone, r.private, r.attendees, r.custom_fields, r.hold_until, r.undo_until, r.version, r.created_at,
         (select jsonb_agg(jsonb_build_object('resourceId', i.resource_id, 'quantity', i.quantity) order by i.resource_id) from reservation_item i where i.reservation_id = r.id) as items
  from reservation r
  where r.org_id = ${actor.organizationId} and r.id = ${id} and r.status not in ('held', 'released', 'expired', 'skipped')`;

export const timeOf = (it: ReservationRow): Interval => ({ start: it.starts_at, end: it.ends_at });
