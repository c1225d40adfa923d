import { Problem } from '@berth/contracts';
import { type Tx } from '@berth/platform/database';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import { afterWrongCode, judgeGuess } from './code-policy';

/** RFC 4226 §4 asks for 128 bits at least and recommends 160. */
const SECRET_BYTES = 20;
const STEP_SECONDS = 30;
/** Steps a clock may be off, either way (RFC 6238 §5.2). */
const DRIFT = 1;

/** Whose codes they are. */
export interface AccountId {
  readonly id: string;
  readonly organizationId: string;
}

interface CodeRow {
  secret_sealed: Buffer;
  confirmed_at: Date | null;
  last_step: number | null;
  failed_at: Date[];
  failures_in_a_row: number;
}

/** A new secret, as an app takes it. */
export interface NewSecret {
  /** Base 32, for typing in. */
  readonly secret: string;
  /** `otpauth://…`, for the QR code. */
  readonly uri: string;
}

/** Codes of authenticator apps: TOTP (RFC 6238), six digits of SHA-1 every 30 s, which is what every app makes. */
@Injectable()
export class OneTimeCodes {
  constructor(
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins anew with a secret that is good for nothing until a code of it was shown.
   * @throws Problem `already-exists` where codes are asked for already
   */
  async begin(tx: Tx, account: AccountId, label: string, issuer: string): Promise<NewSecret> {
    const secret = new Secret({ size: SECRET_BYTES });
    const rows = await tx.sql`
      insert into one_time_code (account_id, org_id, secret_sealed, created_at)
      values (${account.id}, ${account.organizationId}, ${this.secrets.seal(Buffer.from(secret.bytes), placeOf(account))}, ${this.clock.now()})
      on conflict (account_id) do update
      set secret_sealed = excluded.secret_sealed, created_at = excluded.created_at, failed_at = '{}', failures_in_a_row = 0
      where one_time_code.confirmed_at is null
      returning account_id`;
    if (rows.length === 0) throw new Problem('already-exists');
    return { secret: secret.base32, uri: totp(secret, { label, issuer }).toString() };
  }

  /** Takes the first code; from now on codes are asked for. */
  async confirm(tx: Tx, account: AccountId, code: string): Promise<Problem | undefined> {
    const wrong = await this.take(tx, account, code, 'enrolling');
    if (wrong) return wrong;
    await tx.sql`update one_time_code set confirmed_at = ${this.clock.now()} where account_id = ${account.id}`;
    return undefined;
  }

  /** Takes a code at sign-in. A refusal is given back, not thrown: what it counts has to be committed. */
  accept(tx: Tx, account: AccountId, code: string): Promise<Problem | undefined> {
    return this.take(tx, account, code, 'confirmed');
  }

  /** Nobody guesses any more: a recovery code was used. */
  async forgive(tx: Tx, account: AccountId): Promise<void> {
    await tx.sql`update one_time_code set failed_at = '{}', failures_in_a_row = 0 where account_id = ${account.id}`;
  }

  async remove(tx: Tx, account: AccountId): Promise<void> {
    await tx.sql`delete from one_time_code where org_id = ${account.organizationId} and account_id = ${account.id}`;
  }

  /** The row is locked while a code is looked at, so codes that come at once are counted and taken one after another. */
  private async take(tx: Tx, account: AccountId, code: string, state: 'enrolling' | 'confirmed'): Promise<Problem | undefined> {
    const [row] = await tx.sql<CodeRow>`
      select secret_sealed, confirmed_at, last_step, failed_at, failures_in_a_row from one_time_code
      where org_id = ${account.organizationId} and account_id = ${account.id}
      for update`;
    if (!row || (row.confirmed_at !== null) !== (state === 'confirmed')) return new Problem('second-factor-wrong');
    const now = this.clock.now();
    const guesses = { failedAt: row.failed_at, failuresInARow: row.failures_in_a_row };
    const verdict = judgeGuess(guesses, now);
    if (verdict.kind === 'locked') return new Problem('second-factor-locked');
    if (verdict.kind === 'wait') return waitUntil(verdict.until, now);

    const step = this.stepOf(row, account, code, now);
    if (step === undefined) {
      const { failedAt, failuresInARow } = afterWrongCode(guesses, now);
      await tx.sql`
        update one_time_code set failed_at = ${failedAt}::timestamptz[], failures_in_a_row = ${failuresInARow} where account_id = ${account.id}`;
      return new Problem('second-factor-wrong');
    }
    const taken = await tx.sql`
      update one_time_code set last_step = ${step}, failed_at = '{}', failures_in_a_row = 0
      where account_id = ${account.id} and (last_step is null or last_step < ${step})
      returning account_id`;
    // Right, but used: who reads along over a shoulder learns no more than that.
    return taken.length === 0 ? new Problem('second-factor-wrong') : undefined;
  }

  /** The time step a code is of, or undefined when it is of none near now. */
  private stepOf(row: CodeRow, account: AccountId, code: string, now: Date): number | undefined {
    const secret = new Secret({ buffer: new Uint8Array(this.secrets.open(row.secret_sealed, placeOf(account))).buffer });
    const timestamp = now.getTime();
    const delta = totp(secret).validate({ token: code, timestamp, window: DRIFT });
    return delta === null ? undefined : Math.floor(timestamp / 1000 / STEP_SECONDS) + delta;
  }
}

const totp = (secret: Secret, about: { label: string; issuer: string } = { label: '', issuer: '' }): TOTP =>
  new TOTP({ ...about, secret, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS });

const placeOf = (account: AccountId): string => `one_time_code/${account.id}/secret`;

const waitUntil = (until: Date, now: Date): Problem =>
  new Problem('too-many-attempts', { until: until.toISOString(), retryAfter: Math.ceil((until.getTime() - now.getTime()) / 1000) });
