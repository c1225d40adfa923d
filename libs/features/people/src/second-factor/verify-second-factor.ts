import { catalogueEvent, Problem } from '@berth/contracts';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { AccountNews } from '../links/account-news';
import { type Device, OpenSession, type SignedIn } from '../open-session';
import { type AccountId, OneTimeCodes } from './one-time-codes';
import { RecoveryCodes } from './recovery-codes';
import { SecondStep } from './second-step';

/** How long a browser may go without the second factor when the person says so. */
export const TRUST_DAYS = 30;

export interface SecondFactorCommand {
  /** What the first step gave. */
  readonly mfaToken: string;
  readonly method: 'totp' | 'recovery-code';
  readonly code: string;
  readonly trustsBrowser: boolean;
}

/** Opens a session for who shows the second factor after the password. */
@Injectable()
export class VerifySecondFactor {
  constructor(
    private readonly database: Database,
    private readonly step: SecondStep,
    private readonly codes: OneTimeCodes,
    private readonly recovery: RecoveryCodes,
    private readonly opening: OpenSession,
    private readonly news: AccountNews,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `invalid-token`, `second-factor-wrong`, `too-many-attempts`, `second-factor-locked` */
  async execute(command: SecondFactorCommand, device: Device): Promise<SignedIn> {
    const outcome = await this.database.systemTransaction(async (tx) => {
      const account = await this.step.accountOf(tx, command.mfaToken);
      const refusal = await (command.method === 'totp'
        ? this.codes.accept(tx, account, command.code)
        : this.useRecoveryCode(tx, account, command.code, device));
      // Given back, so that what was counted is committed.
      if (refusal) return refusal;
      return this.opening.execute(tx, account, device, command.trustsBrowser ? { skipsSecondStepDays: TRUST_DAYS } : {});
    });
    if (outcome instanceof Problem) throw outcome;
    return outcome;
  }

  private async useRecoveryCode(tx: Tx, account: AccountId, code: string, device: Device): Promise<Problem | undefined> {
    if (!(await this.recovery.use(tx, account, code))) return new Problem('second-factor-wrong');
    await this.codes.forgive(tx, account);
    const doer = { organizationId: account.organizationId, accountId: account.id, requestId: device.requestId };
    await this.outbox.append(tx, doer, catalogueEvent('second_factor.recovery_code_used', { id: account.id }));
    await this.news.tell(tx, account.id, 'recoveryCodeUsed');
    return undefined;
  }
}
