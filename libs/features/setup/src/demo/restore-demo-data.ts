import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { brokenConstraint, Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { type DemoData, demoData } from './demo-data.queries';

/** Brings removed demo data back as it was. Where none waits to come back nothing happens. */
@Injectable()
export class RestoreDemoData {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `already-exists` when something has taken a name in between that demo data has */
  execute(actor: Actor): Promise<DemoData> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId: id } = actor;
      const [organization] = await tx.sql<{ name: string }>`
        select name from organization where id = ${id} and demo_undo_until > ${this.clock.now()} for update`;
      if (organization) {
        await tx.sql`select restore_demo(${id})`.catch(inTheWay);
        await this.outbox.append(tx, actor, catalogueEvent('demo_data.restored', { id, name: organization.name }));
      }
      return demoData(tx, actor);
    });
  }
}

const taken: Readonly<Record<string, string>> = {
  account_username_unique: 'A person with the username of a demo person has joined since.',
  account_email_unique: 'A person with the e-mail address of a demo person has joined since.',
  site_name_unique: 'There is a site now with the name of a demo site.',
  floor_name_unique: 'There is a floor now with the name of a demo floor.',
  room_name_unique: 'There is a room now with the name of a demo room.',
  resource_type_key_unique: 'There is a resource type now with the key of a demo type.',
  people_group_name_unique: 'There is a group now with the name of a demo group.',
  quota_rule_name_unique: 'There is a quota now with the name of a demo quota.',
  role_assignment_once: 'Somebody has been given a role since that demo data gives them.',
  resource_external_id_unique: 'There is a resource now with the external id of a demo resource.',
};

function inTheWay(error: unknown): never {
  const detail = taken[brokenConstraint(error) ?? ''];
  throw detail ? new Problem('already-exists', { detail }) : error;
}
