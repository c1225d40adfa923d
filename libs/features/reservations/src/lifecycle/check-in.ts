import { Problem, reservationEvent } from '@berth/contracts';
import { formatInstant, holdsInstant, type Interval } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { mayBecome, type PolicySource } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { reservationToChange } from '../change';
import type { Reservation } from '../reservation';
import { ReservationQueries } from '../reservations.queries';
import { lockReservation, readFacts, type ReservationRow } from '../reservation.store';
import { CheckInQueries } from './check-in.queries';
import { CheckInTokens } from './check-in-token';

export interface CheckInCommand {
  readonly id: string;
  /** Of the code at one of its resources; with it everybody may who sees the reservation. */
  readonly token?: string;
  readonly ifMatch?: number;
}

/** Says that somebody has come. */
@Injectable()
export class CheckIn {
  constructor(
    private readonly database: Database,
    private readonly queries: ReservationQueries,
    private readonly windows: CheckInQueries,
    private readonly tokens: CheckInTokens,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Checking in twice is not an error.
   * @throws Problem `not-found`, `permission-denied`, `check-in-code-invalid`, `invalid-state`, `precondition-failed`,
   *   `policy-violation` with the window
   */
  async execute(actor: Actor, command: CheckInCommand): Promise<Reservation> {
    const now = this.clock.now();
    const resourceId = command.token === undefined ? undefined : this.tokens.read(command.token);
    const { window, source, resourceIds } = await this.windows.windowOf(actor, command.id);
    if (resourceId !== undefined && !resourceIds.includes(resourceId))
      throw new Problem('check-in-code-invalid', { detail: 'It is the code of another resource.' });
    return this.database.transaction(actor, async (tx) => {
      const row = await this.toCheckIn(tx, actor, command, resourceId !== undefined);
      if (row.status === 'checked_in') return this.queries.one(actor, row.id, tx);
      if (!mayBecome(row.status, 'checked_in')) throw new Problem('invalid-state', { state: row.status });
      demandWithin(window, now, source);

      await tx.sql`
        update reservation set status = 'checked_in', checked_in_at = ${now}, version = version + 1, updated_at = ${now} where id = ${row.id}`;
      const [facts] = await readFacts(tx, [row.id]);
      await this.outbox.append(tx, actor, reservationEvent('reservation.checked_in', { ...facts!, previous: { status: row.status } }));
      return this.queries.one(actor, row.id, tx);
    });
  }

  /** Checks in to what the actor has at the resource a code belongs to. @throws Problem `not-found`, and those of `execute` */
  async atResource(actor: Actor, token: string): Promise<Reservation> {
    const id = await this.windows.currentAt(actor, this.tokens.read(token));
    if (!id) throw new Problem('not-found', { detail: 'You have nothing to check in to here now.' });
    return this.execute(actor, { id, token });
  }

  private async toCheckIn(tx: Tx, actor: Actor, command: CheckInCommand, isThere: boolean): Promise<ReservationRow> {
    if (!isThere) return reservationToChange(tx, actor, command.id, command.ifMatch, this.queries);
    const row = await lockReservation(tx, command.id);
    if (!row) throw new Problem('not-found');
    return row;
  }
}

function demandWithin(window: Interval, now: Date, source: PolicySource): void {
  if (holdsInstant(window, now)) return;
  const limit = `${formatInstant(window.start)}/${formatInstant(window.end)}`;
  const given = formatInstant(now);
  const detail =
    now < window.start
      ? `One may check in from ${formatInstant(window.start)} on.`
      : `One could check in until ${formatInstant(window.end)}.`;
  const violation = { rule: 'check-in', limit, given, source, detail };
  throw new Problem('policy-violation', { detail, violations: [violation], policy: { rule: 'check-in', limit, given, source } });
}
