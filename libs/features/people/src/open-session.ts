import { catalogueEvent } from '@berth/contracts';
import { Sessions, type TokenAnswer, TrustedDevices } from '@berth/platform/auth';
import type { Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';

/** Where a sign-in came from. */
export interface Device {
  readonly userAgent?: string;
  /** null where it is not known. */
  readonly address?: string | null;
  readonly requestId: string;
  /** Left out by machines; a browser has the token of its cookie, or none yet. */
  readonly browser?: { readonly token?: string };
}

/** Who was let in: tokens, and what the browser is known by from now on. */
export interface SignedIn {
  readonly tokens: TokenAnswer;
  readonly deviceToken?: string;
}

/** Opens a session for who has shown all that was asked for, whichever way; a browser is trusted from then on. */
@Injectable()
export class OpenSession {
  constructor(
    private readonly sessions: Sessions,
    private readonly devices: TrustedDevices,
    private readonly outbox: Outbox,
  ) {}

  /** In the transaction that found everything right. */
  async execute(
    tx: Tx,
    account: { readonly id: string; readonly organizationId: string; readonly provedBy?: string },
    device: Device,
    options: { readonly skipsSecondStepDays?: number } = {},
  ): Promise<SignedIn> {
    const doer = { organizationId: account.organizationId, accountId: account.id, requestId: device.requestId };
    const isNewDevice = device.browser !== undefined && (await this.isNew(tx, account.id, device.browser.token));
    const facts = { id: account.id, ...(isNewDevice && { after: { isNewDevice } }) };
    await this.outbox.append(tx, doer, catalogueEvent('session.created', facts));
    const deviceToken = device.browser && (await this.devices.trust(tx, account, device.browser.token, options));
    return { tokens: await this.sessions.open(tx, account, device), deviceToken };
  }

  /** A browser nobody signed in with to this account before; of the first there is, nobody has to be warned. */
  private async isNew(tx: Tx, accountId: string, token: string | undefined): Promise<boolean> {
    if (await this.devices.find(accountId, token, tx)) return false;
    const earlier = await tx.sql`select from trusted_device where account_id = ${accountId} limit 1`;
    return earlier.length > 0;
  }
}
