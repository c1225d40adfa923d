import { catalogueEvent } from '@berth/contracts';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Schedule } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';

const EVERY_MS = 60_000;

/**
 * Forgets removed demo data when the time to bring it back has passed. What is due stands with the organization, so an
 * outage only delays it. Any number may run: each organization is forgotten by the one that has its row.
 */
@Injectable()
export class ForgetDemoData {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    schedule: Schedule,
  ) {
    schedule.every(EVERY_MS, 'removed demo data could not be forgotten', () => this.run());
  }

  /** @returns of how many organizations it was forgotten */
  async run(): Promise<number> {
    for (let done = 0; ; done++) if (!(await this.forgetOne())) return done;
  }

  private forgetOne(): Promise<boolean> {
    return this.database.systemTransaction(async (tx) => {
      const [due] = await tx.sql<{ id: string; name: string }>`
        select id, name from organization
        where demo_undo_until <= ${this.clock.now()}
        order by demo_undo_until
        limit 1
        for update skip locked`;
      if (!due) return false;
      await tx.sql`delete from demo_removed_row where org_id = ${due.id}`;
      await tx.sql`update organization set demo_undo_until = null where id = ${due.id}`;
      const byItself = { organizationId: due.id, accountId: null, requestId: null };
      await this.outbox.append(tx, byItself, catalogueEvent('demo_data.forgotten', { id: due.id, name: due.name }));
      return true;
    });
  }
}
