import { Problem, type Role } from '@berth/contracts';
import { PARTIAL_TOKEN_SECONDS, PartialTokens } from '@berth/platform/auth';
import { sql, type Statement, type Tx } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { RelyingParty } from '../passkeys/relying-party';
import { isAskedOfRoles } from './asked-of-roles';
import { hasApp, hasPasskey, hasSecondFactor } from './factors';
import type { AccountId } from './one-time-codes';

interface StepRow {
  has_app: boolean;
  has_passkey: boolean;
  has_codes: boolean;
  is_asked_of_role: boolean;
}

/** An account whose first step was right. */
export interface KnownAccount extends AccountId {
  readonly passwordHash: string | null;
  /** What a provider said of them, where they signed in there instead. */
  readonly provedBy?: string;
}

/** An account that has to show more, and what its app shows above the code. */
export interface AccountBetweenSteps extends AccountId {
  readonly role: Role;
  readonly label: string;
  readonly issuer: string;
  readonly provedBy?: string;
}

interface AccountRow {
  password_hash: string | null;
  role: Role;
  email: string;
  name: string;
}

/** What is still missing after the first step. */
@Injectable()
export class SecondStep {
  constructor(
    private readonly partial: PartialTokens,
    private readonly party: RelyingParty,
  ) {}

  /**
   * Undefined when nothing is. Else `second-factor-required`, or `second-factor-enrolment-required` where the role must have
   * one and nobody set it up; both with a token that is good for that step alone, and what can be shown or set up.
   */
  async missing(tx: Tx, account: KnownAccount, skips: boolean): Promise<Problem | undefined> {
    const [row] = await tx.sql<StepRow>`
      select ${hasApp} as has_app, ${hasPasskey} as has_passkey, ${isAskedOfRoles} as is_asked_of_role,
             exists (select from recovery_code r where r.org_id = a.org_id and r.account_id = a.id and r.used_at is null) as has_codes
      from account a join organization o on o.id = a.org_id
      where a.org_id = ${account.organizationId} and a.id = ${account.id}`;
    const isOn = row !== undefined && (row.has_app || row.has_passkey);
    if (!row || (isOn ? skips : !row.is_asked_of_role)) return undefined;
    const mfaToken = await this.partial.sign({
      accountId: account.id,
      organizationId: account.organizationId,
      passwordMark: passwordMark(account.passwordHash),
      provedBy: account.provedBy,
    });
    const step = { mfaToken, expiresIn: PARTIAL_TOKEN_SECONDS };
    return isOn
      ? new Problem('second-factor-required', { ...step, methods: methodsOf(row) })
      : new Problem('second-factor-enrolment-required', { ...step, methods: this.party.id === undefined ? ['totp'] : ['passkey', 'totp'] });
  }

  /**
   * The account a token between the steps belongs to, locked against changes of it meanwhile.
   * @throws Problem `invalid-token` also when the password has changed since, or the account may not sign in any more
   */
  accountOf(tx: Tx, mfaToken: string): Promise<AccountBetweenSteps> {
    return this.find(tx, mfaToken, sql`for share of a`);
  }

  /**
   * The same for who sets up a first second factor, locked so that of two who do so at once the second finds that it is there: who
   * has one is asked for it, and no password, known or stolen, sets up another.
   * @throws Problem `invalid-token` also for who has one
   */
  async accountWithoutFactor(tx: Tx, mfaToken: string): Promise<AccountBetweenSteps> {
    const account = await this.find(tx, mfaToken, sql`for no key update of a`);
    const has = await tx.sql`
      select from account a where a.org_id = ${account.organizationId} and a.id = ${account.id} and ${hasSecondFactor}`;
    if (has.length > 0) throw new Problem('invalid-token');
    return account;
  }

  private async find(tx: Tx, mfaToken: string, lock: Statement): Promise<AccountBetweenSteps> {
    const claims = await this.partial.verify(mfaToken);
    const [row] = await tx.sql<AccountRow>`
      select a.password_hash, a.role, a.email, o.name
      from account a join organization o on o.id = a.org_id
      where a.org_id = ${claims.organizationId} and a.id = ${claims.accountId} and a.status = 'active'
      ${lock}`;
    if (!row || passwordMark(row.password_hash) !== claims.passwordMark) throw new Problem('invalid-token');
    const { accountId: id, organizationId, provedBy } = claims;
    return { id, organizationId, role: row.role, label: row.email, issuer: issuerOf(row.name), provedBy };
  }
}

/** What can be shown, the easiest first. */
const methodsOf = (has: StepRow): string[] => [
  ...(has.has_passkey ? ['passkey'] : []),
  ...(has.has_app ? ['totp'] : []),
  ...(has.has_codes ? ['recovery-code'] : []),
];

/** Tells passwords apart without saying anything of them. */
const passwordMark = (hash: string | null): string =>
  createHash('sha256')
    .update(hash ?? '')
    .digest('base64url')
    .slice(0, 22);

/** What the app shows above the code; a colon parts it from the name in the address (Key Uri Format), so it has none. */
export const issuerOf = (organization: string): string => `Berth ${organization.replaceAll(':', ' ')}`;
