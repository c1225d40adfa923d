import { Problem, catalogueEvent } from '@berth/contracts';
import { Passwords, Sessions, type TokenAnswer } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';

export interface Credentials {
  /** Username or e-mail. */
  readonly username: string;
  readonly password: string;
}

/** Where a sign-in came from. */
export interface Device {
  readonly userAgent?: string;
  readonly address?: string;
  readonly requestId: string;
}

/** Opens a session for who knows the password. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `invalid-credentials`, the same and after the same work whether the name exists or not */
  async execute(credentials: Credentials, device: Device): Promise<TokenAnswer> {
    const [account] = await this.database.system.sql<{ id: string; org_id: string; password_hash: string | null; status: string }>`
      select id, org_id, password_hash, status
      from account
      where lower(username) = lower(${credentials.username}) or lower(email) = lower(${credentials.username})
      limit 1`;
    const right = await this.passwords.matches(credentials.password, account?.password_hash);
    if (!account || !right || account.status !== 'active') throw new Problem('invalid-credentials');

    return this.database.systemTransaction(async (tx) => {
      await this.outbox.append(
        tx,
        { organizationId: account.org_id, accountId: account.id, requestId: device.requestId },
        catalogueEvent('session.created', { id: account.id }),
      );
      return this.sessions.open(tx, { id: account.id, organizationId: account.org_id }, device);
    });
  }
}
