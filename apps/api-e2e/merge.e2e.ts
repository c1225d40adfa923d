import { type RunningProvider, startProvider, Visitor } from '@berth/sign-on/testing';
import { createServer, type AddressInfo } from 'node:net';
import { type Call, caller, personWith, soon } from './http';
import { type RunningSystem, startSystem } from './start-system';

/** Its address is registered at the provider, so it is known before Berth starts. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const cookiesOf = (answer: { headers: Headers }): string =>
  answer.headers
    .getSetCookie()
    .map((it) => it.split(';')[0])
    .join('; ');

describe('A person with two accounts', () => {
  let system: RunningSystem;
  let provider: RunningProvider;
  let call: Call;
  beforeAll(async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    provider = await startProvider({ like: 'keycloak', redirectUris: [`${url}/api/v1/auth/oidc/acme-id/callback`] });
    system = await startSystem({ PORT: new URL(url).port, BERTH_PUBLIC_URL: url, BERTH_ALLOWED_NETWORKS: '127.0.0.0/8' });
    call = caller(system.url, system.adminToken);
    const { issuer, clientId, clientSecret } = provider;
    await call('POST', '/identity-providers', {
      body: { key: 'acme-id', name: 'Acme ID', issuer, clientId, clientSecret, admits: 'anyone' },
    });
    provider.knows({
      sub: 'canary-sub',
      email: 'canary@acme.example',
      email_verified: true,
      preferred_username: 'canary',
      name: 'Canary Bird',
    });
  });
  afterAll(async () => {
    await system?.stop();
    await provider?.stop();
  });

  /** There, back, and in, as a browser does it. @returns who that is, with their cookies */
  async function signInThere(): Promise<{ id: string; username: string; cookie: string }> {
    const begun = await call('GET', '/auth/oidc/acme-id/start', { token: '' });
    const back = await new Visitor().visit(begun.headers.get('location')!, { login: 'canary-sub' });
    const known = await call('GET', `${back.pathname.replace('/api/v1', '')}${back.search}`, {
      token: '',
      headers: { cookie: cookiesOf(begun) },
    });
    const opened = await call('POST', '/auth/oidc/session', { token: '', headers: { cookie: cookiesOf(known), origin: system.url } });
    return { id: opened.body.id, username: opened.body.username, cookie: cookiesOf(opened) };
  }

  it('has one of them: what was booked is the other’s, who signs in as either did, and nothing is left of the first', async () => {
    const gone = await signInThere();
    const asGone: Call = (method, path, options) =>
      call(method, path, { ...options, token: '', headers: { cookie: gone.cookie, origin: system.url } });
    const stays = await personWith(call, 'user', 'grace');
    const room = (await call('POST', '/resources', { body: { name: 'Room', timeZone: 'UTC' } })).body.id as string;
    const booked = (
      await asGone('POST', '/reservations', { body: { resourceId: room, start: soon('10:00'), end: soon('11:00'), title: 'Kept' } })
    ).body;
    await call('POST', `/users/${gone.id}/password-link`);
    expect(booked.organizer.id).toBe(gone.id);

    const preview = await call('POST', `/users/${gone.id}/merge?dryRun=true`, { body: { into: stays.id } });
    expect(preview.body).toMatchObject({ into: { id: stays.id }, moves: { reservations: 1, linkedIdentities: 1 }, ends: { sessions: 1 } });
    const key = { 'idempotency-key': 'merge-once' };
    const wish = { body: { into: stays.id, reason: 'Came in twice' }, headers: key };
    const merged = await call('POST', `/users/${gone.id}/merge`, wish);
    expect([merged.status, merged.body]).toEqual([200, preview.body]);
    expect((await call('POST', `/users/${gone.id}/merge`, wish)).body).toEqual(merged.body);

    expect((await stays.call('GET', `/reservations/${booked.id}`)).body).toMatchObject({
      title: 'Kept',
      organizer: { id: stays.id },
      version: booked.version + 1,
    });
    expect((await call('GET', `/users/${gone.id}`)).body).toMatchObject({
      code: 'account-merged',
      status: 410,
      into: { id: stays.id, displayName: 'grace' },
    });
    expect((await asGone('GET', '/users/me')).status).toBe(401);
    expect(await signInThere()).toMatchObject({ id: stays.id, username: 'grace' });
    const people = (await call('GET', '/users?q=canary')).body.data;
    expect(people).toEqual([]);
    const again = await call('POST', '/users', {
      body: { username: 'canary', email: 'canary@acme.example', displayName: 'New', role: 'user', password: 'correct horse battery' },
    });
    expect(again.status).toBe(201);
  });

  it('leaves no word of the first in any table but what the second has as well', async () => {
    const words = ['canary bird', 'canary-sub'];
    const tables = await system.asOwner<{ name: string }>(`
      select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname = 'public'`);
    const found: string[] = [];
    for (const { name } of tables)
      for (const word of words)
        if (
          (await system.asOwner(`select 1 from ${name} t where lower(to_jsonb(t)::text) like '%' || $1 || '%' limit 1`, [word])).length > 0
        )
          found.push(`${name}: ${word}`);

    // What the provider calls the person is how the second signs in there from now on.
    expect(found).toEqual(['linked_identity: canary-sub']);
  });
});
