import { Problem } from '@berth/contracts';
import { type Actor, demand } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { HandOverOwn } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { Cancel } from '../cancel';
import { whoMayBook } from '../on-behalf';
import { CancelSeries } from '../series/cancel-series';
import { Transfer } from '../transfer';
import { FutureQueries, type FutureReservation, MOST_FUTURE } from './future.queries';

export type LeavingChoice = 'keep' | 'cancel' | 'transfer';

export interface LeavingCommand {
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

export interface LetGoOf {
  readonly total: number;
  readonly reservations: readonly LeavingOutcome[];
}

type Ending = Pick<LeavingOutcome, 'outcome' | 'detail'>;
const KEPT: Ending = { outcome: 'kept', detail: null };

/**
 * Does with somebody's reservations that are not over what was chosen: each is cancelled or handed over as if by hand, in a
 * transaction of its own, and the whole may be repeated until nothing is left. What is assigned to them goes the same way.
 */
@Injectable()
export class LetGo {
  constructor(
    private readonly database: Database,
    private readonly future: FutureQueries,
    private readonly cancelling: Cancel,
    private readonly cancellingSeries: CancelSeries,
    private readonly transferring: Transfer,
    private readonly handingOver: HandOverOwn,
    private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, command: LeavingCommand): Promise<LetGoOf> {
    // What is their own first: nobody else could take over what they have reserved of it.
    if (command.reservations !== 'keep')
      await this.handingOver.execute(actor, command.id, command.reservations === 'transfer' ? (command.to ?? null) : null);
    const found = await this.future.of(actor, command.id, this.clock.now());
    const series = await this.future.seriesOf(actor, command.id);
    const outcomes: LeavingOutcome[] = [];
    for (const it of found.slice(0, MOST_FUTURE)) outcomes.push({ ...it, ...(await this.dealtWith(actor, it, command)) });
    for (const id of series) await this.endSeries(actor, id, command, outcomes);
    return { total: found.length, reservations: outcomes };
  }

  /** What there is to decide about; changes nothing. */
  async tryOut(actor: Actor, command: LeavingCommand): Promise<LetGoOf> {
    await this.demandPossible(actor, command);
    const found = await this.future.of(actor, command.id, this.clock.now());
    const outcome = command.reservations === 'keep' ? 'kept' : command.reservations === 'cancel' ? 'cancelled' : 'transferred';
    return { total: found.length, reservations: found.map((it) => ({ ...it, outcome, detail: null })) };
  }

  /** @throws Problem `not-found`, `permission-denied` for reservations of others, `invalid-reference` for a receiver who may not book */
  async demandPossible(actor: Actor, { id, reservations, to }: LeavingCommand): Promise<void> {
    const db = this.database.of(actor.organizationId);
    const [person] = await db.sql`select from account where org_id = ${actor.organizationId} and id = ${id}`;
    if (!person) throw new Problem('not-found');
    if (reservations === 'keep') return;
    if (id !== actor.accountId) demand(actor, 'reservation:manage');
    if (reservations === 'cancel') return;
    if (!to || to === id) throw invalidReceiver('Say who gets the reservations.');
    await whoMayBook(db, actor, to, '/to', this.clock.now());
  }

  private async dealtWith(actor: Actor, { id }: FutureReservation, { reservations, to, reason }: LeavingCommand): Promise<Ending> {
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
    { reservations, to, reason }: LeavingCommand,
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
