import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, keepingNoAnswer } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { type Enrolled, ownerOf } from './enrol';
import { OwnPassword } from '../password/own-password';
import { RecoveryCodes } from './recovery-codes';
import { SecondFactorSwitch } from './second-factor-switch';

/** Gives ten new recovery codes; the old ones are good for nothing from then on. */
@Injectable()
export class RenewRecoveryCodes {
  constructor(
    private readonly database: Database,
    private readonly password: OwnPassword,
    private readonly recovery: RecoveryCodes,
    private readonly secondFactor: SecondFactorSwitch,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `password-wrong`, `too-many-attempts`; `not-found` where there is no second factor to recover */
  async execute(actor: Actor, password: string): Promise<Enrolled> {
    await this.password.demandWhereSet(actor, password);
    const account = ownerOf(actor);
    return this.database.transaction(keepingNoAnswer(actor), async (tx) => {
      if (!(await this.secondFactor.isOn(tx, account))) throw new Problem('not-found');
      const recoveryCodes = await this.recovery.renew(tx, account);
      await this.outbox.append(tx, actor, catalogueEvent('second_factor.recovery_codes_renewed', { id: account.id }));
      return { recoveryCodes };
    });
  }
}
