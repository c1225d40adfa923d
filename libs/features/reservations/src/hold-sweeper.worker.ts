import { reservationEvent } from '@berth/contracts';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Schedule } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { endHolds, readFacts } from './reservation.store';

const EVERY_MS = 1_000;
const BATCH = 200;

/** Ends holds that have run out, and tells so; also gives back the time of cancellations nobody took back. Any number may run. */
@Injectable()
export class HoldSweeper {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    schedule: Schedule,
  ) {
    schedule.every(EVERY_MS, 'sweeping holds failed', () => this.sweep());
  }

  /** @returns how many holds ran out */
  async sweep(): Promise<number> {
    const now = this.clock.now();
    let swept = 0;
    for (;;) {
      const batch = await this.database.systemTransaction(async (tx) => {
        const due = await tx.sql<{ id: string; org_id: string }>`
          select id, org_id from reservation
          where hold_until <= ${now}
          order by hold_until
          limit ${BATCH}
          for no key update skip locked`;
        const { expired } = await endHolds(
          tx,
          due.map((it) => it.id),
          null,
          now,
        );
        const organizationOf = new Map(due.map((it) => [it.id, it.org_id]));
        for (const facts of await readFacts(tx, expired)) {
          const organizationId = organizationOf.get(facts.reservationId) ?? '';
          await this.outbox.append(tx, { organizationId, accountId: null, requestId: null }, reservationEvent('hold.expired', facts));
        }
        return { due: due.length, expired: expired.length };
      });
      swept += batch.expired;
      if (batch.due < BATCH) return swept;
    }
  }
}
