import { reservationEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { sql, type Statement, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { HandOverOwn } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { readFacts } from '../reservation.store';

/** Whose it was and whose it is from then on: the same person, under two accounts. */
export interface GoingOver {
  readonly from: string;
  readonly to: string;
}

/** What went over. */
export interface WentOver {
  /** Reservations that are not over. */
  readonly ahead: readonly string[];
}

/** More facts are not read at once. */
const LOT = 500;

/**
 * Puts all that is somebody's under another account of theirs, over or still to come. Nothing about a reservation changes but
 * whose it is: it is the same person, so no rule is asked again, and what was approved stays approved.
 */
@Injectable()
export class GoOver {
  constructor(
    private readonly handingOver: HandOverOwn,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** What is their own: before the accounts are locked, as its time is locked before people are. @returns how many */
  assigned(tx: Tx, actor: Actor, { from, to }: GoingOver): Promise<number> {
    return this.handingOver.executeWithin(tx, actor, from, to);
  }

  /** Both accounts are locked. @returns what of it is not over, to be told once all else is done */
  async booked(tx: Tx, actor: Actor, over: GoingOver): Promise<WentOver> {
    const now = this.clock.now();
    await tx.sql`select from reservation where ${ofTheirs(actor, over)} order by id for no key update`;
    const ahead = await tx.sql<{ id: string }>`
      select id from reservation
      where org_id = ${actor.organizationId} and organizer_id = ${over.from} and ends_at > ${now} and status in ('pending', 'confirmed', 'checked_in')
      order by id`;
    await tx.sql`update reservation set ${nowTheirs(over)}, version = version + 1, updated_at = ${now} where ${ofTheirs(actor, over)}`;
    await tx.sql`update series set ${nowTheirs(over)}, version = version + 1, updated_at = ${now} where ${ofTheirs(actor, over)}`;
    return { ahead: ahead.map((it) => it.id) };
  }

  /** Each is told as handed over, with `merged` as the reason. */
  async tell(tx: Tx, actor: Actor, { from }: GoingOver, { ahead }: WentOver): Promise<void> {
    for (let first = 0; first < ahead.length; first += LOT) {
      const facts = await readFacts(tx, ahead.slice(first, first + LOT));
      const told = facts.map((it) =>
        reservationEvent('reservation.transferred', { ...it, reason: 'merged', previous: { organizerId: from } }),
      );
      await this.outbox.append(tx, actor, ...told);
    }
  }
}

const ofTheirs = ({ organizationId }: Actor, { from }: GoingOver): Statement =>
  sql`org_id = ${organizationId} and (organizer_id = ${from} or booked_by_id = ${from})`;

/** What they booked for themselves under the other account is their own. */
const nowTheirs = ({ from, to }: GoingOver): Statement => sql`
  organizer_id = case when organizer_id = ${from} then ${to}::uuid else organizer_id end,
  booked_by_id = nullif(case when booked_by_id = ${from} then ${to}::uuid else booked_by_id end, case when organizer_id = ${from} then ${to}::uuid else organizer_id end)`;
