import { Problem } from '@berth/contracts';
import { Database } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { type Device, OpenSession, type SignedIn } from '../open-session';
import type { AccountId } from '../second-factor/one-time-codes';
import { SecondStep } from '../second-factor/second-step';
import { TRUST_DAYS } from '../second-factor/verify-second-factor';
import { AcceptPasskey } from './accept-passkey';
import { Ceremonies } from './ceremonies';
import { findKey, keysOf } from './passkey.store';
import { RelyingParty } from './relying-party';

/** Opens a session for who shows a passkey after the password. */
@Injectable()
export class SecondStepWithPasskey {
  constructor(
    private readonly database: Database,
    private readonly step: SecondStep,
    private readonly party: RelyingParty,
    private readonly ceremonies: Ceremonies,
    private readonly accept: AcceptPasskey,
    private readonly opening: OpenSession,
  ) {}

  /** @throws Problem `invalid-token`, `passkeys-unavailable` */
  async begin(mfaToken: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const account = await this.accountOf(mfaToken);
    const keys = await keysOf(this.database.system, account, this.party.id);
    return this.ceremonies.optionsToShow({ kind: 'second-step', accountId: account.id }, keys);
  }

  /** @throws Problem `invalid-token`, `passkey-refused`, `passkey-copied` */
  async execute(mfaToken: string, response: AuthenticationResponseJSON, trustsBrowser: boolean, device: Device): Promise<SignedIn> {
    const { id: accountId } = await this.accountOf(mfaToken);
    const found = await findKey(this.database.system, response.id);
    const key = found?.accountId === accountId ? found : undefined;
    const shown = await this.ceremonies.shown({ kind: 'second-step', accountId }, key, response);
    if (!key) throw new Problem('passkey-refused');
    const outcome = await this.database.systemTransaction(async (tx) => {
      const account = await this.step.accountOf(tx, mfaToken);
      const refusal = await this.accept.execute(tx, key, shown, device.requestId);
      return refusal ?? this.opening.execute(tx, account, device, trustsBrowser ? { skipsSecondStepDays: TRUST_DAYS } : {});
    });
    if (outcome instanceof Problem) throw outcome;
    return outcome;
  }

  private accountOf(mfaToken: string): Promise<AccountId> {
    return this.database.systemTransaction((tx) => this.step.accountOf(tx, mfaToken));
  }
}
