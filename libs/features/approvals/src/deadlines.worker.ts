import { Database } from '@berth/platform/database';
import { Clock, Schedule } from '@berth/platform/runtime';
import { lockRequest, Settle, withdrawRequest } from '@berth/reservations';
import { Injectable } from '@nestjs/common';

const EVERY_MS = 1_000;
const BATCH = 100;

/**
 * Declines what nobody decided in time. What is due stands in the table, so an outage only delays it; each request ends in a
 * transaction of its own behind the lock of its reservation, so any number may run.
 */
@Injectable()
export class Deadlines {
  constructor(
    private readonly database: Database,
    private readonly settle: Settle,
    private readonly clock: Clock,
    schedule: Schedule,
  ) {
    schedule.every(EVERY_MS, 'declining requests failed', () => this.declineDue());
  }

  /** @returns how many requests ran out */
  async declineDue(): Promise<number> {
    const now = this.clock.now();
    let declined = 0;
    for (let after = ''; ;) {
      const due = await this.database.system.sql<Due>`
        select id, org_id, reservation_id from approval_request
        where status = 'waiting' and due_at <= ${now} and id::text > ${after}
        order by id::text
        limit ${BATCH}`;
      for (const it of due) if (await this.decline(it, now)) declined++;
      if (due.length < BATCH) return declined;
      after = due.at(-1)?.id ?? '';
    }
  }

  private decline(due: Due, now: Date): Promise<boolean> {
    return this.database.systemTransaction(async (tx) => {
      // Who holds the reservation is deciding right now; the next round sees what came of it.
      const [reservation] = await tx.sql<{ status: string }>`
        select status from reservation where org_id = ${due.org_id} and id = ${due.reservation_id} for no key update skip locked`;
      const request = reservation && (await lockRequest(tx, due.id));
      if (!request || request.status !== 'waiting') return false;
      if (reservation.status !== 'pending') {
        await withdrawRequest(tx, due.reservation_id, now);
        return false;
      }
      const doer = { organizationId: due.org_id, accountId: null, requestId: null };
      await this.settle.execute(
        { ...tx, organizationId: due.org_id },
        doer,
        request,
        { outcome: 'expired', decidedBy: null, message: null, suggestion: null },
        now,
      );
      return true;
    });
  }
}

interface Due {
  readonly id: string;
  readonly org_id: string;
  readonly reservation_id: string;
}
