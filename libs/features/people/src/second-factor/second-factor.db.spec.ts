import type { Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import {
  AccessTokens,
  type Actor,
  Lockout,
  PartialTokens,
  Passwords,
  Refusals,
  rightsOfRole,
  Sessions,
  SigningKeys,
  TrustedDevices,
} from '@berth/platform/auth';
import { Mail, MailTransport, PublicLinks } from '@berth/platform/mail';
import { Secrets } from '@berth/platform/runtime';
import { SetClock, silentOutbox, useDatabase } from '@berth/platform/testing';
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { Secret, TOTP } from 'otpauth';
import { AccountNews } from '../links/account-news';
import { OpenSession } from '../open-session';
import { RelyingParty } from '../passkeys/relying-party';
import { SignIn } from '../sign-in';
import { DisableSecondFactor } from './disable-second-factor';
import { Enrol } from './enrol';
import { OneTimeCodes } from './one-time-codes';
import { OwnPassword } from '../password/own-password';
import { RecoveryCodes } from './recovery-codes';
import { RenewRecoveryCodes } from './renew-recovery-codes';
import { SecondFactorSwitch } from './second-factor-switch';
import { SecondFactorQueries } from './second-factor.queries';
import { SecondStep } from './second-step';
import { VerifySecondFactor } from './verify-second-factor';

/** How many guess at once, and how often one code is used by 50 at once; reliability.md asks for 1,000 and 200. */
const GUESSES = Number(process.env['BERTH_MFA_GUESSES'] ?? 100);
const ROUNDS = Number(process.env['BERTH_MFA_ROUNDS'] ?? 2);
const PASSWORD = 'correct horse battery';

describe('The second factor', () => {
  const db = useDatabase();
  const clock = new SetClock(new Date('2026-11-21T23:30:10Z'));
  const secrets = new Secrets(randomBytes(32));
  const outbox = silentOutbox();
  const passwords = new Passwords();
  let signIn: SignIn;
  let enrol: Enrol;
  let verify: VerifySecondFactor;
  let disable: DisableSecondFactor;
  let renew: RenewRecoveryCodes;
  let queries: SecondFactorQueries;
  let hash: string;

  beforeAll(async () => {
    const keys = new SigningKeys(db.database, secrets, clock);
    const sessions = new Sessions(db.database, new AccessTokens(keys, clock), outbox, secrets, clock);
    const devices = new TrustedDevices(db.database, clock);
    const opening = new OpenSession(sessions, devices, outbox);
    const step = new SecondStep(new PartialTokens(keys, clock), new RelyingParty({ publicUrl: undefined, host: '0.0.0.0', port: 3000 }));
    const lockout = new Lockout(db.database, secrets, clock);
    const own = new OwnPassword(db.database, passwords, lockout);
    const codes = new OneTimeCodes(secrets, clock);
    const recovery = new RecoveryCodes(clock);
    signIn = new SignIn(
      db.database,
      passwords,
      lockout,
      devices,
      step,
      opening,
      new Refusals(db.database, outbox, pino({ level: 'silent' })),
    );
    const factor = new SecondFactorSwitch(recovery, devices, sessions, outbox);
    const links = new PublicLinks({ publicUrl: 'https://berth.example', host: '127.0.0.1', port: 3000 });
    const mail = new Mail(new MailTransport({ smtpUrl: undefined, mailFrom: undefined }, links), secrets, clock);
    enrol = new Enrol(db.database, own, step, codes, factor, opening);
    verify = new VerifySecondFactor(db.database, step, codes, recovery, opening, new AccountNews(mail, links, clock), outbox);
    disable = new DisableSecondFactor(db.database, own, codes, factor, outbox);
    renew = new RenewRecoveryCodes(db.database, own, recovery, factor, outbox);
    queries = new SecondFactorQueries(db.database);
    hash = await passwords.hash(PASSWORD);
  });

  interface Person {
    readonly actor: Actor;
    readonly name: string;
  }
  const aPerson = async (role: 'admin' | 'user' = 'user'): Promise<Person> => {
    const id = newId();
    await db.asOwner(
      `insert into account (id, org_id, username, email, display_name, password_hash, role, created_at) values ($1, $2, $3, $4, 'Ada', $5, $6, now())`,
      [id, db.organizationId, `ada-${id}`, `${id}@acme.example`, hash, role],
    );
    const actor: Actor = {
      organizationId: db.organizationId,
      accountId: id,
      sessionId: newId(),
      requestId: 'test',
      displayName: 'Ada',
      ...rightsOfRole(role),
    };
    return { actor, name: `ada-${id}` };
  };
  const codeOf = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now().getTime() });
  /** Somebody who has the app, with its secret; the code it was set up with is used. */
  const enrolled = async (): Promise<Person & { secret: string; recoveryCodes: readonly string[] }> => {
    const person = await aPerson();
    const { secret } = await enrol.begin(person.actor, PASSWORD);
    const { recoveryCodes } = await enrol.confirm(person.actor, codeOf(secret));
    clock.forward(1);
    return { ...person, secret, recoveryCodes };
  };
  const refusal = (attempt: Promise<unknown>): Promise<Problem> =>
    attempt.then(
      () => {
        throw new Error('nothing was refused');
      },
      (problem: Problem) => problem,
    );
  const passwordOf = ({ name }: Person, token?: string) =>
    signIn.execute({ username: name, password: PASSWORD }, { address: '203.0.113.1', requestId: 'test', browser: { token } });
  const partialOf = async (person: Person): Promise<string> => (await refusal(passwordOf(person))).extensions['mfaToken'] as string;
  const show = (mfaToken: string, code: string, more: { method?: 'totp' | 'recovery-code'; trustsBrowser?: boolean } = {}) =>
    verify.execute({ mfaToken, code, method: 'totp', trustsBrowser: false, ...more }, { requestId: 'test', browser: {} });
  const outcomeOf = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'signed in',
      ({ code }: Problem) => code,
    );
  const wrongOf = (secret: string): string => String((Number(codeOf(secret)) + 1) % 1_000_000).padStart(6, '0');

  it('is not asked for until a code of the new secret was shown', async () => {
    const person = await aPerson();
    const { secret, uri } = await enrol.begin(person.actor, PASSWORD);

    expect(uri).toMatch(
      /^otpauth:\/\/totp\/Berth%20Acme:[^?]+\?issuer=Berth%20Acme&secret=[A-Z2-7]{32}&algorithm=SHA1&digits=6&period=30$/,
    );
    await passwordOf(person);
    expect((await refusal(enrol.confirm(person.actor, wrongOf(secret)))).code).toBe('second-factor-wrong');
    await passwordOf(person);

    await enrol.confirm(person.actor, codeOf(secret));
    expect(await refusal(passwordOf(person))).toMatchObject({
      code: 'second-factor-required',
      status: 401,
      extensions: { methods: ['totp', 'recovery-code'], expiresIn: 300 },
    });
  });

  it('is set up and taken away only by who knows the password', async () => {
    const { actor } = await enrolled();

    for (const attempt of [enrol.begin(actor, 'x'), renew.execute(actor, 'x'), disable.execute(actor, 'x')])
      expect((await refusal(attempt)).code).toBe('password-wrong');
    expect((await refusal(enrol.begin(actor, PASSWORD))).code).toBe('already-exists');
  });

  it('lies in the database sealed, and its recovery codes as hashes', async () => {
    const { actor, secret, recoveryCodes } = await enrolled();
    const [row] = await db.asOwner<{ text: string }>(
      `select (select string_agg(c::text, ' ') from one_time_code c) || (select string_agg(r::text, ' ') from recovery_code r)
              || coalesce((select string_agg(i::text, ' ') from idempotency i), '') as text`,
    );

    for (const it of [secret, Buffer.from(Secret.fromBase32(secret).bytes).toString('hex'), ...recoveryCodes])
      expect(row?.text).not.toContain(it);
    expect(recoveryCodes).toHaveLength(10);
    for (const it of recoveryCodes) expect(it.replaceAll('-', '')).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(await queries.own(actor)).toMatchObject({ recoveryCodesLeft: 10, locked: false, required: false });
  });

  it.each([-1, 0, 1])('takes a code of a clock that is %i steps off', async (steps) => {
    const person = await enrolled();
    clock.forward(1);
    const code = new TOTP({ secret: Secret.fromBase32(person.secret) }).generate({ timestamp: clock.now().getTime() + steps * 30_000 });

    expect(await outcomeOf(show(await partialOf(person), code))).toBe('signed in');
  });

  it('MFA-02 takes a code once, however many show it at once, and none of an earlier step after it', async () => {
    const person = await enrolled();
    for (let round = 0; round < ROUNDS; round++) {
      clock.forward(2);
      const before = codeOf(person.secret);
      clock.forward(0.5);
      const mfaToken = await partialOf(person);

      const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcomeOf(show(mfaToken, codeOf(person.secret)))));

      expect(outcomes.filter((it) => it === 'signed in')).toHaveLength(1);
      expect(await outcomeOf(show(mfaToken, before))).not.toBe('signed in');
      await db.asOwner(`update one_time_code set failed_at = '{}', failures_in_a_row = 0`);
    }
  }, 1_800_000);

  it('MFA-01 looks at five of many guesses that come at once, and at the right code no more until they are old', async () => {
    const person = await enrolled();
    const mfaToken = await partialOf(person);
    const wrong = wrongOf(person.secret);

    const outcomes = await Promise.all(Array.from({ length: GUESSES }, () => outcomeOf(show(mfaToken, wrong))));

    expect(outcomes.filter((it) => it === 'second-factor-wrong')).toHaveLength(5);
    expect(outcomes.filter((it) => it === 'too-many-attempts')).toHaveLength(GUESSES - 5);
    expect(await outcomeOf(show(mfaToken, codeOf(person.secret)))).toBe('too-many-attempts');
    clock.forward(16);
    expect(await outcomeOf(show(await partialOf(person), codeOf(person.secret)))).toBe('signed in');
  });

  it('MFA-01 looks at no code after a hundred wrong ones in a row, however slowly they came, until a recovery code is used', async () => {
    const person = await enrolled();
    await db.asOwner(`update one_time_code set failures_in_a_row = 99 where account_id = $1`, [person.actor.accountId]);
    expect(await outcomeOf(show(await partialOf(person), wrongOf(person.secret)))).toBe('second-factor-wrong');
    clock.forward(60 * 24 * 365);

    expect(await outcomeOf(show(await partialOf(person), codeOf(person.secret)))).toBe('second-factor-locked');
    expect((await queries.own(person.actor)).locked).toBe(true);

    const [code = ''] = person.recoveryCodes;
    expect(await outcomeOf(show(await partialOf(person), code, { method: 'recovery-code' }))).toBe('signed in');
    expect(await outcomeOf(show(await partialOf(person), codeOf(person.secret)))).toBe('signed in');
  });

  it('MFA-04 takes a recovery code once, however it is written and however many show it at once, and none after new ones were made', async () => {
    const person = await enrolled();
    const mfaToken = await partialOf(person);
    const [first = '', second = ''] = person.recoveryCodes;
    const written = first.toLowerCase().replaceAll('-', ' ');

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcomeOf(show(mfaToken, written, { method: 'recovery-code' }))));

    expect(outcomes.filter((it) => it === 'signed in')).toHaveLength(1);
    expect((await queries.own(person.actor)).recoveryCodesLeft).toBe(9);
    const { recoveryCodes } = await renew.execute(person.actor, PASSWORD);
    expect(await outcomeOf(show(mfaToken, second, { method: 'recovery-code' }))).toBe('second-factor-wrong');
    expect(await outcomeOf(show(mfaToken, recoveryCodes[0]!, { method: 'recovery-code' }))).toBe('signed in');
  });

  it('takes no recovery code of somebody else', async () => {
    const [person, other] = [await enrolled(), await enrolled()];

    expect(await outcomeOf(show(await partialOf(person), other.recoveryCodes[0]!, { method: 'recovery-code' }))).toBe(
      'second-factor-wrong',
    );
  });

  it('is asked for at every sign-in with the password, but for 30 days not in a browser that is trusted with that', async () => {
    const person = await enrolled();
    const plain = await show(await partialOf(person), codeOf(person.secret));
    expect((await refusal(passwordOf(person, plain.deviceToken))).code).toBe('second-factor-required');
    clock.forward(1);

    const { deviceToken } = await show(await partialOf(person), codeOf(person.secret), { trustsBrowser: true });
    const again = await passwordOf(person, deviceToken);
    clock.forward(60 * 24 * 30 + 1);

    expect((await refusal(passwordOf(person, again.deviceToken))).code).toBe('second-factor-required');
  });

  it('is asked for everywhere again once it was set up anew', async () => {
    const person = await enrolled();
    const { deviceToken } = await show(await partialOf(person), codeOf(person.secret), { trustsBrowser: true });
    await disable.execute(person.actor, PASSWORD);
    const { secret } = await enrol.begin(person.actor, PASSWORD);
    await enrol.confirm(person.actor, codeOf(secret));

    expect((await refusal(passwordOf(person, deviceToken))).code).toBe('second-factor-required');
  });

  it('has to be set up at the sign-in of whose role must have one', async () => {
    const person = await aPerson('admin');
    await db.asOwner(`update organization set second_factor_roles = '{admin}' where id = $1`, [db.organizationId]);

    const { code, extensions } = await refusal(passwordOf(person));
    // No browser makes passkeys for an address without a name.
    expect(extensions['methods']).toEqual(['totp']);
    const mfaToken = extensions['mfaToken'] as string;
    const { secret } = await enrol.beginAtSignIn(mfaToken);
    const { recoveryCodes, tokens } = await enrol.confirmAtSignIn(mfaToken, codeOf(secret), { requestId: 'test', browser: {} });

    expect(code).toBe('second-factor-enrolment-required');
    expect(recoveryCodes).toHaveLength(10);
    expect(tokens.access_token).toBeTruthy();
    expect((await refusal(passwordOf(person))).code).toBe('second-factor-required');
    const other = await aPerson('user');
    await passwordOf(other);
    await db.asOwner(`insert into role_assignment (id, org_id, account_id, built_in, created_at) values ($1, $2, $3, 'admin', now())`, [
      newId(),
      db.organizationId,
      other.actor.accountId,
    ]);
    expect((await refusal(passwordOf(other))).code).toBe('second-factor-enrolment-required');
    await db.asOwner(`update organization set second_factor_roles = '{}' where id = $1`, [db.organizationId]);
  });

  it('takes no token between the steps once it has run out, the password has changed or the account may not sign in', async () => {
    const person = await enrolled();
    const [late, changed, suspended] = [await partialOf(person), await partialOf(person), await partialOf(person)];
    const code = person.recoveryCodes[0]!;
    const outcome = (mfaToken: string) => outcomeOf(show(mfaToken, code, { method: 'recovery-code' }));

    await db.asOwner(`update account set password_hash = password_hash || ' ' where id = $1`, [person.actor.accountId]);
    expect(await outcome(changed)).toBe('invalid-token');
    await db.asOwner(`update account set password_hash = $2, status = 'suspended' where id = $1`, [person.actor.accountId, hash]);
    expect(await outcome(suspended)).toBe('invalid-token');
    await db.asOwner(`update account set status = 'active' where id = $1`, [person.actor.accountId]);
    clock.forward(5);
    expect(await outcome(late)).toBe('invalid-token');
    expect(await outcome(await partialOf(person))).toBe('signed in');
  });
});
