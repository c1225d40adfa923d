import { catalogueEvent } from '@berth/contracts';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, every, LOG } from '@berth/platform/runtime';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';

const EVERY_MS = 60_000;

/**
 * Forgets removed demo data when the time to bring it back has passed. What is due stands with the organization, so an
 * outage only delays it. Any number may run: each organization is forgotten by the one that has its row.
 */
@Injectable()
export class ForgetDemoData implements OnApplicationBootstrap, OnModuleDestroy {
  private stop: (() => Promise<void>) | undefined;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.stop = every(
      EVERY_MS,
      () => this.run(),
      (error) => this.log.error({ error }, 'removed demo data could not be forgotten; it is tried again'),
    );
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop?.();
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
