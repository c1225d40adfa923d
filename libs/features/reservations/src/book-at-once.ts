import { newId, splitAtUtcMidnight } from '@berth/kernel';
import { type Context, Database, isCutOff, sql } from '@berth/platform/database';
import { eventOrigin, via } from '@berth/platform/outbox';
import { hasPersonLimits } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { type Claim, type ClaimedResource, factsOf, reservationOf } from './reservation';
import { Together } from './together';

/** Whether a claim is the usual case: one unit of one leaf within one day of UTC, for oneself and by oneself, where nothing is counted or asked. */
export const fitsOneStatement = (actor: Pick<Context, 'via'>, claim: Claim): boolean => {
  const [item, ...others] = claim.items;
  return (
    item !== undefined &&
    claim.status !== 'pending' &&
    claim.bookedBy === null &&
    actor.via?.kind !== 'stand-in' &&
    Object.keys(claim.customFields ?? {}).length === 0 &&
    !hasPersonLimits(item.resource) &&
    others.length === 0 &&
    item.quantity === 1 &&
    item.resource.units === 1 &&
    item.resource.leaves.length === 1 &&
    item.resource.leaves[0] === item.resource.id &&
    splitAtUtcMidnight(item.held).length === 1
  );
};

/** What the statements take of a claim that fits them, by the names of `book_together`. */
type Row = ReturnType<typeof rowOf>;

function rowOf(context: Context, claim: Claim) {
  const item = claim.items[0] as ClaimedResource;
  const key = context.idempotency;
  const origin = eventOrigin(context);
  return {
    resource: item.resource.id,
    version: item.resource.version,
    epoch: item.resource.epoch,
    id: claim.id,
    organizer: claim.organizer.id,
    status: claim.status,
    title: claim.title,
    description: claim.description,
    starts_at: claim.start,
    ends_at: claim.end,
    zone: claim.timeZone,
    private: claim.private,
    attendees: claim.attendees,
    held_from: item.held.start,
    held_to: item.held.end,
    hold_until: claim.holdUntil,
    event_id: newId(),
    event_type: claim.status === 'held' ? 'hold.created' : 'reservation.created',
    event_data: { ...factsOf(claim, 1), ...via(context) },
    request_id: context.requestId,
    key: key?.key ?? null,
    fingerprint: key ? `\\x${key.fingerprint.toString('hex')}` : null,
    result: key ? reservationOf(claim) : null,
    now: claim.now,
    traceparent: origin.traceparent,
    address: origin.address,
    via_kind: origin.viaKind,
    via_id: origin.viaId,
  };
}

/**
 * Books the usual case in a single statement, committed on return (engine §2.2): the judged version, the guard, reservation, item,
 * event and idempotency record. Those of one organization that come while others are on their way share one (ADR 0048).
 */
@Injectable()
export class BookAtOnce {
  private readonly groups = new Map<string, Together<Row, boolean>>();

  constructor(private readonly database: Database) {}

  /**
   * @param claim one that `fitsOneStatement`
   * @returns false when the time is taken or the judged version is no longer current
   */
  async book(context: Context, claim: Claim): Promise<boolean> {
    const organizationId = context.organizationId;
    const group = this.groups.get(organizationId) ?? new Together((rows: readonly Row[]) => this.carry(organizationId, rows));
    this.groups.set(organizationId, group);
    try {
      return await group.send(rowOf(context, claim));
    } finally {
      if (group.isIdle) this.groups.delete(organizationId);
    }
  }

  private async carry(organizationId: string, rows: readonly Row[]): Promise<boolean[]> {
    const [row] = rows;
    if (row && rows.length === 1) return [await this.one(organizationId, row)];
    return this.several(organizationId, rows);
  }

  private async one(organizationId: string, it: Row): Promise<boolean> {
    const [row] = await this.database.prepared<{ booked: boolean }>(
      'book_one_unit',
      sql`select book_one_unit(${organizationId}, ${it.resource}, ${it.version}, ${it.epoch},
        ${it.id}, ${it.organizer}, ${it.status}, ${it.title}, ${it.description},
        ${it.starts_at}, ${it.ends_at}, ${it.zone}, ${it.private}, ${it.attendees}, ${it.held_from}, ${it.held_to}, ${it.hold_until},
        ${it.event_id}, ${it.event_type}, ${JSON.stringify(it.event_data)}, ${it.request_id},
        ${it.key}, ${it.fingerprint}, ${it.result && JSON.stringify(it.result)}, ${it.now},
        ${it.traceparent}, ${it.address}, ${it.via_kind}, ${it.via_id}) as booked`,
    );
    return row?.booked ?? false;
  }

  /** What one of them has to wait for or breaks is found out by each alone. */
  private async several(organizationId: string, rows: readonly Row[]): Promise<boolean[]> {
    try {
      const [row] = await this.database.prepared<{ booked: string[] | null }>(
        'book_together',
        sql`select book_together(${organizationId}, ${JSON.stringify(rows)}) as booked`,
      );
      const booked = new Set(row?.booked);
      return rows.map((it) => booked.has(it.id));
    } catch (error) {
      if (isCutOff(error)) throw error;
      return Promise.all(rows.map((it) => this.one(organizationId, it)));
    }
  }
}
