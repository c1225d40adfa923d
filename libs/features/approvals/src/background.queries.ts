import { Problem } from '@berth/contracts';
import { addDays, formatInstant, type Interval, startOfDay, toCivil } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, type Sql } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { Approval } from './approval';
import { ApprovalQueries } from './approvals.queries';

interface Person {
  readonly id: string;
  readonly displayName: string;
}

/** What the person who waits has had at the resources of the request; everything else is not the approver's business. */
export interface TrackRecord {
  /** Booked in the month of the request, in the zone of its first resource; without the request itself. */
  readonly minutesInMonth: number;
  readonly approved: number;
  readonly rejected: number;
  /** Of the last 182 days. */
  readonly noShows: number;
}

/** An earlier request of the same person for one of the same resources. Instants are RFC 3339. */
export interface EarlierRequest {
  readonly reservationId: string;
  /** null where there is none, or it is private. */
  readonly title: string | null;
  readonly start: string;
  readonly end: string;
  readonly status: 'approved' | 'rejected' | 'expired';
  readonly decidedBy: Person | null;
  readonly requestedAt: string;
  readonly endedAt: string;
}

/** Somebody who waits for the time that the request holds. */
export interface Rival {
  readonly id: string;
  readonly person: Person;
  readonly start: string;
  readonly end: string;
  readonly flexMinutes: number;
  readonly quantity: number;
}

/** What helps to decide a request. */
export interface Background {
  readonly record: TrackRecord;
  /** The latest first, three at most. */
  readonly earlier: readonly EarlierRequest[];
  /** In the order in which they are offered what becomes free. */
  readonly rivals: readonly Rival[];
  /** How many there are beside those listed. */
  readonly moreRivals: number;
}

const EARLIER = 3;
const RIVALS = 5;
const HALF_A_YEAR_MS = 182 * 86_400_000;

/** Reads what lies behind a request, for who decides it. */
@Injectable()
export class BackgroundQueries {
  constructor(
    private readonly database: Database,
    private readonly approvals: ApprovalQueries,
    private readonly clock: Clock,
  ) {}

  /**
   * @param id of a request, or of the reservation whose newest request it is
   * @throws Problem `not-found`, `permission-denied` for who waits or follows but does not decide
   */
  async of(actor: Actor, id: string): Promise<Background> {
    const approval = await this.approvals.one(actor, id);
    if (!approval.mayRespond) throw new Problem('permission-denied', { permission: 'approval:manage' });
    const db = this.database.of(actor.organizationId);
    const resourceIds = approval.reservation.resources.map((it) => it.resourceId);
    const [record, earlier, rivals] = await Promise.all([
      this.record(db, actor, approval, resourceIds),
      this.earlier(db, actor, approval, resourceIds),
      this.rivals(db, actor, approval, resourceIds),
    ]);
    return { record, earlier, ...rivals };
  }

  private async record(
    db: Sql,
    { organizationId }: Actor,
    { id, reservation }: Approval,
    resourceIds: readonly string[],
  ): Promise<TrackRecord> {
    const month = monthOf(new Date(reservation.start), reservation.resources[0]?.timeZone ?? reservation.timeZone);
    const since = new Date(this.clock.now().getTime() - HALF_A_YEAR_MS);
    const [row] = await db.sql<TrackRecord>`
      with had as (
        select v.id, v.status, v.starts_at, v.ends_at
        from reservation v
        where v.org_id = ${organizationId} and v.organizer_id = ${reservation.organizer?.id ?? null} and v.id <> ${reservation.id}
          and exists (select from reservation_item i where i.reservation_id = v.id and i.resource_id = any(${[...resourceIds]}::uuid[]))
      )
      select coalesce(round(sum(extract(epoch from least(ends_at, ${month.end}) - greatest(starts_at, ${month.start})) / 60)
               filter (where status in ('pending', 'confirmed', 'checked_in', 'completed') and starts_at < ${month.end} and ends_at > ${month.start})), 0)::integer
               as "minutesInMonth",
             count(*) filter (where status = 'no_show' and starts_at >= ${since})::integer as "noShows",
             (select count(*) from approval_request a join had on had.id = a.reservation_id where a.id <> ${id} and a.status = 'approved')::integer as approved,
             (select count(*) from approval_request a join had on had.id = a.reservation_id where a.id <> ${id} and a.status = 'rejected')::integer as rejected
      from had`;
    return row!;
  }

  private async earlier(
    db: Sql,
    { organizationId }: Actor,
    { id, reservation }: Approval,
    resourceIds: readonly string[],
  ): Promise<EarlierRequest[]> {
    const rows = await db.sql<{
      reservation_id: string;
      title: string | null;
      starts_at: Date;
      ends_at: Date;
      status: EarlierRequest['status'];
      decided_by: string | null;
      decider: string | null;
      requested_at: Date;
      ended_at: Date;
    }>`
      select v.id as reservation_id, case when v.private then null else v.title end as title, v.starts_at, v.ends_at, a.status,
             a.decided_by, d.display_name as decider, a.requested_at, a.ended_at
      from approval_request a
      join reservation v on v.org_id = a.org_id and v.id = a.reservation_id
      left join account d on d.org_id = a.org_id and d.id = a.decided_by
      where a.org_id = ${organizationId} and a.id <> ${id} and v.organizer_id = ${reservation.organizer?.id ?? null}
        and a.status in ('approved', 'rejected', 'expired')
        and exists (select from reservation_item i where i.reservation_id = v.id and i.resource_id = any(${[...resourceIds]}::uuid[]))
      order by a.requested_at desc, a.id desc
      limit ${EARLIER}`;
    return rows.map((it) => ({
      reservationId: it.reservation_id,
      title: it.title,
      start: formatInstant(it.starts_at),
      end: formatInstant(it.ends_at),
      status: it.status,
      decidedBy: it.decided_by && it.decider ? { id: it.decided_by, displayName: it.decider } : null,
      requestedAt: formatInstant(it.requested_at),
      endedAt: formatInstant(it.ended_at),
    }));
  }

  private async rivals(
    db: Sql,
    { organizationId }: Actor,
    { reservation }: Approval,
    resourceIds: readonly string[],
  ): Promise<Pick<Background, 'rivals' | 'moreRivals'>> {
    const rows = await db.sql<{
      id: string;
      account_id: string;
      display_name: string;
      starts_at: Date;
      ends_at: Date;
      flex_minutes: number;
      quantity: number;
      total: number;
    }>`
      select e.id, e.account_id, who.display_name, e.starts_at, e.ends_at, e.flex_minutes, e.quantity, (count(*) over ())::integer as total
      from waitlist_entry e
      join account who on who.org_id = e.org_id and who.id = e.account_id
      where e.org_id = ${organizationId} and e.status = 'waiting' and array_prepend(e.resource_id, e.with_resource_ids) && ${[...resourceIds]}::uuid[]
        and e.starts_at - make_interval(mins => e.flex_minutes) < ${reservation.end}::timestamptz
        and e.ends_at + make_interval(mins => e.flex_minutes) > ${reservation.start}::timestamptz
      order by e.priority desc, e.place
      limit ${RIVALS}`;
    const rivals = rows.map((it) => ({
      id: it.id,
      person: { id: it.account_id, displayName: it.display_name },
      start: formatInstant(it.starts_at),
      end: formatInstant(it.ends_at),
      flexMinutes: it.flex_minutes,
      quantity: it.quantity,
    }));
    return { rivals, moreRivals: (rows[0]?.total ?? 0) - rivals.length };
  }
}

/** The calendar month an instant lies in. */
function monthOf(instant: Date, zone: string): Interval {
  const first = `${toCivil(instant, zone).date.slice(0, 7)}-01`;
  const next = `${addDays(first, 31).slice(0, 7)}-01`;
  return { start: startOfDay(first, zone), end: startOfDay(next, zone) };
}
