import { Problem, reservationEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, recall, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { ResourceCatalogue, wishedFor } from '@berth/resources';
import { asksForApproval, hasPersonLimits, isFinal, judge, type RuleName, type Wish } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { Allocation } from './allocation';
import { withdrawRequest } from './approval/approval-request.store';
import { reservationToChange } from './change';
import { demandManaged } from './manages-reservation';
import { whoMayBook } from './on-behalf';
import { brokenPersonLimits, lockPerson } from './person-limits';
import type { Claim, Reservation } from './reservation';
import { type StoredItem, termsOfReservation } from './reservation-terms';
import { ReservationQueries } from './reservations.queries';
import { readFacts, type ReservationRow } from './reservation.store';
import { refuse, type Party, type ResourceViolation } from './wish';

export interface TransferCommand {
  readonly id: string;
  /** The person who has it afterwards. */
  readonly to: string;
  readonly ifMatch?: number;
}

/**
 * Hands a reservation over. Its time stays what it is, so no rule about time is asked again; the limits of the one who gets
 * it are, and where somebody had to agree to the one, somebody has to agree to the other.
 */
@Injectable()
export class Transfer {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly allocation: Allocation,
    private readonly queries: ReservationQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `invalid-state`, `invalid-reference`, `policy-violation`, `precondition-failed` */
  async execute(actor: Actor, command: TransferCommand): Promise<Reservation> {
    const db = this.database.of(actor.organizationId);
    const earlier = await recall<Reservation>(db, actor);
    if (earlier) return earlier.result;
    const current = await this.queries.one(actor, command.id);
    await demandManaged(db, actor, { id: command.id, organizer_id: current.organizer?.id ?? null });
    const receiver = await whoMayBook(db, actor, command.to, '/to', this.clock.now());
    const items = await termsOfReservation(db, this.catalogue, actor, command.id);
    return this.database.transaction(actor, (tx) => this.transferred(tx, actor, command, receiver, items));
  }

  private async transferred(
    tx: Tx,
    actor: Actor,
    { id, ifMatch }: TransferCommand,
    receiver: Party['organizer'] & Pick<Party, 'groupIds'>,
    items: readonly StoredItem[],
  ): Promise<Reservation> {
    const now = this.clock.now();
    // The person before the reservation, as everywhere.
    if (items.some((it) => hasPersonLimits(it.resource))) await lockPerson(tx, receiver.id);
    const row = await reservationToChange(tx, actor, id, ifMatch, this.queries);
    if (isFinal(row.status) || row.ends_at <= now) throw new Problem('invalid-state', { detail: 'It is over already.', state: row.status });
    if (row.organizer_id === receiver.id) return this.queries.one(actor, id, tx);
    const time = { start: row.starts_at, end: row.ends_at };
    const asking = items.filter((it) => asksForApproval(it.resource, time));
    const limits = await brokenPersonLimits(tx, { id, organizerId: receiver.id, ...time, items, now });
    const gone = items.filter((it) => it.resource.state.status === 'archived').map(archived);
    const notTheirs = items.flatMap((it) => {
      const whom = wishedFor(actor, it.resource, receiver.id, receiver.groupIds);
      return closedTo(it, { ...time, quantity: it.quantity, ...whom }, now);
    });
    refuse([...gone, ...notTheirs, ...limits, ...(row.starts_at <= now ? asking.map(tooLateToAsk) : [])]);

    const status = asking.length > 0 ? 'pending' : row.status === 'pending' ? 'confirmed' : row.status;
    await tx.sql`
      update reservation
      set organizer_id = ${receiver.id}, booked_by_id = nullif(booked_by_id, ${receiver.id}), status = ${status}, version = version + 1, updated_at = ${now}
      where id = ${id}`;
    if (status !== row.status) {
      await tx.sql`update reservation_item set partstat = ${status === 'pending' ? 'TENTATIVE' : 'ACCEPTED'} where reservation_id = ${id}`;
    }
    if (row.status === 'pending' && status !== 'pending') await withdrawRequest(tx, id, now);
    const [facts] = await readFacts(tx, [id]);
    const previous = { organizerId: row.organizer_id, status: row.status };
    await this.outbox.append(tx, actor, reservationEvent('reservation.transferred', { ...facts!, previous }));
    if (status === 'pending') await this.allocation.ask(tx, actor, [asClaim(row, receiver, items, now)], new Map([[id, row.version + 1]]));
    return this.queries.one(actor, id, tx);
  }
}

/** Who gets it could not even see it. */
const archived = ({ resource }: StoredItem): ResourceViolation => ({
  rule: 'status',
  limit: 'available',
  given: 'archived',
  source: { level: 'resource', id: resource.id, name: resource.name },
  detail: `${resource.name} is archived.`,
  resourceId: resource.id,
});

/** Rules about the person and not about the time. */
const ABOUT_THE_PERSON: readonly RuleName[] = ['gated', 'assigned'];

/** What keeps a resource from who gets it. */
const closedTo = ({ resource }: StoredItem, wish: Wish, now: Date): ResourceViolation[] =>
  judge(resource, wish, now)
    .violations.filter((it) => ABOUT_THE_PERSON.includes(it.rule))
    .map((it) => ({ ...it, resourceId: resource.id }));

const tooLateToAsk = ({ resource }: StoredItem): ResourceViolation => ({
  rule: 'approval',
  limit: 'before the start',
  given: 'running',
  source: resource.policy.approval.source,
  detail: `It is running, and handing over ${resource.name} needs an approval.`,
  resourceId: resource.id,
});

const asClaim = (row: ReservationRow, organizer: Party['organizer'], items: readonly StoredItem[], now: Date): Claim => ({
  id: row.id,
  organizer,
  bookedBy: null,
  status: 'pending',
  items: items.map((it) => ({ ...it, held: { start: row.starts_at, end: row.ends_at } })),
  start: row.starts_at,
  end: row.ends_at,
  title: row.title,
  description: row.description,
  timeZone: row.time_zone,
  private: row.private,
  attendees: row.attendees,
  holdUntil: null,
  now,
});
