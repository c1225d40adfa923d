import { catalogueEvent } from '@berth/contracts';
import { type Actor, demand, rightsUnderLock } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { deleteGroup } from './group.store';
import { groupForUpdate } from './groups.queries';

/** Deletes a group that nothing uses: no role is given to it and no gate names it. */
@Injectable()
export class DeleteGroup {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `still-in-use` */
  execute(actor: Actor, id: string): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      demand(await rightsUnderLock(tx, actor, this.clock.now()), 'group:manage');
      const { name } = await groupForUpdate(tx, actor, id);
      await deleteGroup(tx, id);
      await this.outbox.append(tx, actor, catalogueEvent('group.deleted', { id, name, before: { name } }));
    });
  }
}
