import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { OwnPassword } from '../password/own-password';
import { ownerOf } from '../second-factor/enrol';
import { SecondFactorSwitch } from '../second-factor/second-factor-switch';

/** Removes a passkey of the actor's own. The database keeps the last way in (`account_keeps_way_in`). */
@Injectable()
export class RemovePasskey {
  constructor(
    private readonly database: Database,
    private readonly password: OwnPassword,
    private readonly secondFactor: SecondFactorSwitch,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `password-wrong`, `too-many-attempts`, `not-found`, `last-way-in` */
  async execute(actor: Actor, id: string, password: string): Promise<void> {
    await this.password.demandWhereSet(actor, password);
    await this.database.transaction(actor, async (tx) => {
      const [removed] = await tx.sql<{ name: string }>`
        delete from passkey where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and id = ${id} returning name`;
      if (!removed) throw new Problem('not-found');
      await this.secondFactor.offWhereNoneIsLeft(tx, ownerOf(actor));
      await this.outbox.append(tx, actor, catalogueEvent('passkey.removed', { id, name: removed.name }));
    });
  }
}
