import { Problem, reservationEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { isFinal } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { reservationToChange } from './change';
import type { Reservation } from './reservation';
import { ReservationQueries } from './reservations.queries';
import { readFacts } from './reservation.store';

/** Merge patch (RFC 7396) of what does not touch the time: undefined keeps, null removes. */
export interface DetailsPatch {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly private?: boolean;
  readonly attendees?: number | null;
}

/** Changes title, description, privacy or the number of people. */
@Injectable()
export class ChangeDetails {
  constructor(
    private readonly database: Database,
    private readonly queries: ReservationQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `invalid-state`, `precondition-failed` */
  execute(actor: Actor, id: string, patch: DetailsPatch, ifMatch?: number): Promise<Reservation> {
    const now = this.clock.now();
    return this.database.transaction(actor, async (tx) => {
      const row = await reservationToChange(tx, actor, id, ifMatch, this.queries);
      if (isFinal(row.status)) throw new Problem('invalid-state', { state: row.status });
      const before = { title: row.title, description: row.description, private: row.private, attendees: row.attendees };
      const after = { ...before, ...withoutUndefined(patch) };
      await tx.sql`
        update reservation
        set title = ${after.title}, description = ${after.description}, private = ${after.private}, attendees = ${after.attendees},
            version = version + 1, updated_at = ${now}
        where id = ${id}`;
      const [facts] = await readFacts(tx, [id]);
      // What is private before or after stays out of the log everyone's streams are fed from.
      const previous = row.private || after.private ? { private: row.private } : before;
      await this.outbox.append(tx, actor, reservationEvent('reservation.updated', { ...facts!, previous }));
      return this.queries.one(actor, id, tx);
    });
  }
}

const withoutUndefined = (patch: DetailsPatch): DetailsPatch =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
