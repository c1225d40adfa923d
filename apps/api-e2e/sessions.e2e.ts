import { type Answer, type Call, caller, personWith } from './http';
import { type RunningSystem, startSystem } from './start-system';

/** How often 50 tabs race; reliability.md asks for 200. */
const ROUNDS = Number(process.env['BERTH_REFRESH_ROUNDS'] ?? 3);
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('Signing in', () => {
  let system: RunningSystem;
  let call: Call;
  /** Another replica. */
  let elsewhere: Call;
  beforeAll(async () => {
    system = await startSystem();
    call = caller(system.url, system.adminToken);
    elsewhere = caller((await system.startReplica()).url, system.adminToken);
  });
  afterAll(() => system.stop());

  const signIn = async (): Promise<{ access_token: string; refresh_token: string }> =>
    (await call('POST', '/token', { token: '', body: 'grant_type=password&username=admin&password=correct+horse+battery', headers: form }))
      .body;
  const refresh = (refreshToken: string, at = call) => at('POST', '/token/refresh', { token: '', body: { refresh_token: refreshToken } });
  /** The agreed bar: whoever asks later than 5 s after the end is refused. */
  const refusedWithin5s = async (ask: () => Promise<Answer>): Promise<void> => {
    const ended = Date.now();
    for (;;) {
      const asked = Date.now();
      const { status } = await ask();
      if (status === 401) return;
      expect(asked - ended).toBeLessThan(5_000);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  it('answers a wrong name and a wrong password alike', async () => {
    const wrongName = await call('POST', '/token', { token: '', body: 'grant_type=password&username=nobody&password=x', headers: form });
    const wrongPassword = await call('POST', '/token', { token: '', body: 'grant_type=password&username=admin&password=x', headers: form });

    const { instance: _a, requestId: _b, ...first } = wrongName.body;
    const { instance: _c, requestId: _d, ...second } = wrongPassword.body;
    expect(wrongName.status).toBe(401);
    expect(first).toEqual(second);
  });

  it('AUTH-03 replaces a refresh token at each use; 50 tabs at once, on two replicas, get one successor and nobody is signed out', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { refresh_token: token } = await signIn();

      const answers = await Promise.all(Array.from({ length: 50 }, (_, tab) => refresh(token, tab % 2 ? call : elsewhere)));

      expect(new Set(answers.map((it) => it.status))).toEqual(new Set([200]));
      expect(new Set(answers.map((it) => it.body.refresh_token)).size).toBe(1);
      expect((await refresh(answers[0]!.body.refresh_token)).status).toBe(200);
    }
  }, 600_000);

  it.each([
    ['AUTH-02 the one just replaced, after the seconds in which tabs may race', 1, "rotated_at - interval '11 seconds'"],
    ['AUTH-05 one older than that, within them', 2, 'rotated_at'],
  ])(
    'ends the session on every replica and tells of it when an old refresh token is shown again: %s',
    async (_, uses, rotatedAt) => {
      const opened = await signIn();
      let last = opened;
      for (let i = 0; i < uses; i++) last = (await refresh(last.refresh_token)).body;
      const [session] = await system.asOwner<{ id: string }>(`update session set rotated_at = ${rotatedAt} where id = $1 returning id`, [
        opened.refresh_token.split('.')[0],
      ]);
      // Both replicas have just seen that it lives.
      for (const at of [call, elsewhere]) expect((await at('GET', '/users/me', { token: last.access_token })).status).toBe(200);

      expect(await refresh(opened.refresh_token)).toMatchObject({ status: 401, body: { code: 'invalid-token' } });

      await Promise.all([call, elsewhere].map((at) => refusedWithin5s(() => at('GET', '/users/me', { token: last.access_token }))));
      expect(await refresh(last.refresh_token, elsewhere)).toMatchObject({ status: 401 });
      const told = await system.asOwner(`select from event where type = 'session.reuse_detected' and subject_id = $1`, [session?.id]);
      expect(told).toHaveLength(1);
    },
    30_000,
  );

  it('AUTH-06 shows people where they are signed in; what ended stops everywhere within 5 s', async () => {
    const person = await personWith(call, 'user', 'sessions-of-one');
    const open = async (agent: string): Promise<{ access_token: string; refresh_token: string }> =>
      (
        await call('POST', '/token', {
          token: '',
          body: 'grant_type=password&username=sessions-of-one&password=correct+horse+battery',
          headers: { ...form, 'user-agent': agent },
        })
      ).body;
    const [phone, tablet] = [await open('phone'), await open('tablet')];
    const list = async (): Promise<{ id: string; current: boolean; userAgent: string; address: string }[]> =>
      (await person.call('GET', '/auth/sessions')).body.data;
    const ofPhone = (await list()).find((it) => it.userAgent === 'phone');

    expect((await list()).map((it) => it.current)).toEqual([true, false, false]);
    expect(ofPhone?.address).toMatch(/127\.0\.0\.1/);
    for (const it of [phone, tablet]) expect((await elsewhere('GET', '/users/me', { token: it.access_token })).status).toBe(200);

    expect((await person.call('DELETE', `/auth/sessions/${ofPhone?.id}`)).status).toBe(204);
    expect((await person.call('DELETE', `/auth/sessions/${ofPhone?.id}`)).status).toBe(404);
    await refusedWithin5s(() => elsewhere('GET', '/users/me', { token: phone.access_token }));
    expect(await refresh(phone.refresh_token)).toMatchObject({ status: 401 });

    expect((await person.call('DELETE', '/auth/sessions')).status).toBe(204);
    await refusedWithin5s(() => elsewhere('GET', '/users/me', { token: tablet.access_token }));
    expect((await list()).map((it) => it.current)).toEqual([true]);

    await system.asOwner(`update account set status = 'suspended' where id = $1`, [person.id]);
    await Promise.all([call, elsewhere].map((at) => refusedWithin5s(() => at('GET', '/users/me', { token: person.token }))));
  });

  it('ends access within 5 s of signing out', async () => {
    const { access_token: access, refresh_token: token } = await signIn();

    expect((await call('POST', '/logout', { token: access })).status).toBe(204);

    expect(await call('GET', '/users/me', { token: access })).toMatchObject({ status: 401 });
    expect(await refresh(token)).toMatchObject({ status: 401 });
  });

  it('answers every wrong token in one shape, whatever is wrong with it', async () => {
    const { access_token: good } = await signIn();
    const shapes = new Set<string>();

    for (const token of ['x', 'a.b.c', good.slice(0, -10), `${good}${'a'.repeat(5000)}`, `${good.split('.').slice(0, 2).join('.')}.`]) {
      const { status, headers, body } = await call('GET', '/users/me', { headers: { authorization: `Bearer ${token}` } });
      shapes.add(JSON.stringify([status, headers.get('www-authenticate'), body.code, body.title, Object.keys(body)]));
    }

    expect([...shapes]).toHaveLength(1);
    expect([...shapes][0]).toContain('[401,"Bearer realm=\\"berth\\"","invalid-token"');
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
  });

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
