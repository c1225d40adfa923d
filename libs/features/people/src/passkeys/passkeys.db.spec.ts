import { Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { type Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { Secret, TOTP } from 'otpauth';
import { PASSWORD, peopleOn } from '../testing';
import { type Oddity, SoftAuthenticator } from './soft-authenticator';

/** Parallel uses of one answer; each is a sign-in of its own that must not be. */
const AT_ONCE = Number(process.env['BERTH_PASSKEY_AT_ONCE'] ?? 20);
const ORIGIN = 'https://berth.example';

describe('Passkeys', () => {
  const db = useDatabase();
  const people = peopleOn(db);
  const { clock } = people;
  type Member = Awaited<ReturnType<typeof people.aMember>>;

  const device = { requestId: 'test', browser: {} };
  const outcomeOf = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'done',
      (error: unknown) => (error instanceof Problem ? error.code : String(error)),
    );
  const eventsOf = (type: string): Promise<{ subject_id: string }[]> => db.asOwner(`select subject_id from event where type = $1`, [type]);
  const add = async (person: Actor, authenticator: SoftAuthenticator, name = 'Laptop', odd?: Oddity) => {
    const options = await people.does.addPasskey.begin(person, PASSWORD);
    return people.does.addPasskey.finish(person, name, authenticator.create(options, odd));
  };
  const holder = async (role?: Actor['role']): Promise<{ person: Member; authenticator: SoftAuthenticator; id: string }> => {
    const person = await people.aMember(role ? { role } : {});
    const authenticator = new SoftAuthenticator(ORIGIN);
    const { id } = await add(person, authenticator);
    return { person, authenticator, id };
  };
  const signInWith = async (authenticator: SoftAuthenticator, odd?: Oddity) =>
    people.does.passkeySignIn.execute(authenticator.get(await people.does.passkeySignIn.begin(), odd), device);
  const passwordOf = (person: Member) => people.does.signIn.execute({ username: person.username, password: PASSWORD }, device);
  const partialOf = (person: Member): Promise<Problem> =>
    passwordOf(person).then(
      () => {
        throw new Error('no second factor was asked for');
      },
      (problem: Problem) => problem,
    );

  it('signs in who shows one, without a name, a password or a second factor', async () => {
    const { person, authenticator } = await holder();
    const options = await people.does.passkeySignIn.begin();

    expect(options).toMatchObject({ rpId: 'berth.example', userVerification: 'required' });
    expect(options.allowCredentials).toBeUndefined();
    const { tokens, deviceToken } = await people.does.passkeySignIn.execute(authenticator.get(options), device);
    const [session] = await db.asOwner<{ account_id: string }>('select account_id from session where id = $1', [
      tokens.refresh_token.split('.')[0],
    ]);
    expect(session?.account_id).toBe(person.accountId);
    expect(deviceToken).toBeTruthy();
  });

  it('asks for nothing more of a role that must have a second factor', async () => {
    const { authenticator } = await holder('admin');
    await db.asOwner(`update organization set second_factor_roles = '{admin}' where id = $1`, [db.organizationId]);

    expect(await outcomeOf(signInWith(authenticator))).toBe('done');
    await db.asOwner(`update organization set second_factor_roles = '{}' where id = $1`, [db.organizationId]);
  });

  it('is made only by who knows the password, for keys that can be found and verify the person', async () => {
    const person = await people.aMember();
    expect(await outcomeOf(people.does.addPasskey.begin(person, 'x'))).toBe('password-wrong');

    const options = await people.does.addPasskey.begin(person, PASSWORD);
    expect(options).toMatchObject({
      rp: { id: 'berth.example' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const again = new SoftAuthenticator(ORIGIN);
    const made = again.create(options);
    await people.does.addPasskey.finish(person, 'Laptop', made);
    const second = await people.does.addPasskey.begin(person, PASSWORD);
    expect(second.excludeCredentials?.map((it) => it.id)).toEqual([made.id]);
  });

  it('is refused as new when it was made elsewhere, for somebody else, without asking the person, or says who vouches for it', async () => {
    const [person, other] = [await people.aMember(), await people.aMember()];
    // {"fmt": "packed", "attStmt": {"x5c": []}, …}
    const vouched = Buffer.from('a363666d74667061636b65646761747453746d74a16378356380', 'hex');
    const odds: Oddity[] = [
      { origin: 'https://evil.example' },
      { rpId: 'evil.example' },
      { unverified: true },
      { challenge: 'AAAA' },
      { attestation: vouched },
    ];
    for (const odd of odds) {
      expect([odd, await outcomeOf(add(person, new SoftAuthenticator(ORIGIN), 'x', odd))]).toEqual([odd, 'passkey-refused']);
    }
    const theirs = new SoftAuthenticator(ORIGIN).create(await people.does.addPasskey.begin(other, PASSWORD));
    expect(await outcomeOf(people.does.addPasskey.finish(person, 'x', theirs))).toBe('passkey-refused');
    expect(await people.does.passkeysSeen.own(person)).toEqual([]);
  });

  it('is refused at sign-in in one word, whatever is wrong', async () => {
    const { authenticator, person } = await holder();
    const stranger = new SoftAuthenticator(ORIGIN);
    stranger.create(await people.does.addPasskey.begin(person, PASSWORD));
    const odds: Oddity[] = [
      { origin: 'https://evil.example' },
      { rpId: 'evil.example' },
      { unverified: true },
      { challenge: 'AAAA' },
      { userHandle: 'AAAA' },
    ];

    for (const odd of odds) expect([odd, await outcomeOf(signInWith(authenticator, odd))]).toEqual([odd, 'passkey-refused']);
    expect(await outcomeOf(signInWith(stranger))).toBe('passkey-refused');
    const answer = authenticator.get(await people.does.passkeySignIn.begin());
    const forged = {
      ...answer,
      response: { ...answer.response, signature: authenticator.get(await people.does.passkeySignIn.begin()).response.signature },
    };
    expect(await outcomeOf(people.does.passkeySignIn.execute(forged, device))).toBe('passkey-refused');
    await db.asOwner(`update account set status = 'suspended' where id = $1`, [person.accountId]);
    expect(await outcomeOf(signInWith(authenticator))).toBe('passkey-refused');
  });

  it(`takes an answer once, also of ${AT_ONCE} at once, and none after five minutes`, async () => {
    const { authenticator } = await holder();
    const answer = authenticator.get(await people.does.passkeySignIn.begin());

    const outcomes = await Promise.all(Array.from({ length: AT_ONCE }, () => outcomeOf(people.does.passkeySignIn.execute(answer, device))));

    expect(outcomes.filter((it) => it === 'done')).toHaveLength(1);
    const late = authenticator.get(await people.does.passkeySignIn.begin());
    clock.forward(5);
    expect(await outcomeOf(people.does.passkeySignIn.execute(late, device))).toBe('passkey-refused');
    clock.forward(1);
    await people.does.passkeySignIn.begin();
    expect(await db.asOwner('select from passkey_challenge')).toHaveLength(1);
  });

  it('takes a challenge for what it was given, and for nobody else', async () => {
    const { person, authenticator } = await holder();
    const { extensions } = await partialOf(person);
    const forStep = await people.does.passkeyStep.begin(String(extensions['mfaToken']));

    expect(await outcomeOf(people.does.passkeySignIn.execute(authenticator.get(forStep), device))).toBe('passkey-refused');
  });

  it('is refused when its counter goes back, and its owner is told, as there may be two of it', async () => {
    const { person, authenticator, id } = await holder();
    expect(await outcomeOf(signInWith(authenticator, { counter: 7 }))).toBe('done');
    await people.mails();

    for (const counter of [7, 3, 0]) expect(await outcomeOf(signInWith(authenticator, { counter }))).toBe('passkey-copied');

    expect((await eventsOf('passkey.counter_regressed')).filter((it) => it.subject_id === id)).toHaveLength(3);
    const mails = (await people.mails()).filter((it) => it.to.includes(person.email));
    expect(mails.map((it) => it.headers['subject'])).toContain('A passkey of yours may have been copied');
    expect(await outcomeOf(signInWith(authenticator, { counter: 8 }))).toBe('done');
  });

  it('is taken again and again from an authenticator that does not count', async () => {
    const { authenticator } = await holder();

    for (let i = 0; i < 3; i++) expect(await outcomeOf(signInWith(authenticator, { counter: 0 }))).toBe('done');
  });

  it('is a second factor: recovery codes come with the first, other sessions end, and the password alone lets nobody in', async () => {
    const person = await people.aMember();
    await passwordOf(person);
    await people.mails();
    const authenticator = new SoftAuthenticator(ORIGIN);

    const first = await add(person, authenticator);
    const second = await add(person, new SoftAuthenticator(ORIGIN), 'Phone');

    expect(first.recoveryCodes).toHaveLength(10);
    expect(second.recoveryCodes).toBeNull();
    const alive = await db.asOwner('select from session where account_id = $1 and revoked_at is null', [person.accountId]);
    expect(alive).toHaveLength(1);
    expect((await people.mails()).map((it) => it.headers['subject'])).toEqual(Array(2).fill('A passkey was added to your account'));
    const problem = await partialOf(person);
    expect(problem).toMatchObject({ code: 'second-factor-required', extensions: { methods: ['passkey', 'recovery-code'] } });
    const mfaToken = String(problem.extensions['mfaToken']);
    const options = await people.does.passkeyStep.begin(mfaToken);
    expect(options.allowCredentials).toHaveLength(2);
    const other = await holder();
    const show = async (it: SoftAuthenticator) =>
      people.does.passkeyStep.execute(mfaToken, it.get(await people.does.passkeyStep.begin(mfaToken)), false, device);
    expect(await outcomeOf(show(other.authenticator))).toBe('passkey-refused');
    expect(await outcomeOf(show(authenticator))).toBe('done');
  });

  describe('set up between password and session', () => {
    beforeEach(() => db.asOwner(`update organization set second_factor_roles = '{guest}' where id = $1`, [db.organizationId]));
    afterEach(() => db.asOwner(`update organization set second_factor_roles = '{}' where id = $1`, [db.organizationId]));

    const tokenOf = async (person: Member): Promise<string> => String((await partialOf(person)).extensions['mfaToken']);
    const made = async (mfaToken: string, authenticator = new SoftAuthenticator(ORIGIN), odd?: Oddity): Promise<RegistrationResponseJSON> =>
      authenticator.create(await people.does.enrolPasskey.begin(mfaToken), odd);
    const finish = (mfaToken: string, answer: RegistrationResponseJSON) =>
      people.does.enrolPasskey.finish(mfaToken, 'Laptop', answer, device);
    const withApp = async (mfaToken: string) => {
      const { secret } = await people.does.enrol.beginAtSignIn(mfaToken);
      const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now().getTime() });
      return () => people.does.enrol.confirmAtSignIn(mfaToken, code, device);
    };

    it('signs in whose role must have a factor and has none, with recovery codes, and stands for one from then on', async () => {
      const person = await people.aMember({ role: 'guest' });
      await people.mails();
      const { code, extensions } = await partialOf(person);
      const mfaToken = String(extensions['mfaToken']);
      const authenticator = new SoftAuthenticator(ORIGIN);

      const options = await people.does.enrolPasskey.begin(mfaToken);
      const { recoveryCodes, tokens } = await finish(mfaToken, authenticator.create(options));

      expect([code, extensions['methods']]).toEqual(['second-factor-enrolment-required', ['passkey', 'totp']]);
      expect(options).toMatchObject({
        user: { name: person.username },
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      expect([recoveryCodes.length, tokens.access_token.length > 0]).toEqual([10, true]);
      expect((await people.mails()).map((it) => it.headers['subject'])).toEqual(['A passkey was added to your account']);
      expect((await partialOf(person)).extensions['methods']).toEqual(['passkey', 'recovery-code']);
      expect(await outcomeOf(signInWith(authenticator))).toBe('done');
    });

    it('is refused whatever is wrong with the key, and lets nobody in', async () => {
      const [person, other] = [await people.aMember({ role: 'guest' }), await people.aMember({ role: 'guest' })];
      const [mfaToken, another] = [await tokenOf(person), await tokenOf(other)];
      const odds: Oddity[] = [{ origin: 'https://evil.example' }, { rpId: 'evil.example' }, { unverified: true }, { challenge: 'AAAA' }];
      for (const odd of odds) {
        const answer = await made(mfaToken, new SoftAuthenticator(ORIGIN), odd);
        expect([odd, await outcomeOf(finish(mfaToken, answer))]).toEqual([odd, 'passkey-refused']);
      }
      expect(await outcomeOf(finish(mfaToken, await made(another)))).toBe('passkey-refused');
      const once = await made(mfaToken);
      await db.asOwner(`update passkey_challenge set expires_at = $1`, [clock.now()]);
      expect(await outcomeOf(finish(mfaToken, once))).toBe('passkey-refused');

      expect(await people.does.passkeysSeen.own(person)).toEqual([]);
      expect((await partialOf(person)).code).toBe('second-factor-enrolment-required');
    });

    it('is shut after five minutes, and once the password is another', async () => {
      const person = await people.aMember({ role: 'guest' });
      const mfaToken = await tokenOf(person);
      const answer = await made(mfaToken);
      await db.asOwner(`update account set password_hash = password_hash || ' ' where id = $1`, [person.accountId]);
      expect(await outcomeOf(finish(mfaToken, answer))).toBe('invalid-token');
      await db.asOwner(`update account set password_hash = rtrim(password_hash) where id = $1`, [person.accountId]);
      clock.forward(5);

      expect(await outcomeOf(finish(mfaToken, answer))).toBe('invalid-token');
      expect(await outcomeOf(people.does.enrolPasskey.begin(mfaToken))).toBe('invalid-token');
    });

    it('opens to no password of somebody who has a factor, be it a passkey or the app', async () => {
      const { person } = await holder('guest');
      const withPasskey = await tokenOf(person);
      expect(await outcomeOf(people.does.enrolPasskey.begin(withPasskey))).toBe('invalid-token');
      expect(await outcomeOf(people.does.enrol.beginAtSignIn(withPasskey))).toBe('invalid-token');

      const other = await people.aMember({ role: 'guest' });
      const [begun, late] = [await tokenOf(other), await tokenOf(other)];
      const answer = await made(late);
      await (
        await withApp(begun)
      )();
      expect(await outcomeOf(finish(late, answer))).toBe('invalid-token');
      expect(await outcomeOf(people.does.enrolPasskey.begin(late))).toBe('invalid-token');
      expect(await people.does.passkeysSeen.own(other)).toEqual([]);
    });

    it.each(['passkey', 'app'] as const)('lets one of two in who set one up at once, the other with a passkey and %s', async (kind) => {
      for (let round = 0; round < 5; round++) {
        const person = await people.aMember({ role: 'guest' });
        const [first, second] = [await tokenOf(person), await tokenOf(person)];
        const answers = [await made(first), await made(second)] as const;
        const app = await withApp(second);

        const outcomes = await Promise.all([
          outcomeOf(finish(first, answers[0])),
          outcomeOf(kind === 'app' ? app() : finish(second, answers[1])),
        ]);

        expect(outcomes.sort()).toEqual(['done', 'invalid-token']);
        const { passkeys, enabledAt, recoveryCodesLeft } = await people.does.secondFactorSeen.own(person);
        expect([passkeys + (enabledAt ? 1 : 0), recoveryCodesLeft]).toEqual([1, 10]);
        // That of the one who was let in; those that were there before have ended.
        const sessions = await db.asOwner('select from session where account_id = $1 and revoked_at is null', [person.accountId]);
        expect(sessions).toHaveLength(1);
      }
    });
  });

  it('MFA-04 tells the person by mail that a recovery code was used', async () => {
    const person = await people.aMember();
    const { recoveryCodes } = await add(person, new SoftAuthenticator(ORIGIN));
    await people.mails();
    const mfaToken = String((await partialOf(person)).extensions['mfaToken']);

    await people.does.verify.execute({ mfaToken, method: 'recovery-code', code: recoveryCodes?.[0] ?? '', trustsBrowser: false }, device);

    const [mail] = await people.mails();
    expect([mail?.to, mail?.headers['subject']]).toEqual([[person.email], 'A recovery code was used']);
  });

  it('can be renamed and removed by its owner alone, and what stood in for it goes with the last', async () => {
    const [{ person, authenticator, id }, other] = [await holder(), await people.aMember()];
    expect(await outcomeOf(people.does.renamePasskey.execute(other, id, 'Mine'))).toBe('not-found');
    expect(await outcomeOf(people.does.removePasskey.execute(other, id, PASSWORD))).toBe('not-found');
    expect(await outcomeOf(people.does.removePasskey.execute(person, id, 'x'))).toBe('password-wrong');
    expect(await outcomeOf(people.does.removePasskey.execute(person, newId(), PASSWORD))).toBe('not-found');

    await people.does.renamePasskey.execute(person, id, 'Old laptop');
    expect(await people.does.passkeysSeen.own(person)).toEqual([
      expect.objectContaining({ id, name: 'Old laptop', lastUsedAt: null, usable: true, backedUp: false }),
    ]);
    await people.does.removePasskey.execute(person, id, PASSWORD);

    expect(await outcomeOf(signInWith(authenticator))).toBe('passkey-refused');
    expect(await people.does.secondFactorSeen.own(person)).toMatchObject({ enabledAt: null, passkeys: 0, recoveryCodesLeft: 0 });
    expect(await outcomeOf(passwordOf(person))).toBe('done');
  });

  it('stays when it is the last way in, also when the last two are removed at once', async () => {
    const { person } = await holder();
    await add(person, new SoftAuthenticator(ORIGIN), 'Phone');
    await db.asOwner('update account set password_hash = null where id = $1', [person.accountId]);
    const ids = (await people.does.passkeysSeen.own(person)).map((it) => it.id);

    const outcomes = await Promise.allSettled(ids.map((id) => people.does.removePasskey.execute(person, id, '')));

    expect(outcomes.filter((it) => it.status === 'rejected')).toEqual([
      expect.objectContaining({ reason: expect.objectContaining({ constraint: 'account_keeps_way_in' }) }),
    ]);
    expect(await people.does.passkeysSeen.own(person)).toHaveLength(1);
  });
});
