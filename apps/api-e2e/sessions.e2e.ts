import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { type Call, caller, personWith } from './http';
import { type RunningSystem, startSystem } from './start-system';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('Signing in', () => {
  let system: RunningSystem;
  let call: Call;
  beforeAll(async () => {
    system = await startSystem();
    call = caller(system.url, system.adminToken);
  }, 60_000);
  afterAll(() => system.stop());

  const signIn = async (): Promise<{ access_token: string; refresh_token: string }> =>
    (await call('POST', '/token', { token: '', body: 'grant_type=password&username=admin&password=correct+horse+battery', headers: form }))
      .body;
  const refresh = (refreshToken: string) => call('POST', '/token/refresh', { token: '', body: { refresh_token: refreshToken } });

  it('answers a wrong name and a wrong password alike', async () => {
    const wrongName = await call('POST', '/token', { token: '', body: 'grant_type=password&username=nobody&password=x', headers: form });
    const wrongPassword = await call('POST', '/token', { token: '', body: 'grant_type=password&username=admin&password=x', headers: form });

    const { instance: _a, requestId: _b, ...first } = wrongName.body;
    const { instance: _c, requestId: _d, ...second } = wrongPassword.body;
    expect(wrongName.status).toBe(401);
    expect(first).toEqual(second);
  });

  it('replaces a refresh token at each use; 50 tabs at once get one successor and nobody is signed out', async () => {
    for (let round = 0; round < 5; round++) {
      const { refresh_token: token } = await signIn();

      const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(token)));

      expect(new Set(answers.map((it) => it.status))).toEqual(new Set([200]));
      expect(new Set(answers.map((it) => it.body.refresh_token)).size).toBe(1);
    }
  });

  it('ends the session when an old refresh token is shown again', async () => {
    const { refresh_token: first } = await signIn();
    const { refresh_token: second } = (await refresh(first)).body;
    const { refresh_token: third, access_token: access } = (await refresh(second)).body;

    const replayed = await refresh(first);

    expect(replayed).toMatchObject({ status: 401, body: { code: 'invalid-token' } });
    expect(await refresh(third)).toMatchObject({ status: 401 });
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    expect(await call('GET', '/users/me', { token: access })).toMatchObject({ status: 401 });
  }, 20_000);

  it('ends access within 5 s of signing out', async () => {
    const { access_token: access, refresh_token: token } = await signIn();

    expect((await call('POST', '/logout', { token: access })).status).toBe(204);

    expect(await call('GET', '/users/me', { token: access })).toMatchObject({ status: 401 });
    expect(await refresh(token)).toMatchObject({ status: 401 });
  });

  it('refuses every token that is not exactly one of ours', async () => {
    const { access_token: good } = await signIn();
    const [header = '', payload = '', signature = ''] = good.split('.');
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const decode = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString());
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const signed = (head: object, body: object): string => {
      const text = `${encode(head)}.${encode(body)}`;
      return `${text}.${createSign('sha256').update(text).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    };
    const claims = decode(payload);
    const head = decode(header);
    const bad = [
      '',
      'x',
      'a.b.c',
      `${header}.${payload}`,
      `${header}.${payload}.`,
      `${header}.${encode({ ...claims, sub: randomUUID() })}.${signature}`,
      `${encode({ ...head, alg: 'none' })}.${payload}.`,
      `${encode({ ...head, alg: 'HS256' })}.${payload}.${signature}`,
      `${encode({ ...head, kid: '../../etc/passwd' })}.${payload}.${signature}`,
      `${encode({ ...head, kid: "' or 1=1 --" })}.${payload}.${signature}`,
      `${encode({ ...head, typ: 'JWT' })}.${payload}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -2)}AA`,
      `${header}.${encode({ ...claims, exp: 9_999_999_999 })}.${signature}`,
      signed(head, claims),
      signed({ ...head, jwk: {} }, claims),
      signed(head, { ...claims, aud: 'other' }),
      `${good}${'a'.repeat(5000)}`,
      `${header} .${payload}.${signature}`,
      Buffer.from(good).toString('base64'),
    ];

    for (const token of bad) {
      const answer = await call('GET', '/users/me', { headers: { authorization: `Bearer ${token}` } });
      expect([token.slice(0, 60), answer.status, answer.body.code]).toEqual([token.slice(0, 60), 401, 'invalid-token']);
    }
    expect((await call('GET', '/users/me', { token: good })).status).toBe(200);
  });

  it('gives a browser cookies no script can read, and takes them only from our own pages', async () => {
    const own = { origin: system.url, 'sec-fetch-site': 'same-origin' };
    const opened = await call('POST', '/auth/sessions', {
      token: '',
      body: { username: 'admin', password: 'correct horse battery' },
      headers: own,
    });
    const cookies = opened.headers.getSetCookie();
    const cookie = cookies.map((it) => it.split(';', 1)[0]).join('; ');

    expect(opened).toMatchObject({ status: 201, body: { username: 'admin', role: 'admin' } });
    for (const it of cookies) expect(it).toMatch(/HttpOnly;.*SameSite=Strict/i);
    const book = (headers: Record<string, string>) => call('POST', '/stream/tickets', { token: '', headers: { cookie, ...headers } });
    expect((await book(own)).status).toBe(201);
    for (const headers of [
      {},
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: `${system.url}.evil.example` },
      { origin: system.url, 'sec-fetch-site': 'cross-site' },
      { origin: system.url, 'sec-fetch-site': 'same-site' },
    ]) {
      expect(await book(headers as Record<string, string>)).toMatchObject({ status: 403, body: { code: 'cross-site-request' } });
    }
    expect((await call('POST', '/token/refresh', { token: '', headers: { cookie }, body: {} })).status).toBe(403);
    expect((await call('POST', '/token/refresh', { token: '', headers: { cookie, ...own }, body: {} })).status).toBe(204);
  });

  it('lets exactly one of many parallel set-ups win', async () => {
    const fresh = await startSystem();
    await fresh.asOwner('update installation set organization_id = null, set_up_at = null');
    const replica = await fresh.startReplica({ BERTH_SETUP_TOKEN: 'again' });
    const attempts = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        caller(replica.url)('POST', '/setup/initialize', {
          body: {
            setupToken: 'again',
            organization: { name: 'B', timeZone: 'UTC' },
            admin: { username: `a${i}`, email: `a${i}@b.example`, password: 'correct horse' },
          },
        }),
      ),
    );
    const rows = await fresh.asOwner(`select from account where username ~ '^a[0-9]'`);
    await fresh.stop();

    expect(attempts.filter((it) => it.status === 201)).toHaveLength(1);
    expect(attempts.filter((it) => it.status === 409 && it.body.code === 'setup-done')).toHaveLength(19);
    expect(rows).toHaveLength(1);
  }, 60_000);

  it('keeps guests from booking and users from managing', async () => {
    const guest = await personWith(call, 'guest', 'gus');
    const user = await personWith(call, 'user', 'uma');

    expect(await guest.call('POST', '/reservations', { body: {} })).toMatchObject({
      status: 403,
      body: { code: 'permission-denied', permission: 'reservation:create' },
    });
    expect(await user.call('POST', '/users', { body: {} })).toMatchObject({ status: 403, body: { permission: 'user:manage' } });
  });
});
