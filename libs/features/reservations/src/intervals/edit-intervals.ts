import { Problem, reservationEvent } from '@berth/contracts';
import { formatInstant, type Interval, overlaps } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, recall, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { ResourceCatalogue } from '@berth/resources';
import { hasPersonLimits } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { Allocation } from '../allocation';
import { withdrawRequest } from '../approval/approval-request.store';
import { reservationToChange } from '../change';
import { Conflicts } from '../conflicts';
import { free, lockResources } from '../occupancy.store';
import { lockPerson } from '../person-limits';
import { groupsOf } from '../on-behalf';
import { NotPlaced, placeUnderLocks } from '../place-under-locks';
import { factsOf } from '../reservation';
import { ReservationQueries } from '../reservations.queries';
import { lockReservations, readFacts, writeItems } from '../reservation.store';
import { demandSpan } from '../wish';
import { type EditedClaim, judgeEdit, type JudgedEdit } from './edit-claims';
import { type Member, readFamily } from './family';

export interface EditIntervalsCommand {
  readonly id: string;
  /** What is to be there afterwards, in any order. */
  readonly intervals: readonly Interval[];
  readonly ifMatch?: number;
}

/** Ids of what an edit did. */
export interface EditedIntervals {
  readonly updated: readonly string[];
  readonly created: readonly string[];
  readonly deleted: readonly string[];
}

const MAX_ATTEMPTS = 4;

/**
 * Replaces the time of a reservation by several intervals: merges it with, splits it from and trims the neighbours the same
 * person has on the same resources. One transaction; nobody else can take any of it in between.
 */
@Injectable()
export class EditIntervals {
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
  async execute(actor: Actor, command: EditIntervalsCommand): Promise<EditedIntervals> {
    const earlier = await recall<EditedIntervals>(this.database.of(actor.organizationId), actor);
    if (earlier) return earlier.result;
    demandDisjoint(command.intervals);
    for (let attempt = 1; ; attempt++) {
      const edit = await this.judged(actor, command);
      try {
        return await this.allocation.inTurn(leavesOf(edit), () =>
          this.database.transaction(actor, (tx) => this.edited(tx, actor, command, edit)),
        );
      } catch (error) {
        if (!(error instanceof NotPlaced)) throw error;
        const conflicts = await this.inTheWay(actor, edit);
        if (conflicts.length > 0 || attempt >= MAX_ATTEMPTS) throw this.conflicts.problem(conflicts);
      }
    }
  }

  /** What editing would answer now, with made-up ids for what would be new; changes nothing. */
  async tryOut(actor: Actor, command: EditIntervalsCommand): Promise<EditedIntervals> {
    demandDisjoint(command.intervals);
    const edit = await this.judged(actor, command);
    const conflicts = await this.inTheWay(actor, edit);
    if (conflicts.length > 0) throw this.conflicts.problem(conflicts);
    return outcomeOf(edit);
  }

  private async judged(actor: Actor, { id, intervals }: EditIntervalsCommand): Promise<JudgedEdit> {
    const now = this.clock.now();
    const wanted = intervals.toSorted((a, b) => a.start.getTime() - b.start.getTime());
    const family = await readFamily(this.database.of(actor.organizationId), actor, id, wanted, now);
    const ids = family.target.items.map((it) => it.resourceId);
    const db = this.database.of(actor.organizationId);
    const groupIds = await groupsOf(db, actor, family.target.organizer_id, now);
    return judgeEdit(actor, family, wanted, await this.catalogue.termsOfMany(actor.organizationId, ids), groupIds, now);
  }

  /** What others have where the edit wants to be; what the family gives up is none of it. */
  private async inTheWay(actor: Actor, { claims, gone }: JudgedEdit) {
    const given = [...claims.map((it) => it.source.id), ...gone.map((it) => it.id)];
    return (await Promise.all(claims.map((it) => this.conflicts.of(actor, it.claim, given)))).flat();
  }

  private async edited(tx: Tx, actor: Actor, command: EditIntervalsCommand, edit: JudgedEdit): Promise<EditedIntervals> {
    await this.lock(tx, edit);
    await reservationToChange(tx, actor, command.id, command.ifMatch, this.queries);
    await demandUnchanged(tx, edit);
    const changing = edit.claims.filter((it) => !it.isNew).map((it) => it.claim.id);
    await free(tx, [...changing, ...edit.gone.map((it) => it.id)]);
    await this.end(tx, actor, edit.gone);
    for (const it of edit.claims) {
      if (it.isNew) await this.allocation.placed(tx, actor, it.claim, null);
      else await this.change(tx, actor, it);
    }
    return outcomeOf(edit);
  }

  /** Leaves, then the person, then the reservations, as everywhere. */
  private async lock(tx: Tx, { family, claims, gone }: JudgedEdit): Promise<void> {
    const members = [...claims.map((it) => it.source.id), ...gone.map((it) => it.id), family.target.id];
    const taken = await tx.sql<{ leaf_id: string }>`
      select distinct leaf_id from occupancy where reservation_id = any(${members}::uuid[])`;
    const resources = claims.flatMap((it) => it.claim.items.map((item) => item.resource));
    await lockResources(tx, [...taken.map((it) => it.leaf_id), ...resources.flatMap((it) => [it.id, ...it.leaves])]);
    if (resources.some((it) => hasPersonLimits(it))) await lockPerson(tx, family.target.organizer_id);
    await lockReservations(tx, [...new Set(members)]);
  }

  private async end(tx: Tx, actor: Actor, gone: readonly Member[]): Promise<void> {
    if (gone.length === 0) return;
    const now = this.clock.now();
    const ids = gone.map((it) => it.id);
    for (const it of gone) if (it.status === 'pending') await withdrawRequest(tx, it.id, now);
    await tx.sql`
      update reservation
      set status = 'cancelled', cancelled_at = ${now}, hold_until = null, undo_until = null, version = version + 1, updated_at = ${now}
      where id = any(${ids}::uuid[])`;
    const statusOf = new Map(gone.map((it) => [it.id, it.status]));
    const events = (await readFacts(tx, ids)).map((it) =>
      reservationEvent('reservation.cancelled', { ...it, previous: { status: statusOf.get(it.reservationId) } }),
    );
    await this.outbox.append(tx, actor, ...events);
  }

  private async change(tx: Tx, actor: Actor, { claim, source, asks }: EditedClaim): Promise<void> {
    const ended = await placeUnderLocks(tx, claim);
    // Who is there stays there; who is to come at another time is asked again.
    const stays = source.status === 'checked_in' && claim.start.getTime() === source.starts_at.getTime();
    const status = stays ? source.status : claim.status;
    await tx.sql`
      update reservation
      set starts_at = ${claim.start}, ends_at = ${claim.end}, status = ${status},
          checked_in_at = case when ${stays} then checked_in_at end, version = version + 1, updated_at = ${claim.now}
      where id = ${claim.id}`;
    await writeItems(tx, claim);
    await this.allocation.tellEnded(tx, actor, ended);
    const facts = { ...factsOf(claim, source.version + 1), status };
    const previous = { start: formatInstant(source.starts_at), end: formatInstant(source.ends_at) };
    await this.outbox.append(tx, actor, reservationEvent('reservation.moved', { ...facts, previous }));
    if (source.status === 'pending' && status !== 'pending') await withdrawRequest(tx, claim.id, claim.now);
    if (asks) await this.allocation.ask(tx, actor, [claim], new Map([[claim.id, facts.version]]));
  }
}

/** Under the locks: somebody may have changed one of them since it was looked at. @throws NotPlaced to look again */
async function demandUnchanged(tx: Tx, { family, claims, gone }: JudgedEdit): Promise<void> {
  const members = [family.target, ...claims.map((it) => it.source), ...gone];
  const rows = await tx.sql<{ id: string; version: number }>`
    select id, version from reservation where id = any(${members.map((it) => it.id)}::uuid[])`;
  const versionOf = new Map(rows.map((it) => [it.id, it.version]));
  if (members.some((it) => versionOf.get(it.id) !== it.version)) throw new NotPlaced('stale');
}

const outcomeOf = ({ claims, gone }: JudgedEdit): EditedIntervals => ({
  updated: claims.filter((it) => !it.isNew).map((it) => it.claim.id),
  created: claims.filter((it) => it.isNew).map((it) => it.claim.id),
  deleted: gone.map((it) => it.id),
});

const leavesOf = ({ claims }: JudgedEdit): string[] => claims.flatMap((it) => it.claim.items.flatMap((item) => item.resource.leaves));

/** @throws Problem `validation-failed` */
function demandDisjoint(intervals: readonly Interval[]): void {
  intervals.forEach((it, i) => {
    demandSpan(it.start, it.end);
    if (!intervals.slice(0, i).some((other) => overlaps(other, it))) return;
    throw new Problem('validation-failed', {
      errors: [{ pointer: `/intervals/${i}`, code: 'overlaps', detail: 'must not overlap another one' }],
    });
  });
}
