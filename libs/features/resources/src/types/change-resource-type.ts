import { catalogueEvent, difference } from '@berth/contracts';
import { bumpEpoch, patchedPolicy } from '@berth/places';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import type { CustomField, PolicyPatch } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { askedFields } from './asked-fields';
import type { CalendarUserType, ResourceType } from './resource-type';
import { updateType } from './resource-type.store';
import { readType, typeForUpdate } from './resource-types.queries';

export interface ChangeResourceTypeCommand {
  readonly id: string;
  /** Version the change was made on. */
  readonly version: number;
  readonly patch: {
    readonly name?: string;
    readonly cutype?: CalendarUserType;
    readonly icon?: string;
    readonly policy?: PolicyPatch | null;
    readonly fields?: readonly CustomField[];
  };
}

/** Changes a kind of resources. Its policy and, as the source of rules, its name count for all of them. */
@Injectable()
export class ChangeResourceType {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found`, `precondition-failed` with what it is now, `validation-failed` */
  execute(actor: Actor, { id, version, patch }: ChangeResourceTypeCommand): Promise<ResourceType> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      const current = await typeForUpdate(tx, organizationId, id);
      demandVersion(version, current.version, current);

      const { name, cutype, icon, fields } = { ...current, ...patch };
      const values = { name, cutype, icon, policy: patchedPolicy(current.policy, patch.policy), fields: askedFields(fields) };
      const changed = difference(current, values);
      if (!changed) return current;

      await updateType(tx, organizationId, id, values);
      await bumpEpoch(tx, organizationId);
      await this.outbox.append(tx, actor, catalogueEvent('resource_type.updated', { id, name, ...changed }));
      return readType(tx, organizationId, id);
    });
  }
}
