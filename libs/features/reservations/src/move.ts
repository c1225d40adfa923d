import { Problem, reservationEvent } from '@berth/contracts';
import { formatInstant, type Interval, subtract } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, recall, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { maySee, ResourceCatalogue, type ResourceTerms, wishedFor } from '@berth/resources';
import { answered, answersTo, type CustomValues, isFinal, judge, type Verdict } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { Allocation } from './allocation';
import { withdrawRequest } from './approval/approval-request.store';
import { reservationToChange } from './change';
import { Conflicts } from './conflicts';
import { demandManaged } from './manages-reservation';
import { groupsOf } from './on-behalf';
import { NotPlaced, placeUnderLocks } from './place-under-locks';
import { brokenPersonLimits } from './person-limits';
import { type Claim, factsOf, type Reservation } from './reservation';
import { ReservationQueries } from './reservations.queries';
import { type ReservationRow, writeItems } from './reservation.store';
import { demandAnswers, demandSpan, fieldsOf, notBookable, refuse, type ResourceViolation } from './wish';

export interface MoveCommand {
  readonly id: string;
  readonly start?: Date;
  readonly end?: Date;
  /** Another resource, in place of the only one it has. */
  readonly resourceId?: string;
  /** Answers to what the type of the other resource asks, merged with those there are; null takes one back. */
  readonly customFields?: Readonly<Record<string, unknown>>;
  readonly ifMatch?: number;
}

/** What the rules say of one resource of a move. */
interface JudgedMove {
  readonly resource: ResourceTerms;
  readonly quantity: number;
  readonly verdict: Verdict;
  readonly violations: readonly ResourceViolation[];
  /** Whether the reservation has this resource already. */
  readonly staysHere: boolean;
}

interface Stored extends ReservationRow {
  readonly custom_fields: CustomValues;
  readonly items: readonly { readonly resourceId: string; readonly quantity: number }[];
}

const MAX_ATTEMPTS = 4;

/**
 * Moves, resizes or extends a reservation in one transaction: at no instant does it hold both times or neither. What has
 * passed of a running one stays.
 */
@Injectable()
export class Move {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly conflicts: Conflicts,
    private readonly allocation: Allocation,
    private readonly queries: ReservationQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `invalid-state`, `precondition-failed`, and those of booking */
  async execute(actor: Actor, command: MoveCommand): Promise<Reservation> {
    const earlier = await recall<Reservation>(this.database.of(actor.organizationId), actor);
    if (earlier) return earlier.result;
    for (let attempt = 1; ; attempt++) {
      const { stored, asks, ...judged } = await this.judged(actor, command);
      const claim = { ...judged.claim, customFields: answersAfter(command, judged.items, stored) };
      try {
        const leaves = [...stored.items.map((it) => it.resourceId), ...claim.items.flatMap((it) => it.resource.leaves)];
        return await this.allocation.inTurn(leaves, () =>
          this.database.transaction(actor, (tx) => this.moved(tx, actor, command, stored, claim, asks)),
        );
      } catch (error) {
        if (!(error instanceof NotPlaced)) throw error;
        const conflicts = await this.conflicts.of(actor, claim, command.id);
        if (conflicts.length > 0 || attempt >= MAX_ATTEMPTS) throw this.conflicts.problem(conflicts);
      }
    }
  }

  /** What moving would answer now; changes nothing. */
  async tryOut(actor: Actor, command: MoveCommand): Promise<Reservation> {
    const { stored, claim, items } = await this.judged(actor, command);
    demandChangeable(stored, command, claim.now);
    const conflicts = await this.conflicts.of(actor, claim, command.id);
    if (conflicts.length > 0) throw this.conflicts.problem(conflicts);
    // Asked last: whoever tries is not to answer for a time that is taken.
    answersAfter(command, items, stored);
    const current = await this.queries.one(actor, command.id);
    return { ...current, start: formatInstant(claim.start), end: formatInstant(claim.end), status: claim.status };
  }

  private async judged(
    actor: Actor,
    command: MoveCommand,
  ): Promise<{ stored: Stored; claim: Claim; items: readonly JudgedMove[]; asks: boolean }> {
    const now = this.clock.now();
    const stored = await this.read(actor, command.id);
    if (command.resourceId && stored.items.length > 1)
      throw new Problem('invalid-state', { detail: 'A reservation of several resources keeps them when it is moved.' });
    const items = command.resourceId ? [{ resourceId: command.resourceId, quantity: stored.items[0]?.quantity ?? 1 }] : stored.items;
    const terms = await this.catalogue.termsOfMany(
      actor.organizationId,
      items.map((it) => it.resourceId),
    );
    const start = command.start ?? stored.starts_at;
    // Dragging the start alone moves the whole; naming both resizes.
    const end = command.end ?? new Date(stored.ends_at.getTime() + start.getTime() - stored.starts_at.getTime());
    demandSpan(start, end);
    const groupIds = await groupsOf(this.database.of(actor.organizationId), actor, stored.organizer_id, now);
    const judged = items.map(({ resourceId, quantity }) =>
      judgeMove(actor, terms.get(resourceId), { start, end, quantity, groupIds }, stored, now),
    );
    const limits = await brokenPersonLimits(this.database.of(actor.organizationId), {
      ...{ id: command.id, organizerId: stored.organizer_id, start, end, now },
      items: judged,
    });
    const asks = asksAgain(judged, stored, { start, end });
    refuse([...judged.flatMap((it) => it.violations), ...limits, ...(asks && stored.starts_at <= now ? asks : [])]);

    const waits = asks !== undefined || (stored.status === 'pending' && judged.some((it) => it.verdict.needsApproval));
    const claim: Claim = {
      id: command.id,
      organizer: { id: stored.organizer_id, displayName: '' },
      bookedBy: stored.booked_by_id === null ? null : { id: stored.booked_by_id, displayName: '' },
      status: waits ? 'pending' : 'confirmed',
      items: judged.map((it) => ({ resource: it.resource, quantity: it.quantity, held: it.verdict.held })),
      start,
      end,
      title: stored.title,
      description: stored.description,
      timeZone: stored.time_zone,
      private: stored.private,
      attendees: stored.attendees,
      holdUntil: null,
      now,
    };
    return { stored, claim, items: judged, asks: asks !== undefined };
  }

  private async moved(tx: Tx, actor: Actor, command: MoveCommand, stored: Stored, claim: Claim, asks: boolean): Promise<Reservation> {
    const { id } = command;
    const oldLeaves = await tx.sql<{ leaf_id: string }>`select distinct leaf_id from occupancy where reservation_id = ${id}`;
    const ended = await placeUnderLocks(
      tx,
      claim,
      oldLeaves.map((it) => it.leaf_id),
    );
    const row = await reservationToChange(tx, actor, id, command.ifMatch, this.queries);
    // Somebody changed it between the look and the locks: look again.
    if (row.version !== stored.version) throw new NotPlaced('stale');
    demandChangeable(row, command, claim.now);

    // Who is there stays there; who is to come at another time is asked again.
    const stays = row.status === 'checked_in' && claim.start.getTime() === row.starts_at.getTime() && !command.resourceId;
    const status = stays ? row.status : claim.status;
    await tx.sql`
      update reservation
      set starts_at = ${claim.start}, ends_at = ${claim.end}, status = ${status},
          checked_in_at = case when ${stays} then checked_in_at end,
          custom_fields = coalesce(${claim.customFields ? JSON.stringify(claim.customFields) : null}::jsonb, custom_fields),
          version = version + 1, updated_at = ${claim.now}
      where id = ${id}`;
    await writeItems(tx, claim);
    await this.allocation.tellEnded(tx, actor, ended);
    const previous = {
      start: formatInstant(row.starts_at),
      end: formatInstant(row.ends_at),
      resourceIds: stored.items.map((it) => it.resourceId),
    };
    await this.outbox.append(tx, actor, reservationEvent('reservation.moved', { ...factsOf(claim, row.version + 1), status, previous }));
    if (row.status === 'pending' && status !== 'pending') await withdrawRequest(tx, id, claim.now);
    if (asks) await this.allocation.ask(tx, actor, [claim], new Map([[id, row.version + 1]]));
    return this.queries.one(actor, id, tx);
  }

  private async read(actor: Actor, id: string): Promise<Stored> {
    const [row] = await this.database.of(actor.organizationId).sql<Stored>`
      select r.id, r.organizer_id, r.booked_by_id, r.status, r.title, r.description, r.starts_at, r.ends_at, r.time_zone, r.private, r.attendees, r.custom_fields, r.hold_until, r.undo_until, r.version, r.created_at,
             (select jsonb_agg(jsonb_build_object('resourceId', i.resource_id, 'quantity', i.quantity) order by i.resource_id) from reservation_item i where i.reservation_id = r.id) as items
      from reservation r
      where r.org_id = ${actor.organizationId} and r.id = ${id} and r.status not in ('held', 'released', 'expired')`;
    if (!row) throw new Problem('not-found');
    await demandManaged(this.database.of(actor.organizationId), actor, row);
    return row;
  }
}

/**
 * Whether somebody has to agree anew: where it takes time, or a resource, that nobody agreed to yet. Less of what it has
 * needs no new word.
 * @returns the violations this is while it is running, when it is too late to ask
 */
function asksAgain(judged: readonly JudgedMove[], stored: Stored, wish: Interval): ResourceViolation[] | undefined {
  const former = { start: stored.starts_at, end: stored.ends_at };
  const asking = judged.filter((it) => it.verdict.needsApproval && (!it.staysHere || subtract([wish], [former]).length > 0));
  if (asking.length === 0) return undefined;
  return asking.map(({ resource }) => ({
    rule: 'approval',
    limit: 'before the start',
    given: 'running',
    source: resource.policy.approval.source,
    detail: `It is running, and more time of ${resource.name} needs an approval; book that by itself.`,
    resourceId: resource.id,
  }));
}

/**
 * The answers it has afterwards; undefined where nothing is asked: it keeps its resources and brings no answers. What was
 * answered elsewhere is kept, so that it can go back.
 * @throws Problem `validation-failed` with a pointer to each answer that is missing or wrong
 */
function answersAfter({ customFields }: MoveCommand, judged: readonly JudgedMove[], stored: Stored): CustomValues | undefined {
  if (!customFields && judged.every((it) => it.staysHere)) return undefined;
  const resources = judged.map((it) => it.resource);
  const before = answersTo(fieldsOf(resources), stored.custom_fields);
  const answers = demandAnswers(resources, { ...before, ...customFields });
  return answered({ ...stored.custom_fields, ...customFields, ...answers });
}

/** The rules for the new time; what it holds already is not asked about again. */
function judgeMove(
  actor: Actor,
  resource: ResourceTerms | undefined,
  wish: { start: Date; end: Date; quantity: number; groupIds: readonly string[] },
  stored: Stored,
  now: Date,
): JudgedMove {
  if (!resource || !maySee(actor, resource)) throw new Problem('not-found', { detail: 'There is no such resource.' });
  const staysHere = stored.items.some((it) => it.resourceId === resource.id);
  const former = staysHere ? { start: stored.starts_at, end: stored.ends_at } : undefined;
  const { groupIds, ...time } = wish;
  const verdict = judge(resource, { ...time, former, ...wishedFor(actor, resource, stored.organizer_id, groupIds) }, now);
  const violations = verdict.violations.map((it) => ({ ...it, resourceId: resource.id }));
  const isMore = !former || subtract([wish], [former]).length > 0;
  const others = isMore && !resource.bookable ? [notBookable(resource)] : [];
  return { resource, verdict, staysHere, violations: [...others, ...violations], quantity: wish.quantity };
}

/** @throws Problem `invalid-state` for what is over, decided, or would rewrite what has passed */
function demandChangeable(row: ReservationRow, command: MoveCommand, now: Date): void {
  if (isFinal(row.status)) throw new Problem('invalid-state', { state: row.status });
  if (row.ends_at <= now) throw new Problem('invalid-state', { detail: 'It is over already.', state: row.status });
  const isRunning = row.starts_at <= now;
  const movesStart = command.start !== undefined && command.start.getTime() !== row.starts_at.getTime();
  if (isRunning && (movesStart || command.resourceId))
    throw new Problem('invalid-state', { detail: 'It has begun; only its end can change.', state: row.status });
  if (isRunning && command.end && command.end < now)
    throw new Problem('invalid-state', { detail: 'The end cannot lie in the past.', state: row.status });
}
