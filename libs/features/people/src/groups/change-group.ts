import { catalogueEvent, Problem } from '@berth/contracts';
import { type Actor, demand, rightsUnderLock } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { Group, GroupRule } from './group';
import { updateGroup } from './group.store';
import { groupForUpdate, readGroup } from './groups.queries';
import { demandGroupGrantable } from './group-grants';

export interface ChangeGroupCommand {
  readonly id: string;
  /** Version the change was made on. */
  readonly version: number;
  /** Merge patch. A group keeps its kind. */
  readonly patch: { readonly name?: string; readonly description?: string | null; readonly rule?: GroupRule };
}

/** Renames a group, or changes who fits it: then whoever does it has all that the group gives. */
@Injectable()
export class ChangeGroup {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `precondition-failed`, `already-exists`, `validation-failed`, `permission-denied` */
  execute(actor: Actor, { id, version, patch }: ChangeGroupCommand): Promise<Group> {
    return this.database.transaction(actor, async (tx) => {
      const rights = await rightsUnderLock(tx, actor, this.clock.now());
      demand(rights, 'group:manage');
      const current = await groupForUpdate(tx, actor, id);
      demandVersion(version, current.version, current);
      if (patch.rule && current.kind === 'static')
        throw new Problem('validation-failed', {
          errors: [{ pointer: '/rule', code: 'not-allowed', detail: 'members of this group are named one by one' }],
        });
      if (patch.rule) await demandGroupGrantable(tx, actor, rights, id);

      const { name = current.name, description = current.description, rule = current.rule } = patch;
      await updateGroup(tx, id, { name, description, rule });
      const before = { name: current.name, description: current.description, rule: current.rule };
      await this.outbox.append(tx, actor, catalogueEvent('group.updated', { id, name, before, after: { name, description, rule } }));
      return readGroup(tx, actor, id);
    });
  }
}
