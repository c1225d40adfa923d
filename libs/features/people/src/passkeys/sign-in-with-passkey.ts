import { Problem } from '@berth/contracts';
import { Database } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { type Device, OpenSession, type SignedIn } from '../open-session';
import { AcceptPasskey } from './accept-passkey';
import { Ceremonies } from './ceremonies';
import { findKey } from './passkey.store';

/**
 * Opens a session for who shows a passkey. The authenticator asked for finger, face or PIN, so it is something one has and
 * something one is or knows: nothing more is asked for, also of roles that must have a second factor.
 */
@Injectable()
export class SignInWithPasskey {
  constructor(
    private readonly database: Database,
    private readonly ceremonies: Ceremonies,
    private readonly accept: AcceptPasskey,
    private readonly opening: OpenSession,
  ) {}

  /** Nobody says who they are: the authenticator shows the keys it has for this host. @throws Problem `passkeys-unavailable` */
  begin(): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return this.ceremonies.optionsToShow({ kind: 'sign-in' });
  }

  /** @throws Problem `passkey-refused`, the same for what is unknown, wrong or of somebody who may not sign in; `passkey-copied` */
  async execute(response: AuthenticationResponseJSON, device: Device): Promise<SignedIn> {
    const key = await findKey(this.database.system, response.id);
    const shown = await this.ceremonies.shown({ kind: 'sign-in' }, key, response);
    if (!key) throw new Problem('passkey-refused');
    const outcome = await this.database.systemTransaction(async (tx) => {
      const [active] = await tx.sql`
        select from account where org_id = ${key.organizationId} and id = ${key.accountId} and status = 'active' for share`;
      if (!active) return new Problem('passkey-refused');
      const refusal = await this.accept.execute(tx, key, shown, device.requestId);
      return refusal ?? this.opening.execute(tx, { id: key.accountId, organizationId: key.organizationId }, device);
    });
    if (outcome instanceof Problem) throw outcome;
    return outcome;
  }
}
