import { catalogueEvent, Problem } from '@berth/contracts';
import { Suspension } from '@berth/people';
import { type Actor, demandNotAbove, rightsUnderLock, Sessions } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { HoldTime, LetGo, type LetGoOf } from '@berth/reservations';
import { Injectable } from '@nestjs/common';
import { clearAccount, countTheirs, endWaits, eraseRows, idsOfTheirs, redactEvents } from './erasure.store';

export interface EraseCommand {
  readonly id: string;
  /** What becomes of the reservations that are not over; none of them stays. */
  readonly reservations: 'cancel' | 'transfer';
  /** Who gets them, where they are handed over. */
  readonly to?: string;
  /** Why, for the log; it must not name the person. */
  readonly reason?: string;
}

/** What an erasure did, or (dry run) would do. */
export interface Erasure {
  /** Reservations that stay, as nobody’s. */
  readonly anonymous: number;
  readonly leaving: LetGoOf;
  /** How many rows of each kind there were. */
  readonly found: Readonly<Record<string, number>>;
}

/**
 * Makes a person nobody: what is personal goes, what was booked stays as it counts. The account is closed and its future
 * decided first, as by hand; then one transaction takes everything out of the tables and the log (ADR 0028).
 */
@Injectable()
export class ErasePerson {
  constructor(
    private readonly database: Database,
    private readonly suspension: Suspension,
    private readonly sessions: Sessions,
    private readonly lettingGo: LetGo,
    private readonly holds: HoldTime,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem `not-found`, `permission-denied`, `last-owner`, `invalid-reference` for a receiver who may not book
   */
  async execute(actor: Actor, command: EraseCommand): Promise<Erasure> {
    const { idempotency: _, ...once } = actor;
    await this.demandMay(once, command.id);
    await this.lettingGo.demandPossible(once, command);
    await this.demandNotLastOwner(once, command.id);
    if (command.id !== actor.accountId) await this.database.transaction(once, (tx) => this.suspension.begin(tx, once, command.id));
    const why = { ...command, reason: 'erased' };
    let leaving = await this.lettingGo.execute(once, why);
    // What nobody may take over is cancelled: nothing stays with somebody who is not there.
    if (leaving.reservations.some((it) => it.outcome === 'kept'))
      leaving = merged(leaving, await this.lettingGo.execute(once, { ...why, reservations: 'cancel' }));
    return this.database.transaction(once, (tx) => this.erase(tx, once, command, leaving));
  }

  /** What would happen; changes nothing. @throws Problem as `execute` */
  async tryOut(actor: Actor, command: EraseCommand): Promise<Erasure> {
    await this.demandMay(actor, command.id);
    await this.demandNotLastOwner(actor, command.id);
    const leaving = await this.lettingGo.tryOut(actor, command);
    const found = await countTheirs(this.database.of(actor.organizationId), actor.organizationId, command.id);
    const goes = command.reservations === 'transfer' ? leaving.total : 0;
    return { anonymous: (found['reservations'] ?? 0) - goes, leaving, found };
  }

  private async demandMay(actor: Actor, id: string): Promise<void> {
    if (id === actor.accountId) return this.demandMayOneself(actor);
    const { idempotency: _, ...once } = actor;
    await this.database.transaction(once, async (tx) => {
      await demandNotAbove(tx, await rightsUnderLock(tx, once, this.clock.now()), once.organizationId, id);
    });
  }

  private async demandMayOneself(actor: Actor): Promise<void> {
    const [organization] = await this.database.of(actor.organizationId).sql<{ may: boolean }>`
      select may_erase_oneself as may from organization where id = ${actor.organizationId}`;
    if (!organization?.may)
      throw new Problem('permission-denied', { detail: 'Here those who look after people erase accounts.', permission: 'user:manage' });
  }

  /** Said before anything is done; the database says it again. */
  private async demandNotLastOwner({ organizationId }: Actor, id: string): Promise<void> {
    const [left] = await this.database.of(organizationId).sql<{ is_owner: boolean; others: boolean }>`
      select role = 'admin' as is_owner,
             exists (select from account o where o.org_id = a.org_id and o.id <> a.id and o.role = 'admin' and o.status = 'active') as others
      from account a where a.org_id = ${organizationId} and a.id = ${id} and a.status = 'active'`;
    if (left?.is_owner && !left.others) throw new Problem('last-owner');
  }

  private async erase(tx: Tx, actor: Actor, { id, reason }: EraseCommand, leaving: LetGoOf): Promise<Erasure> {
    const { organizationId } = actor;
    const now = this.clock.now();
    const [person] = await tx.sql<{ username: string; email: string; display_name: string }>`
      select username, email, display_name from account where org_id = ${organizationId} and id = ${id} and erased_at is null for update`;
    if (!person) throw new Problem('not-found');
    const found = await countTheirs(tx, organizationId, id);
    for (const { holdId } of await endWaits(tx, organizationId, id, now))
      await this.holds.releaseWithin(tx, { ...actor, accountId: id }, holdId);
    await this.sessions.endOwn(tx, { id, organizationId }, { allBut: null }, 'erased');
    const ids = await idsOfTheirs(tx, organizationId, id);
    await eraseRows(tx, organizationId, id);
    await clearAccount(tx, organizationId, id, now);
    const words = [person.username, person.email, person.display_name].filter((it) => it.length > 2);
    const { events, digest } = await redactEvents(tx, organizationId, id, ids, words);
    await this.outbox.append(tx, actor, catalogueEvent('user.erased', { id, after: { events, digest, ...(reason && { why: reason }) } }));
    return { anonymous: found['reservations'] ?? 0, leaving, found };
  }
}

const merged = (first: LetGoOf, then: LetGoOf): LetGoOf => ({
  total: first.total,
  reservations: first.reservations.map((it) => then.reservations.find((other) => other.id === it.id) ?? it),
});
