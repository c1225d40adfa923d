import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { type DemoData, demoData, type OwnBookings } from './demo-data.queries';

const UNDO_MS = 24 * 3_600_000;

/** Takes the demo data away at once; for 24 h it can be brought back. Where none is there nothing happens. */
@Injectable()
export class RemoveDemoData {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  execute(actor: Actor, ownBookings: OwnBookings): Promise<DemoData> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId: id, accountId } = actor;
      // Of two who remove it the second waits here and finds it done.
      const [organization] = await tx.sql<{ name: string }>`select name from organization where id = ${id} and demo for update`;
      const before = await demoData(tx, actor);
      if (!organization || !before.removal) return before;
      const undoUntil = new Date(this.clock.now().getTime() + UNDO_MS);
      await tx.sql`select remove_demo(${id}, ${accountId}, ${ownBookings === 'keep'}, ${undoUntil})`;
      const after = { ownBookings, ...before.removal[ownBookings] };
      await this.outbox.append(tx, actor, catalogueEvent('demo_data.removed', { id, name: organization.name, after }));
      return demoData(tx, actor);
    });
  }
}
