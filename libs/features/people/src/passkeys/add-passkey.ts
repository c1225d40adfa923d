import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, keepingNoAnswer, type Sql } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { OwnPassword } from '../password/own-password';
import { ownerOf } from '../second-factor/enrol';
import { SecondFactorSwitch } from '../second-factor/second-factor-switch';
import { Ceremonies } from './ceremonies';
import { KeepPasskey } from './keep-passkey';
import { keyOwner, keysOf } from './passkey.store';
import { RelyingParty } from './relying-party';

/** As many as a browser can be told of at once without trouble, and more than anybody has devices. */
const MAX_PER_PERSON = 20;

/** A passkey that is there; recovery codes where it is the first second factor, shown once. */
export interface AddedPasskey {
  readonly id: string;
  readonly name: string;
  readonly recoveryCodes: readonly string[] | null;
}

/** Adds a passkey of the actor's own: what the authenticator has to sign first, and its key once it has. */
@Injectable()
export class AddPasskey {
  constructor(
    private readonly database: Database,
    private readonly password: OwnPassword,
    private readonly ceremonies: Ceremonies,
    private readonly party: RelyingParty,
    private readonly secondFactor: SecondFactorSwitch,
    private readonly keep: KeepPasskey,
  ) {}

  /** @throws Problem `passkeys-unavailable`, `password-wrong`, `too-many-attempts`, `validation-failed` for one too many */
  async begin(actor: Actor, password: string): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { id: rpId } = this.party.demand();
    await this.password.demandWhereSet(actor, password);
    const db = this.database.of(actor.organizationId);
    await demandRoom(db, actor);
    const account = ownerOf(actor);
    return this.ceremonies.optionsToMake(await keyOwner(db, account), await keysOf(db, account, rpId));
  }

  /**
   * With the first second factor of an account its other sessions end: they were opened without one.
   * @throws Problem `passkey-refused`, `already-exists`, `validation-failed` for one too many
   */
  async finish(actor: Actor, name: string, response: RegistrationResponseJSON): Promise<AddedPasskey> {
    const key = await this.ceremonies.made(actor.accountId, response);
    const account = ownerOf(actor);
    return this.database.transaction(keepingNoAnswer(actor), async (tx) => {
      await this.secondFactor.hold(tx, account);
      await demandRoom(tx, actor);
      const wasOn = await this.secondFactor.isOn(tx, account);
      const id = await this.keep.execute(tx, actor, name, key);
      if (wasOn) return { id, name, recoveryCodes: null };
      return { id, name, recoveryCodes: await this.secondFactor.on(tx, account, actor) };
    });
  }
}

async function demandRoom(db: Sql, actor: Actor): Promise<void> {
  const [row] = await db.sql<{ count: number }>`
    select count(*)::int as count from passkey where org_id = ${actor.organizationId} and account_id = ${actor.accountId}`;
  if ((row?.count ?? 0) >= MAX_PER_PERSON)
    throw new Problem('validation-failed', { detail: `Nobody has more than ${MAX_PER_PERSON} passkeys.` });
}
