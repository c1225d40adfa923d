import { catalogueEvent } from '@berth/contracts';
import { patchedPolicy } from '@berth/places';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import type { CustomField, PolicyPatch } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { askedFields } from './asked-fields';
import type { CalendarUserType, ResourceType } from './resource-type';
import { insertType } from './resource-type.store';
import { readType } from './resource-types.queries';

export interface AddResourceTypeCommand {
  readonly key: string;
  readonly name: string;
  readonly cutype: CalendarUserType;
  readonly icon?: string;
  readonly policy?: PolicyPatch | null;
  readonly fields?: readonly CustomField[];
}

/** Adds a kind of resources. */
@Injectable()
export class AddResourceType {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `already-exists` when the key is taken, `validation-failed` for a policy that cannot be read */
  async execute(actor: Actor, { key, name, cutype, icon = 'box', policy, fields = [] }: AddResourceTypeCommand): Promise<ResourceType> {
    const values = { name, cutype, icon, policy: patchedPolicy({}, policy), fields: askedFields(fields) };
    return this.database.transaction(actor, async (tx) => {
      const id = await insertType(tx, actor.organizationId, key, values, this.clock.now());
      await this.outbox.append(tx, actor, catalogueEvent('resource_type.created', { id, name, after: { key, ...values } }));
      return readType(tx, actor.organizationId, id);
    });
  }
}
