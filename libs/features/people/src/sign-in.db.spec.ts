import { newId } from '@berth/kernel';
import {
  AccessTokens,
  Lockout,
  PartialTokens,
  Passwords,
  Refusals,
  Sessions,
  SigningKeys,
  sweepLockouts,
  TrustedDevices,
} from '@berth/platform/auth';
import { Secrets } from '@berth/platform/runtime';
import { SetClock, silentOutbox, useDatabase } from '@berth/platform/testing';
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { type Device, OpenSession } from './open-session';
import { RelyingParty } from './passkeys/relying-party';
import { SecondStep } from './second-factor/second-step';
import { SignIn } from './sign-in';

/** How often a stranger fails; reliability.md asks for 10,000. */
const STRANGERS_FAILURES = Number(process.env['BERTH_LOCKOUT_FAILURES'] ?? 24);
const ADDRESSES = STRANGERS_FAILURES >= 1000 ? 100 : 2;
const PASSWORD = 'correct horse battery';

/** Says how often a password was really compared. */
class CountingPasswords extends Passwords {
  compared = 0;
  override matches(password: string, stored: string | null | undefined): Promise<boolean> {
    this.compared++;
    return super.matches(password, stored);
  }
}

describe('Signing in', () => {
  const db = useDatabase();
  const clock = new SetClock(new Date('2026-11-21T23:30:00Z'));
  const secrets = new Secrets(randomBytes(32));
  const outbox = silentOutbox();
  const passwords = new CountingPasswords();
  let signIn: SignIn;
  let name: string;
  let refusals: Refusals;

  beforeAll(() => {
    const keys = new SigningKeys(db.database, secrets, clock);
    const tokens = new AccessTokens(keys, clock);
    const sessions = new Sessions(db.database, tokens, outbox, secrets, clock);
    const devices = new TrustedDevices(db.database, clock);
    const lockout = new Lockout(db.database, secrets, clock);
    refusals = new Refusals(db.database, outbox, pino({ level: 'silent' }));
    signIn = new SignIn(
      db.database,
      passwords,
      lockout,
      devices,
      new SecondStep(new PartialTokens(keys, clock), new RelyingParty({ publicUrl: undefined, host: '127.0.0.1', port: 3000 })),
      new OpenSession(sessions, devices, outbox),
      refusals,
    );
  });
  beforeEach(async () => {
    const id = newId();
    name = `ada-${id}`;
    await db.asOwner(
      `insert into account (id, org_id, username, email, display_name, password_hash, role, created_at) values ($1, $2, $3, $4, 'Ada', $5, 'user', now())`,
      [id, db.organizationId, name, `${id}@acme.example`, await passwords.hash(PASSWORD)],
    );
    passwords.compared = 0;
  });

  const at = (address: string, token?: string): Device => ({ address, requestId: 'test', browser: { token } });
  const guess = (device: Device, username = name, password = 'a guess') => signIn.execute({ username, password }, device);
  const codeOf = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'signed in',
      (error: { code?: string }) => error.code ?? String(error),
    );
  const fail = async (times: number, device: Device, username = name): Promise<string[]> => {
    const codes: string[] = [];
    for (let i = 0; i < times; i++) codes.push(await codeOf(guess(device, username)));
    return codes;
  };

  it('LOCK-01 refuses the sixth attempt of a quarter of an hour, with the right password too, and says when the next may be made', async () => {
    const begun = clock.now();
    expect(await fail(5, at('203.0.113.1'))).toEqual(Array(5).fill('invalid-credentials'));

    await expect(guess(at('203.0.113.1'), name, PASSWORD)).rejects.toMatchObject({
      code: 'too-many-attempts',
      status: 429,
      extensions: { until: new Date(begun.getTime() + 900_000).toISOString(), retryAfter: 900 },
    });

    clock.forward(15);
    expect(await codeOf(guess(at('203.0.113.1'), name, PASSWORD))).toBe('signed in');
  });

  it('LOCK-01 lets no stranger lock out a browser that is trusted, from its own address or any other', async () => {
    const { deviceToken } = await guess(at('203.0.113.1'), name, PASSWORD);
    let token = deviceToken;

    for (let i = 0; i < STRANGERS_FAILURES; i++) {
      await codeOf(guess(at(`203.0.113.${i % ADDRESSES}`)));
      if (i % Math.ceil(STRANGERS_FAILURES / 10) !== 0) continue;
      ({ deviceToken: token } = await guess(at('203.0.113.1', token), name, PASSWORD));
    }

    expect(await codeOf(guess(at('203.0.113.1'), name, PASSWORD))).toBe('too-many-attempts');
    expect(await codeOf(guess(at('203.0.113.1', token), name, PASSWORD))).toBe('signed in');
    // Five of each address were looked at, and those of the browser that is trusted.
    expect(passwords.compared).toBeLessThanOrEqual(5 * ADDRESSES + 12);
  }, 600_000);

  it('writes down who was guessed at, the first at once and what follows with the end of the minute', async () => {
    const account = () => db.asOwner<{ id: string }>('select id from account where username = $1', [name]);
    await fail(7, at('203.0.113.5'));
    await fail(3, at('203.0.113.5'), 'nobody-has-this-name');
    await refusals.onModuleDestroy();

    const [{ id }] = (await account()) as [{ id: string }];
    const told = await db.asOwner<{ type: string; count: number }>(
      `select type, (data ->> 'count')::int as count from event where subject_id = $1 and actor_id is null and via_kind is null order by type, count`,
      [id],
    );
    expect(told).toEqual([
      { type: 'access.sign_in_failed', count: 1 },
      { type: 'access.sign_in_failed', count: 4 },
      { type: 'access.sign_in_locked', count: 1 },
      { type: 'access.sign_in_locked', count: 1 },
    ]);
  });

  it('counts the failures of a trusted browser too', async () => {
    const { deviceToken } = await guess(at('203.0.113.1'), name, PASSWORD);

    expect((await fail(6, at('203.0.113.1', deviceToken))).at(-1)).toBe('too-many-attempts');
  });

  it('does not trust a browser for an account nobody signed in to with it, nor by a token that was replaced', async () => {
    const first = await guess(at('203.0.113.9'), name, PASSWORD);
    await guess(at('203.0.113.9', first.deviceToken), name, PASSWORD);
    await fail(5, at('203.0.113.9'));

    expect(await codeOf(guess(at('203.0.113.9', first.deviceToken), name, PASSWORD))).toBe('too-many-attempts');
  });

  it('looks at five of many guesses that come at once', async () => {
    const codes = await Promise.all(Array.from({ length: 30 }, () => codeOf(guess(at('203.0.113.1')))));

    expect(codes.filter((it) => it === 'invalid-credentials')).toHaveLength(5);
    expect(codes.filter((it) => it === 'too-many-attempts')).toHaveLength(25);
    expect(passwords.compared).toBe(5);
  });

  it('lets many with the right password in at once', async () => {
    const codes = await Promise.all(Array.from({ length: 12 }, () => codeOf(guess(at('203.0.113.1'), name, PASSWORD))));

    expect(new Set(codes)).toEqual(new Set(['signed in']));
  });

  it('ENUM-01 answers for a name nobody has as for one somebody has, compares as often, and writes the same', async () => {
    const rows = (): Promise<{ count: number }[]> => db.asOwner('select count(*)::int as count from sign_in_lockout');
    const answers = async (username: string): Promise<unknown[]> => {
      const given: unknown[] = [];
      const [before] = await rows();
      for (let i = 0; i < 7; i++)
        await guess(at('203.0.113.77'), username).catch(({ code, status, extensions }) => given.push({ code, status, extensions }));
      const [after] = await rows();
      return [...given, after!.count - before!.count];
    };

    const known = await answers(name);
    const comparedForKnown = passwords.compared;
    const unknown = await answers(`nobody-${newId()}`);

    expect(unknown).toEqual(known);
    expect(passwords.compared).toBe(2 * comparedForKnown);
    expect(known).toHaveLength(8);
  });

  it('counts all spellings of a name as one', async () => {
    await fail(4, at('203.0.113.1'));

    expect(await fail(2, at('203.0.113.1'), name.toUpperCase())).toEqual(['invalid-credentials', 'too-many-attempts']);
  });

  it('keeps no row that no longer counts, and none that says who tried', async () => {
    await fail(1, at('203.0.113.200'));
    const [row] = await db.asOwner<{ text: string }>(`select string_agg(l::text, ' ') as text from sign_in_lockout l`);
    expect(row?.text).not.toContain(name);
    expect(row?.text).not.toContain('203.0.113');

    clock.forward(16);
    await sweepLockouts(db.database.system, clock.now());

    expect(await db.asOwner('select from sign_in_lockout')).toEqual([]);
  });
});
