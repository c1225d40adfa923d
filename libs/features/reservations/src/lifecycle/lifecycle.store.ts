import type { Sql, Tx } from '@berth/platform/database';
import type { LifeSoFar, LifeStep, ReservationStatus } from '@berth/scheduling';

/** A reservation with something due in its life. */
export interface DueLife extends LifeSoFar {
  readonly organizationId: string;
  readonly resourceIds: readonly string[];
}

interface LifeRow {
  id: string;
  org_id: string;
  status: ReservationStatus;
  starts_at: Date;
  ends_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  check_in_by: Date | null;
  cancelled_at: Date | null;
  resource_ids: string[];
}

/** Takes the turn until the transaction ends: one worker at a time, so that things are told in their order. */
export async function takeLifecycleTurn(tx: Tx): Promise<boolean> {
  const [row] = await tx.sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(hashtext('berth.lifecycle')) as mine`;
  return row?.mine ?? false;
}

/** Reservations with something due, the longest due first; each of the four reads is one descent of its own index. */
export async function dueReservations(db: Sql, now: Date, limit: number): Promise<{ id: string; due: Date }[]> {
  return db.sql<{ id: string; due: Date }>`
    select id, min(due) as due
    from (
      (select id, starts_at as due from reservation
       where started_at is null and status in ('confirmed', 'checked_in', 'completed') and starts_at <= ${now}
       order by starts_at limit ${limit})
      union all
      (select id, ends_at from reservation
       where ended_at is null and status in ('confirmed', 'checked_in') and ends_at <= ${now}
       order by ends_at limit ${limit})
      union all
      (select id, check_in_by from reservation
       where check_in_by is not null and status = 'confirmed' and check_in_by <= ${now}
       order by check_in_by limit ${limit})
      union all
      (select id, case status when 'completed' then ends_at when 'cancelled' then cancelled_at else check_in_by end from reservation
       where started_at is not null and ended_at is null and status in ('cancelled', 'completed', 'no_show') and (undo_until is null or undo_until <= ${now})
       order by updated_at limit ${limit})
    ) as due
    group by id
    order by min(due), id
    limit ${limit}`;
}

/** Locks them and reads how far they are; one that somebody is changing at this moment is left for the next look. */
export async function lockLives(tx: Tx, ids: readonly string[], now: Date): Promise<DueLife[]> {
  const rows = await tx.sql<LifeRow>`
    select r.id, r.org_id, r.status, r.starts_at, r.ends_at, r.started_at, r.ended_at, r.check_in_by,
           case when r.undo_until is null or r.undo_until <= ${now} then r.cancelled_at end as cancelled_at,
           array(select i.resource_id::text from reservation_item i where i.reservation_id = r.id) as resource_ids
    from reservation r
    where r.id = any(${[...ids]}::uuid[])
    order by r.id
    for no key update of r skip locked`;
  return rows.map((it) => ({
    id: it.id,
    organizationId: it.org_id,
    status: it.status,
    start: it.starts_at,
    end: it.ends_at,
    startedAt: it.started_at,
    endedAt: it.ended_at,
    checkInBy: it.check_in_by,
    cancelledAt: it.cancelled_at,
    resourceIds: it.resource_ids,
  }));
}

/** Writes what has become of them. The version follows the status, which is what people see. */
export async function writeSteps(tx: Tx, lives: readonly DueLife[], steps: readonly LifeStep[], now: Date): Promise<void> {
  const after = lives.map((it) => {
    const own = steps.filter((step) => step.id === it.id);
    const did = (kind: LifeStep['kind']): Date | null => (own.some((step) => step.kind === kind) ? now : null);
    return { id: it.id, status: own.at(-1)?.status ?? it.status, started: did('started'), ended: did('ended'), checkInBy: it.checkInBy };
  });
  await tx.sql`
    update reservation r
    set started_at = coalesce(r.started_at, step.started), ended_at = coalesce(r.ended_at, step.ended),
        check_in_by = coalesce(r.check_in_by, case when step.started is not null then step.check_in_by end),
        version = r.version + (step.status <> r.status)::integer, status = step.status,
        updated_at = case when step.status <> r.status then ${now} else r.updated_at end
    from unnest(
      ${after.map((it) => it.id)}::uuid[], ${after.map((it) => it.status)}::text[], ${after.map((it) => it.started)}::timestamptz[],
      ${after.map((it) => it.ended)}::timestamptz[], ${after.map((it) => it.checkInBy)}::timestamptz[]
    ) as step(id, status, started, ended, check_in_by)
    where r.id = step.id`;
}
