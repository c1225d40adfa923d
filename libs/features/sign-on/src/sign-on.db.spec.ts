import { newId } from '@berth/kernel';
import { type Device, OpenSession, OwnPassword, RelyingParty, SecondStep } from '@berth/people';
import {
  AccessTokens,
  type Actor,
  Lockout,
  PartialTokens,
  Passwords,
  rightsOfRole,
  Sessions,
  SigningKeys,
  TrustedDevices,
} from '@berth/platform/auth';
import { PublicLinks } from '@berth/platform/mail';
import { SafeFetch } from '@berth/platform/outgoing';
import { Clock, Secrets } from '@berth/platform/runtime';
import { silentOutbox, useDatabase } from '@berth/platform/testing';
import { generateKeyPairSync } from 'node:crypto';
import { BeginLink } from './linked/begin-link';
import { ConfirmLink } from './linked/confirm-link';
import { LinkAccount } from './linked/link-account';
import { LinkedQueries } from './linked/linked.queries';
import { UnlinkAccount } from './linked/unlink-account';
import { AddProvider, type AddProviderCommand } from './providers/add-provider';
import { ChangeProvider } from './providers/change-provider';
import type { Provider } from './providers/provider';
import { ProvidersQueries } from './providers/providers.queries';
import { RemoveProvider } from './providers/remove-provider';
import { TestIssuer } from './providers/test-issuer';
import { ApplyMapping } from './signing-in/apply-mapping';
import { BeginSignOn, type BegunSignOn } from './signing-in/begin-sign-on';
import { JoinThroughProvider } from './signing-in/join-through-provider';
import { OpenId } from './signing-in/openid';
import { ProviderSignOut } from './signing-in/provider-sign-out';
import { SignInWithProvider } from './signing-in/sign-in-with-provider';
import { TakeAnswer } from './signing-in/take-answer';
import { type Lie, type PersonThere, type RunningProvider, startProvider, Visitor } from './testing';

const BASE = 'https://berth.example';
const PASSWORD = 'correct horse battery';
const device: Device = { requestId: 'test', address: '192.0.2.1', browser: {} };

describe('Signing in at a provider', () => {
  const db = useDatabase();
  const clock = new Clock();
  const secrets = new Secrets(Buffer.alloc(32, 7));
  const outbox = silentOutbox();
  const passwords = new Passwords();
  let keycloak: RunningProvider;
  let google: RunningProvider;
  let does: ReturnType<typeof useCases>;
  let admin: Actor;

  beforeAll(async () => {
    const redirectUris = ['keycloak', 'google', 'other'].map((key) => `${BASE}/api/v1/auth/oidc/${key}/callback`);
    keycloak = await startProvider({ like: 'keycloak', redirectUris, signedOutUris: [`${BASE}/login`] });
    google = await startProvider({ like: 'google', redirectUris });
    does = useCases();
    admin = await aPerson({ role: 'admin' });
  });
  afterAll(async () => {
    await keycloak?.stop();
    await google?.stop();
  });
  afterEach(async () => {
    for (const it of [keycloak, google]) {
      it.lyingWith(undefined);
      it.showing({});
    }
    await db.asOwner(`update account set password_hash = 'x' where password_hash is null`);
    await db.asOwner(`delete from identity_provider`);
  });

  function useCases() {
    const { database } = db;
    const keys = new SigningKeys(database, secrets, clock);
    const sessions = new Sessions(database, new AccessTokens(keys, clock), outbox, secrets, clock);
    const devices = new TrustedDevices(database, clock);
    const opening = new OpenSession(sessions, devices, outbox);
    const address = { publicUrl: BASE, host: '127.0.0.1', port: 3000 };
    const links = new PublicLinks(address);
    const openId = new OpenId(new SafeFetch({ allowedNetworks: ['127.0.0.0/8'] }));
    const providers = new ProvidersQueries(database, links, secrets);
    const mapping = new ApplyMapping(outbox, clock);
    const beginning = new BeginSignOn(providers, openId, secrets, clock);
    const linked = new LinkedQueries(database);
    const ownPassword = new OwnPassword(database, passwords, new Lockout(database, secrets, clock));
    return {
      providers,
      linked,
      add: new AddProvider(database, providers, secrets, outbox, clock),
      change: new ChangeProvider(database, providers, secrets, outbox, clock),
      remove: new RemoveProvider(database, providers, outbox, clock),
      test: new TestIssuer(openId),
      begin: beginning,
      take: new TakeAnswer(database, providers, openId, new LinkAccount(database, outbox, clock), secrets, clock),
      signIn: new SignInWithProvider(
        ...([database, providers, new JoinThroughProvider(outbox, clock), mapping, devices] as const),
        ...([new SecondStep(new PartialTokens(keys, clock), new RelyingParty(address)), opening, secrets, clock] as const),
      ),
      signOut: new ProviderSignOut(database, providers, openId, links, secrets),
      beginLink: new BeginLink(database, ownPassword, linked, beginning, clock),
      confirm: new ConfirmLink(database, providers, secrets, outbox, clock),
      unlink: new UnlinkAccount(database, mapping, outbox),
    };
  }

  const aPerson = async (given: { role?: Actor['role']; email?: string; password?: boolean; status?: string } = {}): Promise<Actor> => {
    const { role = 'user', password = true, status = 'active' } = given;
    const [id, sessionId] = [newId(), newId()];
    const username = `p${id.slice(-12)}`;
    await db.asOwner(
      `insert into account (id, org_id, username, email, display_name, role, password_hash, status, created_at) values ($1, $2, $3, $4, $3, $5, $6, $7, now())`,
      [
        id,
        db.organizationId,
        username,
        given.email ?? `${username}@acme.example`,
        role,
        password ? await passwords.hash(PASSWORD) : null,
        status,
      ],
    );
    await db.asOwner(
      `insert into session (id, org_id, account_id, token_hash, created_at, expires_at) values ($1, $2, $3, 'x', now(), now() + interval '30 days')`,
      [sessionId, db.organizationId, id],
    );
    return { organizationId: db.organizationId, accountId: id, sessionId, requestId: 'test', displayName: username, ...rightsOfRole(role) };
  };
  const setUp = (which: RunningProvider = keycloak, wanted: Partial<AddProviderCommand> = {}, by: Actor = admin): Promise<Provider> => {
    const { issuer, clientId, clientSecret } = which;
    return does.add.execute(by, {
      key: which === google ? 'google' : 'keycloak',
      name: 'Acme ID',
      issuer,
      clientId,
      clientSecret,
      admits: 'anyone',
      ...wanted,
    });
  };
  let people = 0;
  const somebody = (which: RunningProvider = keycloak, claims: Record<string, unknown> = {}): PersonThere => {
    const sub = `s${++people}`;
    const person = {
      sub,
      email: `${sub}@acme.example`,
      email_verified: true,
      preferred_username: `name-${sub}`,
      name: `Person ${sub}`,
      ...claims,
    };
    which.knows(person);
    return person;
  };
  const bring = (key: string, answer: URL, cookie: string | undefined) =>
    does.take.execute({ key, search: answer.search, cookie, requestId: 'test' });
  /** There and back; the token of what was proved. */
  const proved = async (key: string, person: PersonThere, visitor = new Visitor()): Promise<string> => {
    const { url, cookie } = await does.begin.execute(key, {});
    const taken = await bring(key, await visitor.visit(url, { login: person.sub }), cookie.value);
    return taken.kind === 'proved' ? taken.token : '';
  };
  const signIn = async (key: string, person: PersonThere) => does.signIn.execute(await proved(key, person), device);
  const accountOf = async (person: PersonThere) =>
    (
      await db.asOwner<{ id: string; username: string; email: string; role: string; verified: boolean; has_password: boolean }>(
        `select a.id, a.username, a.email, a.role, a.email_verified_at is not null as verified, a.password_hash is not null as has_password
         from account a join linked_identity l on l.account_id = a.id where l.subject = $1`,
        [person.sub],
      )
    )[0];
  const actorOf = async (person: PersonThere): Promise<Actor> => {
    const [session] = await db.asOwner<{ id: string; account_id: string }>(
      `select s.id, s.account_id from session s join linked_identity l on l.account_id = s.account_id where l.subject = $1 order by s.created_at desc limit 1`,
      [person.sub],
    );
    const { id: sessionId, account_id: accountId } = session!;
    return { organizationId: db.organizationId, accountId, sessionId, requestId: 'test', displayName: '', ...rightsOfRole('user') };
  };

  describe('as Keycloak and as Google do it', () => {
    it.each([
      ['keycloak', () => keycloak],
      ['google', () => google],
    ] as const)('makes an account for who is known to %s, once, and signs in', async (key, which) => {
      await setUp(which());
      const person = somebody(which(), key === 'google' ? { preferred_username: undefined, hd: 'acme.example' } : {});

      const first = await signIn(key, person);
      const second = await signIn(key, person);

      expect([first.tokens.token_type, second.tokens.token_type]).toEqual(['Bearer', 'Bearer']);
      expect(await accountOf(person)).toMatchObject({ email: person['email'], role: 'user', verified: true, has_password: false });
      const accounts = await db.asOwner(`select from account where email = $1`, [person['email']]);
      expect(accounts.length).toBe(1);
    });

    it('asks with PKCE, state and nonce, and with what the provider is set up with', async () => {
      await setUp(keycloak, { prompt: 'login', maxAge: 300, scopes: ['email'] });

      const { url } = await does.begin.execute('keycloak', {});

      const query = Object.fromEntries(new URL(url).searchParams);
      expect(query).toMatchObject({
        response_type: 'code',
        scope: 'openid email',
        code_challenge_method: 'S256',
        prompt: 'login',
        max_age: '300',
      });
      expect([query['state'], query['nonce'], query['code_challenge']].every((it) => (it ?? '').length >= 43)).toBe(true);
      expect(query['redirect_uri']).toBe(`${BASE}/api/v1/auth/oidc/keycloak/callback`);
    });

    it('signs out where the provider has a place for it', async () => {
      await setUp(keycloak);
      await setUp(google);
      const [here, there] = [somebody(keycloak), somebody(google)];
      await signIn('keycloak', here);
      await signIn('google', there);

      const url = new URL((await does.signOut.execute(await actorOf(here))) ?? '');
      expect(url.origin).toBe(keycloak.issuer);
      expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${BASE}/login`);
      expect(url.searchParams.get('id_token_hint')).toMatch(/^ey/);
      expect(await does.signOut.execute(await actorOf(there))).toBeNull();
      expect(await does.signOut.execute(admin)).toBeNull();
    });

    it('says of an issuer what was found, or why nothing was', async () => {
      expect(await does.test.execute(keycloak.issuer)).toMatchObject({ ok: true, failure: null, signsOut: true });
      expect(await does.test.execute(google.issuer)).toMatchObject({ ok: true, signsOut: false });
      expect(await does.test.execute('http://127.0.0.1:1')).toMatchObject({ ok: false, failure: 'unreachable' });
      expect(await does.test.execute('http://10.0.0.1')).toMatchObject({ ok: false, failure: 'refused-address' });
      expect(await does.test.execute(`${keycloak.issuer}/nothing`)).toMatchObject({ ok: false, failure: 'not-a-provider' });
      expect(await does.test.execute(keycloak.issuer.replace('127.0.0.1', '127.0.0.2'))).toMatchObject({ ok: false });
    });
  });

  describe('refuses', () => {
    it('an answer with another state', async () => {
      await setUp();
      const { url, cookie } = await does.begin.execute('keycloak', {});
      const answer = await new Visitor().visit(url, { login: somebody().sub });
      answer.searchParams.set('state', 'another');

      await expect(bring('keycloak', answer, cookie.value)).rejects.toMatchObject({ reason: 'not-begun-here' });
    });

    it('an answer that another browser brings', async () => {
      await setUp();
      const victim = await does.begin.execute('keycloak', {});
      const attacker = await does.begin.execute('keycloak', {});
      const answer = await new Visitor().visit(attacker.url, { login: somebody().sub });

      for (const cookie of [undefined, '', 'x', victim.cookie.value, attacker.cookie.value.slice(0, -2)])
        await expect(bring('keycloak', answer, cookie)).rejects.toMatchObject({ reason: 'not-begun-here' });
    });

    it('a code that was used', async () => {
      await setUp();
      const { url, cookie } = await does.begin.execute('keycloak', {});
      const answer = await new Visitor().visit(url, { login: somebody().sub });
      await bring('keycloak', answer, cookie.value);

      await expect(bring('keycloak', answer, cookie.value)).rejects.toMatchObject({ reason: 'answer-invalid' });
    });

    it('a code of somebody else, which the proof key does not fit', async () => {
      await setUp();
      const mine = await does.begin.execute('keycloak', {});
      const theirs = await does.begin.execute('keycloak', {});
      const stolen = await new Visitor().visit(theirs.url, { login: somebody().sub });
      stolen.searchParams.set('state', new URL(mine.url).searchParams.get('state') ?? '');

      await expect(bring('keycloak', stolen, mine.cookie.value)).rejects.toMatchObject({ reason: 'answer-invalid' });
    });

    it('the answer of one provider at the address of another', async () => {
      await setUp(keycloak);
      await setUp(google);
      const { url, cookie } = await does.begin.execute('keycloak', {});
      const answer = await new Visitor().visit(url, { login: somebody().sub });
      const asked = google.asked.length;

      await expect(bring('google', answer, cookie.value)).rejects.toMatchObject({ reason: 'not-begun-here' });
      expect(google.asked.slice(asked)).not.toContain('POST /token');
    });

    it('an answer that names another issuer (RFC 9207)', async () => {
      await setUp();
      const { url, cookie } = await does.begin.execute('keycloak', {});
      const answer = await new Visitor().visit(url, { login: somebody().sub });
      answer.searchParams.set('iss', google.issuer);

      await expect(bring('keycloak', answer, cookie.value)).rejects.toMatchObject({ reason: 'answer-invalid' });
    });

    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const lies: readonly (readonly [string, Lie])[] = [
      ['with another nonce', (claims) => ({ claims: { ...claims, nonce: 'another' } })],
      ['without a nonce', ({ nonce: _, ...claims }) => ({ claims })],
      ['of another issuer', (claims) => ({ claims: { ...claims, iss: 'https://rival.example' } })],
      ['for another audience', (claims) => ({ claims: { ...claims, aud: 'another' } })],
      ['for many, given to another', (claims) => ({ claims: { ...claims, aud: ['berth', 'another'], azp: 'another' } })],
      ['that has run out', (claims) => ({ claims: { ...claims, iat: 1_600_000_000, exp: 1_600_000_600 } })],
      ['that never ends', ({ exp: _, ...claims }) => ({ claims })],
      ['of nobody', ({ sub: _, ...claims }) => ({ claims })],
      ['of somebody else than the provider answers about', (claims) => ({ claims: { ...claims, sub: 'admin' } })],
      ['without a signature', (claims) => ({ claims, alg: 'none' })],
      ['signed by somebody else', (claims) => ({ claims, key: stranger })],
    ];
    it.each(lies)('an ID token %s', async (_name, lie) => {
      await setUp();
      keycloak.lyingWith(lie);

      await expect(proved('keycloak', somebody())).rejects.toMatchObject({ reason: 'answer-invalid' });
    });

    it('an old sign-in at the provider where a fresh one is asked for', async () => {
      await setUp(keycloak, { maxAge: 60 });
      keycloak.lyingWith((claims) => ({ claims: { ...claims, auth_time: Number(claims['iat']) - 3600 } }));

      await expect(proved('keycloak', somebody())).rejects.toMatchObject({ reason: 'answer-invalid' });
    });

    it('who thought better of it, and says so', async () => {
      await setUp();
      const { url, cookie } = await does.begin.execute('keycloak', {});

      await expect(bring('keycloak', await new Visitor().visit(url, 'cancel'), cookie.value)).rejects.toMatchObject({
        reason: 'cancelled',
      });
    });

    it('to go to a provider that is not there, not on, or not answering', async () => {
      await setUp(keycloak, { enabled: false });
      await setUp(google, { issuer: 'http://127.0.0.1:1', key: 'other' });

      await expect(does.begin.execute('nobody', {})).rejects.toMatchObject({ reason: 'unknown-provider' });
      await expect(does.begin.execute('keycloak', {})).rejects.toMatchObject({ reason: 'unknown-provider' });
      await expect(does.begin.execute('other', {})).rejects.toMatchObject({ reason: 'provider-unreachable' });
    });

    it('a client secret that is not the provider’s', async () => {
      await setUp(keycloak, { clientSecret: 'another' });

      await expect(proved('keycloak', somebody())).rejects.toMatchObject({ reason: 'provider-refused' });
    });

    it('to use what was proved twice', async () => {
      await setUp();
      const token = await proved('keycloak', somebody());

      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => does.signIn.execute(token, device)));

      expect(outcomes.filter((it) => it.status === 'fulfilled').length).toBe(1);
      expect(outcomes.flatMap((it) => (it.status === 'rejected' ? [it.reason.code] : []))).toEqual(Array(9).fill('sign-in-expired'));
    });
  });

  describe('lets in', () => {
    it('nobody new where only linked people come in', async () => {
      await setUp(keycloak, { admits: 'linked' });

      await expect(signIn('keycloak', somebody())).rejects.toMatchObject({ code: 'sign-in-refused' });
    });

    it('who was invited, with the role of the invitation, which is used up', async () => {
      await setUp(keycloak, { admits: 'invited' });
      const [invited, other] = [somebody(), somebody()];
      await db.asOwner(
        `insert into account_link (id, org_id, purpose, email, role, token_hash, created_at, expires_at)
         values ($1, $2, 'invitation', upper($3), 'guest', 'x', now(), now() + interval '1 day')`,
        [newId(), db.organizationId, invited['email']],
      );

      await expect(signIn('keycloak', other)).rejects.toMatchObject({ code: 'sign-in-refused' });
      await signIn('keycloak', invited);

      expect(await accountOf(invited)).toMatchObject({ role: 'guest' });
      expect(await db.asOwner(`select from account_link where purpose = 'invitation' and used_at is null`)).toEqual([]);
    });

    it('nobody by an address the provider does not call proved, whether it is known here or not', async () => {
      await setUp();
      const known = await aPerson({ email: 'known@acme.example' });
      for (const email of ['known@acme.example', 'unknown@acme.example'])
        await expect(signIn('keycloak', somebody(keycloak, { email, email_verified: false }))).rejects.toMatchObject({
          code: 'email-not-proved',
        });
      expect((await does.linked.own(known)).data).toEqual([]);
    });

    it('only addresses of the domains that are named, and only accounts of that workspace', async () => {
      await setUp(google, { domains: ['acme.example'] });

      for (const claims of [{ email: 'a@rival.example' }, { hd: 'rival.example' }, { email: 'a@acme.example.rival.example' }])
        await expect(signIn('google', somebody(google, claims))).rejects.toMatchObject({ code: 'sign-in-refused' });
      await signIn('google', somebody(google, { hd: 'acme.example' }));
    });

    it('nobody who is suspended', async () => {
      await setUp();
      const person = somebody();
      await signIn('keycloak', person);
      await db.asOwner(`update account set status = 'suspended' where id = $1`, [(await accountOf(person))!.id]);

      await expect(signIn('keycloak', person)).rejects.toMatchObject({ code: 'sign-in-refused' });
    });

    it('people of one name with names of their own', async () => {
      await setUp();
      const twins = [1, 2, 3].map(() => somebody(keycloak, { preferred_username: 'Twin' }));
      for (const twin of twins) await signIn('keycloak', twin);

      expect(await Promise.all(twins.map(async (it) => (await accountOf(it))?.username))).toEqual(['Twin', 'Twin-2', 'Twin-3']);
    });
  });

  describe('never takes an account over', () => {
    it('that has the address: its owner signs in to it and links the two', async () => {
      await setUp();
      const person = somebody();
      const owner = await aPerson({ email: String(person['email']).toUpperCase() });
      const token = await proved('keycloak', person);

      await expect(does.signIn.execute(token, device)).rejects.toMatchObject({
        code: 'account-link-required',
        extensions: { provider: 'Acme ID', email: person['email'] },
      });
      expect(await accountOf(person)).toBeUndefined();
      await does.confirm.execute(owner, token);
      await signIn('keycloak', person);

      expect(await accountOf(person)).toMatchObject({ id: owner.accountId });
      await expect(does.confirm.execute(owner, token)).rejects.toMatchObject({ code: 'sign-in-expired' });
    });

    it('by a session that is not fresh', async () => {
      await setUp();
      const owner = await aPerson();
      const token = await proved('keycloak', somebody());
      await db.asOwner(`update session set created_at = now() - interval '11 minutes' where id = $1`, [owner.sessionId]);

      await expect(does.confirm.execute(owner, token)).rejects.toMatchObject({ code: 'recent-sign-in-required' });
    });

    it('from the profile: it asks for the password, and links in the browser and session it began in', async () => {
      await setUp();
      const [owner, person] = [await aPerson(), somebody()];

      await expect(does.beginLink.execute(owner, { provider: 'keycloak', password: 'wrong' })).rejects.toMatchObject({
        code: 'password-wrong',
      });
      const begun = await does.beginLink.execute(owner, { provider: 'keycloak', password: PASSWORD });
      const taken = await backWith(begun, person);

      expect(taken).toEqual({ kind: 'linked', returnUrl: '/me/security' });
      expect(await accountOf(person)).toMatchObject({ id: owner.accountId });
    });

    it('for a session that is over meanwhile, nor of somebody who is linked to another', async () => {
      await setUp();
      const [owner, other, person] = [await aPerson(), await aPerson(), somebody()];
      const begun = await does.beginLink.execute(owner, { provider: 'keycloak', password: PASSWORD });
      await db.asOwner(`update session set revoked_at = now() where id = $1`, [owner.sessionId]);
      await expect(backWith(begun, person)).rejects.toMatchObject({ reason: 'not-begun-here' });

      await backWith(await does.beginLink.execute(other, { provider: 'keycloak', password: PASSWORD }), person);
      const third = await aPerson();
      const again = await does.beginLink.execute(third, { provider: 'keycloak', password: PASSWORD });
      await expect(backWith(again, person)).rejects.toMatchObject({ reason: 'already-linked' });
    });

    const backWith = async ({ url, cookie }: BegunSignOn, person: PersonThere) =>
      bring('keycloak', await new Visitor().visit(url, { login: person.sub }), cookie.value);
  });

  describe('the last way in', () => {
    const linkedTwice = async (): Promise<{ owner: Actor; ids: string[] }> => {
      await setUp(keycloak);
      await setUp(google);
      const person = somebody();
      await signIn('keycloak', person);
      const owner = await actorOf(person);
      const begun = await does.beginLink.execute(owner, { provider: 'google' });
      await bring('google', await new Visitor().visit(begun.url, { login: somebody(google).sub }), begun.cookie.value);
      return { owner, ids: (await does.linked.own(owner)).data.map((it) => it.id) };
    };

    it('stays', async () => {
      const { owner, ids } = await linkedTwice();

      await does.unlink.execute(owner, ids[0]!);
      await expect(does.unlink.execute(owner, ids[1]!)).rejects.toMatchObject({ code: 'last-way-in' });

      expect((await does.linked.own(owner)).data.map((it) => it.id)).toEqual([ids[1]]);
    });

    it('stays when two are taken away at once, time and again', async () => {
      for (let round = 0; round < Number(process.env['BERTH_UNLINK_ROUNDS'] ?? 5); round++) {
        const { owner, ids } = await linkedTwice();

        const outcomes = await Promise.allSettled(ids.map((id) => does.unlink.execute(owner, id)));

        expect(outcomes.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected']);
        expect(outcomes).toContainEqual(expect.objectContaining({ reason: expect.objectContaining({ code: 'last-way-in' }) }));
        await db.asOwner(`update account set password_hash = 'x' where password_hash is null`);
        await db.asOwner(`delete from identity_provider`);
      }
    });

    it('stays whatever a statement forgets to ask: the database keeps it', async () => {
      await setUp();
      const person = somebody();
      await signIn('keycloak', person);
      const owner = await accountOf(person);

      await expect(db.asOwner(`delete from linked_identity where account_id = $1`, [owner!.id])).rejects.toMatchObject({
        constraint: 'account_keeps_way_in',
      });
      const password = await aPerson();
      await expect(db.asOwner(`update account set password_hash = null where id = $1`, [password.accountId])).rejects.toMatchObject({
        constraint: 'account_keeps_way_in',
      });
    });

    it('keeps a provider from being removed, and who looks after it from locking themselves out', async () => {
      const provider = await setUp();
      const person = somebody(keycloak, { email: 'boss@acme.example' });
      await signIn('keycloak', person);
      await db.asOwner(`update account set role = 'admin' where id = $1`, [(await accountOf(person))!.id]);
      const boss = { ...(await actorOf(person)), ...rightsOfRole('admin') };

      await expect(does.remove.execute(admin, provider.id, provider.version)).rejects.toMatchObject({ code: 'last-way-in' });
      await expect(does.change.execute(boss, { id: provider.id, version: 1, patch: { enabled: false } })).rejects.toMatchObject({
        code: 'last-way-in',
      });
      await does.change.execute(admin, { id: provider.id, version: 1, patch: { enabled: false } });
    });
  });

  describe('what groups and roles there give here', () => {
    const aGroup = async (role?: string): Promise<string> => {
      const id = newId();
      await db.asOwner(`insert into people_group (id, org_id, name, kind, created_at) values ($1, $2, $3, 'static', now())`, [
        id,
        db.organizationId,
        id,
      ]);
      if (role)
        await db.asOwner(`insert into role_assignment (id, org_id, group_id, built_in, created_at) values ($1, $2, $3, $4, now())`, [
          newId(),
          db.organizationId,
          id,
          role,
        ]);
      return id;
    };
    const groupsOf = async (person: PersonThere) =>
      await db.asOwner<{ id: string; managed: boolean }>(
        `select group_id as id, provider_id is not null as managed from group_member where account_id = $1 order by group_id`,
        [(await accountOf(person))!.id],
      );
    const rolesOf = async (person: PersonThere) =>
      (
        await db.asOwner<{ role: string }>(`select built_in as role from role_assignment where account_id = $1 order by 1`, [
          (await accountOf(person))!.id,
        ])
      ).map((it) => it.role);

    it('comes and goes with every sign-in, and what somebody gave by hand stays', async () => {
      const [staff, lab, byHand] = [await aGroup(), await aGroup(), await aGroup()];
      await setUp(keycloak, {
        mapping: [
          { source: 'group', value: '/staff', groupId: staff, roleId: null },
          { source: 'group', value: '/lab', groupId: lab, roleId: null },
          { source: 'group', value: '/byHand', groupId: byHand, roleId: null },
          { source: 'role', value: 'approves', groupId: null, roleId: 'approver' },
        ],
      });
      const person = somebody(keycloak, { groups: ['/staff', '/unknown'], realm_access: { roles: ['approves', 'offline_access'] } });
      await signIn('keycloak', person);
      expect([await groupsOf(person), await rolesOf(person)]).toEqual([[{ id: staff, managed: true }], ['approver']]);

      await db.asOwner(`insert into group_member (org_id, group_id, account_id, created_at) values ($1, $2, $3, now())`, [
        ...[db.organizationId, byHand, (await accountOf(person))!.id],
      ]);
      keycloak.knows({ ...person, groups: ['/lab', '/byHand'], realm_access: { roles: [] } });
      await signIn('keycloak', person);
      keycloak.knows({ ...person, groups: ['/lab'], realm_access: undefined });
      await signIn('keycloak', person);

      expect(await groupsOf(person)).toEqual([lab, byHand].sort().map((id) => ({ id, managed: id === lab })));
      expect(await rolesOf(person)).toEqual([]);
    });

    it('is never more than whoever set it up has, then and at the sign-in', async () => {
      const bosses = await aGroup('admin');
      const limited = await aPerson();
      const settings = newId();
      await db.asOwner(
        `insert into role (id, org_id, name, permissions, created_at) values ($1, $2, 'Settings', '{organization:manage}', now())`,
        [settings, db.organizationId],
      );
      await db.asOwner(`insert into role_assignment (id, org_id, account_id, role_id, created_at) values ($1, $2, $3, $4, now())`, [
        ...[newId(), db.organizationId, limited.accountId, settings],
      ]);
      const boss = { source: 'group', value: 'boss', groupId: bosses, roleId: null } as const;
      for (const wanted of [{ mapping: [boss] }, { mapping: [{ ...boss, groupId: null, roleId: 'admin' }] }, { newRole: 'admin' as const }])
        await expect(setUp(keycloak, wanted, limited)).rejects.toMatchObject({ code: 'permission-denied' });

      const other = await aPerson({ role: 'admin' });
      const provider = await setUp(keycloak, { mapping: [boss] }, other);
      await expect(does.change.execute(limited, { id: provider.id, version: 1, patch: { name: 'Mine' } })).rejects.toMatchObject({
        code: 'permission-denied',
      });
      await db.asOwner(`update account set role = 'user' where id = $1`, [other.accountId]);
      const person = somebody(keycloak, { groups: ['boss'] });
      await signIn('keycloak', person);
      expect(await groupsOf(person)).toEqual([]);
    });

    it('goes when the account is unlinked', async () => {
      const staff = await aGroup();
      await setUp(keycloak, { mapping: [{ source: 'group', value: 'staff', groupId: staff, roleId: null }] });
      const person = somebody(keycloak, { groups: ['staff'] });
      await signIn('keycloak', person);
      const owner = await actorOf(person);
      await db.asOwner(`update account set password_hash = 'x' where id = $1`, [owner.accountId]);

      await does.unlink.execute(owner, (await does.linked.own(owner)).data[0]!.id);

      expect(await db.asOwner(`select from group_member where account_id = $1`, [owner.accountId])).toEqual([]);
    });
  });

  describe('the second factor', () => {
    beforeAll(() => db.asOwner(`update organization set second_factor_roles = '{user}'`));
    afterAll(() => db.asOwner(`update organization set second_factor_roles = '{}'`));

    it('is asked for as ever, unless the provider has, and an administrator says that this counts', async () => {
      const provider = await setUp();
      const person = somebody();
      await expect(signIn('keycloak', person)).rejects.toMatchObject({ code: 'second-factor-enrolment-required' });
      keycloak.showing({ acr: 'gold', amr: ['pwd', 'otp'] });
      await expect(signIn('keycloak', person)).rejects.toMatchObject({ code: 'second-factor-enrolment-required' });

      await does.change.execute(admin, { id: provider.id, version: 1, patch: { secondFactorValues: ['otp'] } });
      await signIn('keycloak', person);
      keycloak.showing({ amr: ['pwd'] });
      await expect(signIn('keycloak', person)).rejects.toMatchObject({ code: 'second-factor-enrolment-required' });
    });
  });
});
