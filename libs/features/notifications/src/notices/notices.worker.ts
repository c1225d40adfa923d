import { addMinutes, formatInstant } from '@berth/kernel';
import { Problem } from '@berth/contracts';
import { Database, type Tx } from '@berth/platform/database';
import { Clock, Schedule } from '@berth/platform/runtime';
import { Move } from '@berth/reservations';
import { Injectable } from '@nestjs/common';
import { actorOf } from '../acting/actor-of';
import { type Booking, readBookings } from '../telling/booking.store';
import type { Draft } from '../telling/draft';
import { Tell } from '../telling/tell';

const LOOK_MS = 2_000;
const BATCH = 100;
/** What an extension offers, the longest first. */
const EXTENSIONS_MINUTES = [30, 15];

interface DueRow {
  readonly reservation_id: string;
  readonly account_id: string;
  readonly kind: 'reminder' | 'ending-soon';
  readonly lead_minutes: number;
  readonly due_at: Date;
}

/**
 * Tells people that something begins or ends soon. What is due stands in a table, so an outage only delays it; it goes from there
 * in the transaction that tells it, so it is told once. What has come too late to be of use goes without a word.
 */
@Injectable()
export class Notices {
  constructor(
    private readonly database: Database,
    private readonly tell: Tell,
    private readonly move: Move,
    private readonly clock: Clock,
    schedule: Schedule,
  ) {
    schedule.every(LOOK_MS, 'reminding people failed', () => this.run());
  }

  /** @returns how many were due */
  async run(): Promise<number> {
    const extensions = await this.extensions();
    for (let done = 0; ;) {
      const taken = await this.database.systemTransaction((tx) => this.step(tx, extensions));
      done += taken;
      if (taken < BATCH) return done;
    }
  }

  private async step(tx: Tx, extensions: ReadonlyMap<string, Date>): Promise<number> {
    const now = this.clock.now();
    const due = await tx.sql<DueRow>`
      with due as materialized (
        select reservation_id, account_id, kind, lead_minutes from due_notice where due_at <= ${now} order by due_at limit ${BATCH} for update skip locked)
      delete from due_notice where (reservation_id, account_id, kind, lead_minutes) in (select * from due)
      returning reservation_id, account_id, kind, lead_minutes, due_at`;
    const bookings = await readBookings(
      tx,
      due.map((it) => it.reservation_id),
    );
    await this.tell.write(
      tx,
      due.flatMap((it) => {
        const booking = bookings.get(it.reservation_id);
        return booking && isStillSo(it, booking, now) ? [draftOf(it, booking, extensions.get(booking.id), now)] : [];
      }),
    );
    return due.length;
  }

  /** Until when those that end soon could go on. Asked before anything is locked, as the answer is an offer and no promise. */
  private async extensions(): Promise<Map<string, Date>> {
    const now = this.clock.now();
    // Each is looked up for its notice: of a join PostgreSQL may believe that it pays to begin with all reservations.
    const rows = await this.database.system.sql<{ id: string; org_id: string; account_id: string; ends_at: Date }>`
      select r.id, r.org_id, d.account_id, r.ends_at
      from due_notice d
      cross join lateral (select id, org_id, ends_at, status from reservation where id = d.reservation_id offset 0) as r
      where d.kind = 'ending-soon' and d.due_at <= ${now} and r.ends_at > ${now} and r.status in ('confirmed', 'checked_in')
      order by d.due_at limit ${BATCH}`;
    const found = new Map<string, Date>();
    for (const row of rows) {
      const end = await this.extensionOf(row, now);
      if (end) found.set(row.id, end);
    }
    return found;
  }

  private async extensionOf(row: { id: string; org_id: string; account_id: string; ends_at: Date }, now: Date): Promise<Date | undefined> {
    const owner = { organizationId: row.org_id, accountId: row.account_id };
    const actor = await actorOf(this.database.of(row.org_id), owner, `notice-${row.id}`, now);
    if (!actor) return undefined;
    for (const minutes of EXTENSIONS_MINUTES) {
      const end = addMinutes(row.ends_at, minutes);
      try {
        await this.move.tryOut(actor, { id: row.id, end });
        return end;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
      }
    }
    return undefined;
  }
}

/** Whether it was not moved, given back or handed on since, and there is still something to tell. */
function isStillSo(due: DueRow, booking: Booking, now: Date): boolean {
  if (!['confirmed', 'checked_in'].includes(booking.status) || booking.organizer_id !== due.account_id) return false;
  const edge = due.kind === 'reminder' ? booking.starts_at : booking.ends_at;
  return edge > now && addMinutes(edge, -due.lead_minutes).getTime() === due.due_at.getTime();
}

function draftOf(due: DueRow, booking: Booking, extendTo: Date | undefined, now: Date): Draft {
  const edge = due.kind === 'reminder' ? booking.starts_at : booking.ends_at;
  const offers = due.kind === 'ending-soon' && extendTo !== undefined;
  return {
    organizationId: booking.org_id,
    accountId: due.account_id,
    kind: due.kind,
    cause: `${booking.id}/${formatInstant(edge)}/${due.lead_minutes}`,
    subject: { kind: 'reservations', id: booking.id },
    facts: {
      title: booking.title,
      resourceName: booking.resource_names,
      start: formatInstant(booking.starts_at),
      end: formatInstant(booking.ends_at),
      timeZone: booking.time_zone,
      leadMinutes: due.lead_minutes,
      ...(offers && { extendTo: formatInstant(extendTo) }),
    },
    target: { reservationId: booking.id },
    verbs: offers ? ['extend'] : [],
    linkVerbs: due.kind === 'reminder' ? ['cancel'] : [],
    at: now,
    usefulUntil: edge,
  };
}
