import { catalogueEvent } from '@berth/contracts';
import { Sessions, TrustedDevices } from '@berth/platform/auth';
import type { Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { hasSecondFactor } from './factors';
import type { AccountId } from './one-time-codes';
import { RecoveryCodes } from './recovery-codes';

/** What follows when the first second factor of an account comes, and when the last one goes. */
@Injectable()
export class SecondFactorSwitch {
  constructor(
    private readonly recovery: RecoveryCodes,
    private readonly devices: TrustedDevices,
    private readonly sessions: Sessions,
    private readonly outbox: Outbox,
  ) {}

  /** Locks the account before one is added: of two first ones that come at once, the second finds the other. */
  async hold(tx: Tx, account: AccountId): Promise<void> {
    await tx.sql`select from account where org_id = ${account.organizationId} and id = ${account.id} for no key update`;
  }

  /**
   * Every browser is asked for it from now on, and sessions that were opened without it end.
   * @param by whose session goes on; null where it is only opened after this
   * @returns new recovery codes, shown once
   */
  async on(tx: Tx, account: AccountId, by: { readonly requestId: string; readonly sessionId: string | null }): Promise<string[]> {
    await this.sessions.endOwn(tx, account, { allBut: by.sessionId }, 'second-factor-changed');
    await this.devices.askAgain(tx, account);
    const recoveryCodes = await this.recovery.renew(tx, account);
    const doer = { organizationId: account.organizationId, accountId: account.id, requestId: by.requestId };
    await this.outbox.append(tx, doer, catalogueEvent('second_factor.enabled', { id: account.id }));
    return recoveryCodes;
  }

  /** Where no factor is left, nothing is left of what stood in for one. */
  async offWhereNoneIsLeft(tx: Tx, account: AccountId): Promise<void> {
    if (await this.isOn(tx, account)) return;
    await this.recovery.remove(tx, account);
    await this.devices.askAgain(tx, account);
  }

  async isOn(tx: Tx, account: AccountId): Promise<boolean> {
    const rows = await tx.sql`
      select from account a where a.org_id = ${account.organizationId} and a.id = ${account.id} and ${hasSecondFactor}`;
    return rows.length > 0;
  }
}
