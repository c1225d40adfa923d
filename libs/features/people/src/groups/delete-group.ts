import { catalogueEvent } from '@berth/contracts';
import { type Actor, demand, rightsUnderLock } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
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

  /** @throws Problem `not-found`, `precondition-failed` with what it is now, `still-in-use` */
  execute(actor: Actor, id: string, version: number): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      demand(await rightsUnderLock(tx, actor, this.clock.now()), 'group:manage');
      const current = await groupForUpdate(tx, actor, id);
      demandVersion(version, current.version, current);
      await deleteGroup(tx, id);
      await this.outbox.append(tx, actor, catalogueEvent('group.deleted', { id, name: current.name, before: { name: current.name } }));
    });
  }
}
