import { Database } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { type Device, OpenSession, type SignedIn } from '../open-session';
import type { Enrolled } from '../second-factor/enrol';
import type { AccountId } from '../second-factor/one-time-codes';
import { SecondFactorSwitch } from '../second-factor/second-factor-switch';
import { SecondStep } from '../second-factor/second-step';
import { Ceremonies } from './ceremonies';
import { KeepPasskey } from './keep-passkey';
import { keyOwner } from './passkey.store';

/** Makes a passkey the first second factor of whose role must have one, between the password and the session it opens. */
@Injectable()
export class EnrolPasskey {
  constructor(
    private readonly database: Database,
    private readonly step: SecondStep,
    private readonly ceremonies: Ceremonies,
    private readonly keep: KeepPasskey,
    private readonly secondFactor: SecondFactorSwitch,
    private readonly opening: OpenSession,
  ) {}

  /** @throws Problem `invalid-token` also for who has a second factor; `passkeys-unavailable` */
  async begin(mfaToken: string): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const account = await this.accountOf(mfaToken);
    return this.ceremonies.optionsToMake(await keyOwner(this.database.system, account), []);
  }

  /** Keeps the key and signs in. @throws Problem `invalid-token`, `passkey-refused`, `passkeys-unavailable`, `already-exists` */
  async finish(mfaToken: string, name: string, response: RegistrationResponseJSON, device: Device): Promise<Enrolled & SignedIn> {
    const key = await this.ceremonies.made((await this.accountOf(mfaToken)).id, response);
    return this.database.systemTransaction(async (tx) => {
      const account = await this.step.accountWithoutFactor(tx, mfaToken);
      const owner = { organizationId: account.organizationId, accountId: account.id, requestId: device.requestId };
      await this.keep.execute(tx, owner, name, key);
      const recoveryCodes = await this.secondFactor.on(tx, account, { requestId: device.requestId, sessionId: null });
      return { recoveryCodes, ...(await this.opening.execute(tx, account, device)) };
    });
  }

  private accountOf(mfaToken: string): Promise<AccountId> {
    return this.database.systemTransaction((tx) => this.step.accountWithoutFactor(tx, mfaToken));
  }
}
