import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { ownerOf } from './enrol';
import { OneTimeCodes } from './one-time-codes';
import { OwnPassword } from '../password/own-password';
import { SecondFactorSwitch } from './second-factor-switch';

/** Takes the app away. Whose role must have one sets up another at the next sign-in. */
@Injectable()
export class DisableSecondFactor {
  constructor(
    private readonly database: Database,
    private readonly password: OwnPassword,
    private readonly codes: OneTimeCodes,
    private readonly secondFactor: SecondFactorSwitch,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `password-wrong`, `too-many-attempts` */
  async execute(actor: Actor, password: string): Promise<void> {
    await this.password.demandWhereSet(actor, password);
    const account = ownerOf(actor);
    await this.database.transaction(actor, async (tx) => {
      await this.codes.remove(tx, account);
      await this.secondFactor.offWhereNoneIsLeft(tx, account);
      await this.outbox.append(tx, actor, catalogueEvent('second_factor.disabled', { id: account.id }));
    });
  }
}
