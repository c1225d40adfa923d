import { addMinutes, formatInstant, holdsInstant, type Interval } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { ResourceCatalogue } from '@berth/resources';
import { DEFAULT_POLICY, type PolicySource } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { managesReservation } from '../manages-reservation';
import { ReservationQueries } from '../reservations.queries';
import { checkInRuleOf, checkInWindow } from './check-in-window';

/** What may be done about coming and leaving, for one person at this moment. */
export interface CheckInState {
  /** Whether the time goes to others when nobody checks in. */
  readonly required: boolean;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly checkedInAt: string | null;
  readonly mayCheckIn: boolean;
  readonly mayEnd: boolean;
}

interface Window {
  readonly required: boolean;
  readonly window: Interval;
  readonly source: PolicySource;
  readonly resourceIds: readonly string[];
}

/** Reads when one may check in. */
@Injectable()
export class CheckInQueries {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly queries: ReservationQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found` */
  async state(actor: Actor, id: string): Promise<CheckInState> {
    const now = this.clock.now();
    const reservation = await this.queries.one(actor, id);
    const { required, window } = await this.windowOf(actor, id);
    const [row] = await this.database.of(actor.organizationId).sql<{ checked_in_at: Date | null }>`
      select checked_in_at from reservation where org_id = ${actor.organizationId} and id = ${id}`;
    const isTheirs = reservation.mine || (await managesReservation(this.database.of(actor.organizationId), actor, reservation.id));
    const isRunning = holdsInstant({ start: new Date(reservation.start), end: new Date(reservation.end) }, now);
    return {
      required,
      opensAt: formatInstant(window.start),
      closesAt: formatInstant(window.end),
      checkedInAt: row?.checked_in_at ? formatInstant(row.checked_in_at) : null,
      mayCheckIn: isTheirs && reservation.status === 'confirmed' && holdsInstant(window, now),
      mayEnd: isTheirs && isRunning && (reservation.status === 'confirmed' || reservation.status === 'checked_in'),
    };
  }

  /** Where no resource asks for it one may check in all the same, until the end. @throws Problem `not-found` */
  async windowOf(actor: Actor, id: string): Promise<Window> {
    const reservation = await this.queries.one(actor, id);
    const span = { start: new Date(reservation.start), end: new Date(reservation.end) };
    const resourceIds = reservation.resources.map((it) => it.resourceId);
    const terms = await this.catalogue.termsOfMany(actor.organizationId, resourceIds);
    const rule = checkInRuleOf([...terms.values()]);
    if (rule) return { required: true, window: checkInWindow(span, rule), source: rule.source, resourceIds };
    const window = { start: addMinutes(span.start, -DEFAULT_POLICY.checkIn.beforeMinutes), end: span.end };
    return { required: false, window, source: { level: 'default' }, resourceIds };
  }

  /** What the actor has at a resource about now, the soonest first; what is checked in already counts. */
  async currentAt(actor: Actor, resourceId: string): Promise<string | undefined> {
    const now = this.clock.now();
    const rows = await this.database.of(actor.organizationId).sql<{ id: string }>`
      select r.id
      from reservation r join reservation_item i on i.reservation_id = r.id
      where r.org_id = ${actor.organizationId} and r.organizer_id = ${actor.accountId} and i.resource_id = ${resourceId}
        and r.status in ('confirmed', 'checked_in') and r.starts_at <= ${addMinutes(now, 1440)} and r.ends_at > ${now}
      order by r.starts_at, r.id
      limit 5`;
    for (const { id } of rows) if (holdsInstant((await this.windowOf(actor, id)).window, now)) return id;
    return rows[0]?.id;
  }
}
