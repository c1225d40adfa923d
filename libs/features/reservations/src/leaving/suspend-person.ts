import { Problem } from '@berth/contracts';
import { Suspension } from '@berth/people';
import { type Actor, demand } from '@berth/platform/auth';
import { Database, recall } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { Cancel } from '../cancel';
import { whoMayBook } from '../on-behalf';
import { CancelSeries } from '../series/cancel-series';
import { Transfer } from '../transfer';
import { FutureQueries, type FutureReservation, MOST_FUTURE } from './future.queries';

export type LeavingChoice = 'keep' | 'cancel' | 'transfer';

export interface SuspendCommand {
  readonly id: string;
  /** What becomes of the reservations that are not over. */
  readonly reservations: LeavingChoice;
  /** Who gets them, where they are handed over. */
  readonly to?: string;
  readonly reason?: string;
}

/** What became of a reservation, or (dry run) what would. */
export interface LeavingOutcome extends FutureReservation {
  readonly outcome: 'kept' | 'cancelled' | 'transferred';
  /** Why it stays although something else was chosen; English, for those who have no translation. */
  readonly detail: string | null;
}

export interface Suspended {
  readonly total: number;
  readonly reservations: readonly LeavingOutcome[];
}

type Ending = Pick<LeavingOutcome, 'outcome' | 'detail'>;
const KEPT: Ending = { outcome: 'kept', detail: null };

/**
 * Suspends a person and does with their reservations what the caller chose. The account is closed first, so that they book
 * nothing meanwhile; each reservation then is cancelled or handed over as if by hand, in a transaction of its own, and the
 * whole may be repeated until nothing is left.
 */
@Injectable()
export class SuspendPerson {
  constructor(
    private readonly database: Database,
    private readonly suspension: Suspension,
    private readonly future: FutureQueries,
    private readonly cancelling: Cancel,
    private readonly cancellingSeries: CancelSeries,
    private readonly transferring: Transfer,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `last-owner`, `invalid-reference` for a receiver who may not book */
  async execute(actor: Actor, command: SuspendCommand): Promise<Suspended> {
    const db = this.database.of(actor.organizationId);
    const earlier = await recall<Suspended>(db, actor);
    if (earlier) return earlier.result;
    const { idempotency: _, ...once } = actor;
    await this.demandPossible(once, command);
    await this.database.transaction(once, (tx) => this.suspension.begin(tx, once, command.id));

    const found = await this.future.of(once, command.id, this.clock.now());
    const series = await this.future.seriesOf(once, command.id);
    const outcomes: LeavingOutcome[] = [];
    for (const it of found.slice(0, MOST_FUTURE)) outcomes.push({ ...it, ...(await this.dealtWith(once, it, command)) });
    for (const id of series) await this.endSeries(once, id, command, outcomes);
    const suspended = { total: found.length, reservations: outcomes };
    return this.database.transaction(actor, async () => suspended);
  }

  /** What there is to decide about; changes nothing. @throws Problem as `execute`, but for what the account itself refuses */
  async tryOut(actor: Actor, command: SuspendCommand): Promise<Suspended> {
    await this.demandPossible(actor, command);
    const found = await this.future.of(actor, command.id, this.clock.now());
    const outcome = command.reservations === 'keep' ? 'kept' : command.reservations === 'cancel' ? 'cancelled' : 'transferred';
    return { total: found.length, reservations: found.map((it) => ({ ...it, outcome, detail: null })) };
  }

  private async demandPossible(actor: Actor, { id, reservations, to }: SuspendCommand): Promise<void> {
    const db = this.database.of(actor.organizationId);
    const [person] = await db.sql`select from account where org_id = ${actor.organizationId} and id = ${id}`;
    if (!person) throw new Problem('not-found');
    if (reservations === 'keep') return;
    demand(actor, 'reservation:manage');
    if (reservations === 'cancel') return;
    if (!to || to === id) throw invalidReceiver('Say who gets the reservations.');
    await whoMayBook(db, actor, to, '/to', this.clock.now());
  }

  private async dealtWith(actor: Actor, { id }: FutureReservation, { reservations, to, reason }: SuspendCommand): Promise<Ending> {
    if (reservations === 'keep') return KEPT;
    try {
      if (reservations === 'transfer') await this.transferring.execute(actor, { id, to: to ?? '' });
      else await this.cancelling.execute(actor, { id, reason: reason ?? 'suspended', undoSeconds: 0 });
      return { outcome: reservations === 'transfer' ? 'transferred' : 'cancelled', detail: null };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { outcome: 'kept', detail: error.message };
    }
  }

  /** A series has dates that are not made yet: it ends, or goes to who got the others. */
  private async endSeries(
    actor: Actor,
    id: string,
    { reservations, to, reason }: SuspendCommand,
    outcomes: readonly LeavingOutcome[],
  ): Promise<void> {
    if (reservations === 'cancel') await this.cancellingSeries.execute(actor, { id, scope: 'all', reason: reason ?? 'suspended' });
    const wentOver = outcomes.filter((it) => it.seriesId === id).every((it) => it.outcome === 'transferred');
    if (reservations !== 'transfer' || !wentOver) return;
    await this.database.transaction(actor, async (tx) => {
      await tx.sql`
        update series set organizer_id = ${to}, version = version + 1, updated_at = ${this.clock.now()}
        where org_id = ${actor.organizationId} and id = ${id} and cancelled_at is null`;
    });
  }
}

const invalidReceiver = (detail: string): Problem =>
  new Problem('invalid-reference', { detail, errors: [{ pointer: '/to', code: 'invalid-reference', detail }] });
