import { catalogueEvent } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { Group } from './group';
import { type GroupValues, insertGroup } from './group.store';
import { readGroup } from './groups.queries';

/** Makes a group; it has no roles and opens no gate yet, so nobody gains by it. */
@Injectable()
export class AddGroup {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `already-exists` */
  execute(actor: Actor, values: GroupValues): Promise<Group> {
    return this.database.transaction(actor, async (tx) => {
      const id = newId();
      await insertGroup(tx, id, values, this.clock.now());
      await this.outbox.append(tx, actor, catalogueEvent('group.created', { id, name: values.name, after: { ...values } }));
      return readGroup(tx, actor, id);
    });
  }
}
