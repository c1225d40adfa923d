import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, keepingNoAnswer } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { type Device, OpenSession, type SignedIn } from '../open-session';
import { type AccountId, type NewSecret, OneTimeCodes } from './one-time-codes';
import { OwnPassword } from '../password/own-password';
import { SecondFactorSwitch } from './second-factor-switch';
import { issuerOf, SecondStep } from './second-step';

/** What a confirmed enrolment gives: codes that are shown once. */
export interface Enrolled {
  readonly recoveryCodes: readonly string[];
}

/**
 * Sets up one-time codes: a secret first, which is good for nothing until a code of it was shown. Somebody signed in does it in
 * the profile; somebody whose role must have a second factor does it between the two steps of a sign-in.
 */
@Injectable()
export class Enrol {
  constructor(
    private readonly database: Database,
    private readonly password: OwnPassword,
    private readonly step: SecondStep,
    private readonly codes: OneTimeCodes,
    private readonly secondFactor: SecondFactorSwitch,
    private readonly opening: OpenSession,
  ) {}

  /** @throws Problem `password-wrong`, `too-many-attempts`, `already-exists` */
  async begin(actor: Actor, password: string): Promise<NewSecret> {
    await this.password.demandWhereSet(actor, password);
    return this.database.transaction(keepingNoAnswer(actor), async (tx) => {
      const [row] = await tx.sql<{ email: string; name: string }>`
        select a.email, o.name from account a join organization o on o.id = a.org_id
        where a.org_id = ${actor.organizationId} and a.id = ${actor.accountId}`;
      return this.codes.begin(tx, ownerOf(actor), row!.email, issuerOf(row!.name));
    });
  }

  /** Other sessions of the account end. */
  async confirm(actor: Actor, code: string): Promise<Enrolled> {
    const account = ownerOf(actor);
    const outcome = await this.database.transaction(keepingNoAnswer(actor), async (tx) => {
      await this.secondFactor.hold(tx, account);
      const wrong = await this.codes.confirm(tx, account, code);
      if (wrong) return { wrong };
      return { enrolled: { recoveryCodes: await this.secondFactor.on(tx, account, actor) } };
    });
    if (outcome.wrong) throw outcome.wrong;
    return outcome.enrolled;
  }

  /** @throws Problem `invalid-token` also for who has a second factor */
  beginAtSignIn(mfaToken: string): Promise<NewSecret> {
    return this.database.systemTransaction(async (tx) => {
      const account = await this.step.accountWithoutFactor(tx, mfaToken);
      return this.codes.begin(tx, account, account.label, account.issuer);
    });
  }

  /** Confirms and signs in. @throws Problem `invalid-token`, `second-factor-wrong`, `too-many-attempts` */
  async confirmAtSignIn(mfaToken: string, code: string, device: Device): Promise<Enrolled & SignedIn> {
    const outcome = await this.database.systemTransaction(async (tx) => {
      const account = await this.step.accountWithoutFactor(tx, mfaToken);
      const wrong = await this.codes.confirm(tx, account, code);
      if (wrong) return wrong;
      const recoveryCodes = await this.secondFactor.on(tx, account, { requestId: device.requestId, sessionId: null });
      return { recoveryCodes, ...(await this.opening.execute(tx, account, device)) };
    });
    if (outcome instanceof Problem) throw outcome;
    return outcome;
  }
}

/** The account of whoever is signed in. */
export const ownerOf = (actor: Pick<Actor, 'accountId' | 'organizationId'>): AccountId => ({
  id: actor.accountId,
  organizationId: actor.organizationId,
});
