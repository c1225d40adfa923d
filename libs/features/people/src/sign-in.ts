import { Problem } from '@berth/contracts';
import { Lockout, Passwords, Refusals, TrustedDevices } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { networkOf } from '@berth/platform/http';
import { Injectable } from '@nestjs/common';
import { type Device, OpenSession, type SignedIn } from './open-session';
import { SecondStep } from './second-factor/second-step';

export interface Credentials {
  /** Username or e-mail. */
  readonly username: string;
  readonly password: string;
}

interface AccountRow {
  /** As the database folds it, so that all spellings of a name share their attempts. */
  name: string;
  id: string | null;
  org_id: string;
  password_hash: string | null;
  status: string;
}

/** Opens a session for who knows the password, where no second factor is missing. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly lockout: Lockout,
    private readonly devices: TrustedDevices,
    private readonly step: SecondStep,
    private readonly opening: OpenSession,
    private readonly refusals: Refusals,
  ) {}

  /**
   * The same answers after the same work whether the name exists or not.
   * @throws Problem `invalid-credentials`; `too-many-attempts` for a name at a source that failed too often; after the right
   * password `second-factor-required` or `second-factor-enrolment-required`
   */
  async execute(credentials: Credentials, device: Device): Promise<SignedIn> {
    const account = await this.find(credentials.username);
    const trusted = await this.devices.find(account.id ?? undefined, device.browser?.token);
    // A browser that is trusted counts for itself: whoever fails at the same address does not lock it out.
    const source = trusted ? `browser ${account.id} ${device.browser?.token}` : networkOf(device.address ?? null);
    const attempt = await this.lockout.begin(account.name, source).catch((error: unknown) => {
      this.tellRefused('access.sign_in_locked', account, device);
      throw error;
    });
    const right = await this.passwords.matches(credentials.password, account.password_hash);
    const { id } = account;
    if (!id || !right || account.status !== 'active') {
      await this.lockout.failed(attempt);
      this.tellRefused('access.sign_in_failed', account, device);
      throw new Problem('invalid-credentials');
    }
    const known = { id, organizationId: account.org_id, passwordHash: account.password_hash };
    const outcome = await this.database.systemTransaction(async (tx) => {
      await this.lockout.succeeded(tx, attempt);
      return (await this.step.missing(tx, known, trusted?.skipsSecondStep ?? false)) ?? this.opening.execute(tx, known, device);
    });
    if (outcome instanceof Problem) throw outcome;
    return outcome;
  }

  /** Nobody waits for it: a name that exists answers as fast as one that does not. */
  private tellRefused(
    type: 'access.sign_in_failed' | 'access.sign_in_locked',
    { id, org_id: organizationId }: AccountRow,
    device: Device,
  ): void {
    if (id === null) return;
    const code = type === 'access.sign_in_failed' ? 'invalid-credentials' : 'too-many-attempts';
    const doer = { organizationId, accountId: null, requestId: device.requestId, via: null };
    this.refusals.tell(type, doer, { id, code, route: 'sign-in' });
  }

  private async find(name: string): Promise<AccountRow> {
    const [row] = await this.database.system.sql<AccountRow>`
      select n.name, a.id, a.org_id, a.password_hash, a.status
      from (select lower(${name}::text) as name) n
      left join account a on lower(a.username) = n.name or lower(a.email) = n.name
      limit 1`;
    return row!;
  }
}
