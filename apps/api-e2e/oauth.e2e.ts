import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as generic from 'oauth4webapi';
import * as client from 'openid-client';
import { type Call, caller, personWith, within5s } from './http';
import { type RunningSystem, startSystem } from './start-system';

const REDIRECT_URI = 'http://127.0.0.1:4711/callback';
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const SCOPES = ['profile:manage', 'resource:manage', 'resource:read'];

interface Registered {
  readonly id: string;
  readonly secret: string | null;
}

/** Berth as OAuth 2.0 server, as programs see it that were not written for it: `openid-client` and `oauth4webapi`. */
describe('An OAuth 2.0 client', () => {
  let system: RunningSystem;
  let admin: Call;
  let ana: { id: string; call: Call };
  let confidential: Registered;
  let publicOne: Registered;

  const register = async (more: object): Promise<Registered> => {
    const wanted = { scopes: SCOPES, perMinute: 600, redirectUris: [REDIRECT_URI], ...more };
    const answer = await admin('POST', '/oauth/clients', { body: wanted });
    expect([answer.status, answer.body.code]).toEqual([201, undefined]);
    return answer.body;
  };
  const discovered = (it: Registered, authentication: client.ClientAuth): Promise<client.Configuration> =>
    client.discovery(new URL(system.url), it.id, {}, authentication, { algorithm: 'oauth2', execute: [client.allowInsecureRequests] });
  /** What the console does once the person has said yes. */
  const allow = async (person: Call, address: URL, yes = true): Promise<URL> => {
    const sent = await fetch(address, { redirect: 'manual' });
    const page = new URL(sent.headers.get('location') ?? '', system.url);
    expect([sent.status, page.origin, page.pathname]).toEqual([302, system.url, '/connect']);
    const answered = await person('POST', '/oauth/consent', { body: { request: page.search.slice(1), allow: yes } });
    expect(answered.status).toBe(200);
    return new URL(answered.body.redirectTo);
  };
  const statusWith = async (token: string, path = '/resources', url = system.url): Promise<number> =>
    (await caller(url, token)('GET', path)).status;

  beforeAll(async () => {
    system = await startSystem();
    admin = caller(system.url, system.adminToken);
    ana = await personWith(admin, 'user', 'ana');
    const grantTypes = ['authorization_code', 'refresh_token', DEVICE_GRANT];
    confidential = await register({ name: 'Sync', type: 'confidential', grantTypes: ['client_credentials', ...grantTypes] });
    publicOne = await register({ name: 'Berth CLI', type: 'public', grantTypes });
  });
  afterAll(() => system.stop());

  it('gets a token for itself, by oauth4webapi, that works on every route its scopes open and on no other', async () => {
    const issuer = new URL(system.url);
    const insecure = { [generic.allowInsecureRequests]: true };
    const found = await generic.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure });
    const server = await generic.processDiscoveryResponse(issuer, found);
    const self = { client_id: confidential.id };
    for (const authentication of [
      generic.ClientSecretBasic(confidential.secret ?? ''),
      generic.ClientSecretPost(confidential.secret ?? ''),
    ]) {
      const wanted = new URLSearchParams({ scope: 'resource:read user:manage' });
      const answer = await generic.clientCredentialsGrantRequest(server, self, authentication, wanted, insecure);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const given = await generic.processClientCredentialsResponse(server, self, answer);

      expect(given).toMatchObject({ token_type: 'bearer', expires_in: 900, scope: 'resource:read' });
      expect(given.refresh_token).toBeUndefined();
      expect(await statusWith(given.access_token)).toBe(200);
      expect(await statusWith(given.access_token, '/sites')).toBe(403);
      expect(await statusWith(given.access_token, '/users/me')).toBe(403);
    }
    const listed = await admin('GET', '/oauth/clients');
    expect(listed.body.data.find((it: Registered) => it.id === confidential.id)).toMatchObject({
      name: 'Sync',
      lastUsedAt: expect.any(String),
    });
    expect(JSON.stringify(listed.body)).not.toContain(confidential.secret);
  });

  it('acts for a person who let it, by openid-client: code with PKCE, refresh, introspection, revocation', async () => {
    for (const [registered, authentication] of [
      [confidential, client.ClientSecretPost(confidential.secret ?? '')],
      [publicOne, client.None()],
    ] as const) {
      const config = await discovered(registered, authentication);
      const verifier = client.randomPKCECodeVerifier();
      const state = client.randomState();
      const address = client.buildAuthorizationUrl(config, {
        ...{ redirect_uri: REDIRECT_URI, scope: 'resource:read resource:manage profile:manage', state },
        ...{ code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
      });
      const back = await allow(ana.call, address);
      const tokens = await client.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier, expectedState: state });

      // Ana may not manage resources, whatever the client is registered for.
      expect(tokens.scope).toBe('profile:manage resource:read');
      expect((await caller(system.url, tokens.access_token)('GET', '/users/me')).body.id).toBe(ana.id);
      const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
      expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
      expect(await statusWith(refreshed.access_token)).toBe(200);
      if (registered === confidential)
        expect(await client.tokenIntrospection(config, refreshed.access_token)).toMatchObject({
          active: true,
          sub: ana.id,
          client_id: registered.id,
        });

      await client.tokenRevocation(config, refreshed.refresh_token ?? '');
      expect(await statusWith(refreshed.access_token)).toBe(401);
      await expect(client.refreshTokenGrant(config, refreshed.refresh_token ?? '')).rejects.toMatchObject({ error: 'invalid_grant' });
      // A code that comes back.
      await expect(client.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier, expectedState: state })).rejects.toMatchObject(
        {
          error: 'invalid_grant',
        },
      );
    }
  });

  it('is told when the person says no, and takes no answer whose state or issuer is another', async () => {
    const config = await discovered(publicOne, client.None());
    const verifier = client.randomPKCECodeVerifier();
    const parameters = {
      ...{ redirect_uri: REDIRECT_URI, scope: 'resource:read', state: 'mine' },
      ...{ code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
    };
    const refused = await allow(ana.call, client.buildAuthorizationUrl(config, parameters), false);
    expect(Object.fromEntries(refused.searchParams)).toEqual({ error: 'access_denied', state: 'mine', iss: system.url });

    const back = await allow(ana.call, client.buildAuthorizationUrl(config, parameters));
    const without = new URL(back);
    without.searchParams.delete('state');
    const foreign = new URL(back);
    foreign.searchParams.set('iss', 'https://evil.example');
    for (const wrong of [without, foreign])
      await expect(client.authorizationCodeGrant(config, wrong, { pkceCodeVerifier: verifier, expectedState: 'mine' })).rejects.toThrow();
    expect((await client.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier, expectedState: 'mine' })).scope).toBe(
      'resource:read',
    );
  });

  it('sends nobody to a redirect URI that is not registered, and nobody without PKCE', async () => {
    const authorize = async (more: Record<string, string>): Promise<URL> => {
      const all = { client_id: publicOne.id, redirect_uri: REDIRECT_URI, response_type: 'code', ...more };
      const answer = await fetch(`${system.url}/api/v1/oauth/authorize?${new URLSearchParams(all)}`, { redirect: 'manual' });
      expect(answer.headers.get('cache-control')).toBe('no-store');
      return new URL(answer.headers.get('location') ?? '', system.url);
    };

    for (const redirect_uri of [`${REDIRECT_URI}/x`, 'http://127.0.0.1:4711/', 'https://evil.example/callback']) {
      const page = await authorize({ redirect_uri });
      expect([page.origin, page.pathname]).toEqual([system.url, '/connect']);
      const looked = await ana.call('POST', '/oauth/consent/look', { body: { request: page.search.slice(1) } });
      expect([looked.status, looked.body.errors?.[0].code]).toEqual([400, 'redirect-uri']);
    }
    for (const more of [{}, { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' }] as Record<string, string>[]) {
      const back = await authorize(more);
      expect([back.origin, back.searchParams.get('error')]).toEqual(['http://127.0.0.1:4711', 'invalid_request']);
    }
    // Nor does a token let itself in further.
    const { access_token: token } = await client.clientCredentialsGrant(
      await discovered(confidential, client.ClientSecretPost(confidential.secret ?? '')),
    );
    expect((await caller(system.url, token)('POST', '/oauth/consent', { body: { request: 'x', allow: true } })).status).toBe(403);
    expect((await caller(system.url, token)('POST', '/oauth/clients', { body: {} })).status).toBe(403);
  });

  it('is refused in the form of RFC 6749, with the headers of every answer', async () => {
    const send = (path: string, body: string, more: Record<string, string> = {}) =>
      caller(system.url)('POST', `/oauth/${path}`, { body, headers: { 'content-type': 'application/x-www-form-urlencoded', ...more } });
    const identity = `client_id=${confidential.id}&client_secret=${confidential.secret}`;
    const cases: [string, string, number, string][] = [
      ['token', 'grant_type=client_credentials', 400, 'invalid_request'],
      ['token', `grant_type=client_credentials&client_id=${confidential.id}`, 401, 'invalid_client'],
      ['token', identity, 400, 'invalid_request'],
      ['token', `${identity}&grant_type=password&username=ana&password=x`, 400, 'unsupported_grant_type'],
      ['token', `${identity}&grant_type=client_credentials&scope=user%3Amanage`, 400, 'invalid_scope'],
      ['token', `${identity}&grant_type=client_credentials&scope=a&scope=b`, 400, 'invalid_request'],
      ['token', `client_id=${publicOne.id}&grant_type=client_credentials`, 400, 'unauthorized_client'],
      ['token', `${identity}&grant_type=refresh_token&refresh_token=x`, 400, 'invalid_grant'],
      ['introspect', `client_id=${publicOne.id}&token=x`, 400, 'unauthorized_client'],
      ['device', 'client_id=nonsense', 401, 'invalid_client'],
      ['revoke', identity, 400, 'invalid_request'],
    ];
    for (const [path, body, status, error] of cases) {
      const answer = await send(path, body);
      expect([path, body, answer.status, answer.body.error]).toEqual([path, body, status, error]);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Basic realm="berth"' : null);
    }
    expect((await send('token', `{"grant_type":"client_credentials"}`, { 'content-type': 'application/json' })).body.error).toBe(
      'invalid_request',
    );
    expect((await send('revoke', `${identity}&token=nonsense`)).status).toBe(200);
    expect((await send('token', `x=${'y'.repeat(300_000)}`)).status).toBe(413);
  });

  it('is dead within 5 s on another replica when it is revoked, and so is what a suspended person let it do', async () => {
    const replica = await system.startReplica();
    const leaving = await personWith(admin, 'user', 'leaving');
    const registered = await register({
      name: 'Short',
      type: 'confidential',
      grantTypes: ['client_credentials', 'authorization_code', 'refresh_token'],
    });
    const config = await discovered(registered, client.ClientSecretPost(registered.secret ?? ''));
    const verifier = client.randomPKCECodeVerifier();
    const address = client.buildAuthorizationUrl(config, {
      ...{ redirect_uri: REDIRECT_URI, scope: 'resource:read' },
      ...{ code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
    });
    const granted = await client.authorizationCodeGrant(config, await allow(leaving.call, address), { pkceCodeVerifier: verifier });
    const own = await client.clientCredentialsGrant(config);
    for (const { access_token: token } of [granted, own]) expect(await statusWith(token, '/resources', replica.url)).toBe(200);

    expect((await admin('POST', `/users/${leaving.id}/suspend`, { body: { reservations: 'keep' } })).status).toBeLessThan(300);
    await within5s(
      () => statusWith(granted.access_token, '/resources', replica.url),
      (it) => it === 401,
    );
    await expect(client.refreshTokenGrant(config, granted.refresh_token ?? '')).rejects.toMatchObject({ error: 'invalid_grant' });

    expect(await statusWith(own.access_token, '/resources', replica.url)).toBe(200);
    expect((await admin('DELETE', `/oauth/clients/${registered.id}`, { headers: { 'if-match': '"1"' } })).status).toBe(204);
    expect(await statusWith(own.access_token)).toBe(401);
    await within5s(
      () => statusWith(own.access_token, '/resources', replica.url),
      (it) => it === 401,
    );
    await expect(client.clientCredentialsGrant(config)).rejects.toMatchObject({ name: 'WWWAuthenticateChallengeError', status: 401 });
    await replica.kill('SIGTERM');
  });

  it('has requests of its own, beside those of its owner', async () => {
    const limited = await system.startReplica({ BERTH_RATE_LIMIT: 'on' });
    const registered = await register({
      name: 'Eager',
      type: 'confidential',
      grantTypes: ['client_credentials'],
      redirectUris: [],
      perMinute: 10,
    });
    const { access_token: token } = await client.clientCredentialsGrant(
      await discovered(registered, client.ClientSecretPost(registered.secret ?? '')),
    );
    const began = performance.now();
    const statuses: number[] = [];
    for (let n = 0; n < 30; n++) statuses.push(await statusWith(token, '/resources', limited.url));

    const letIn = statuses.filter((it) => it === 200).length;
    expect(letIn).toBeGreaterThanOrEqual(10);
    expect(letIn).toBeLessThanOrEqual(10 + Math.ceil((performance.now() - began) / 6_000));
    expect(statuses.filter((it) => it !== 200).every((it) => it === 429)).toBe(true);
    expect(await statusWith(system.adminToken, '/resources', limited.url)).toBe(200);
    await limited.kill('SIGTERM');
  });

  it('signs in from a terminal by a code that is typed into the console', async () => {
    const home = mkdtempSync(join(tmpdir(), 'berth-cli-'));
    const running: ChildProcess[] = [];
    const berth = (...words: string[]) => {
      const child = spawn(process.execPath, ['dist/apps/cli/src/main.js', ...words], {
        env: { PATH: process.env['PATH'], XDG_CONFIG_HOME: home, BERTH_URL: system.url },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      running.push(child);
      const out: string[] = [];
      child.stdout.on('data', (it: Buffer) => out.push(it.toString()));
      const ended = new Promise<{ code: number | null; out: string }>((resolve) =>
        child.once('close', (code) => resolve({ code, out: out.join('') })),
      );
      const code = new Promise<string>((resolve) =>
        createInterface({ input: child.stderr }).on('line', (line) => {
          const [, found] = /enter ([B-Z]{4}-[B-Z]{4})/.exec(line) ?? [];
          if (found) resolve(found);
        }),
      );
      return { ended, code };
    };
    try {
      expect((await berth('api', 'GET', '/resources').ended).code).toBe(4);
      const login = berth('auth', 'login', '--client', publicOne.id);
      const userCode = await login.code;
      const asked = await ana.call('POST', '/oauth/device/look', { body: { userCode } });
      expect(asked.body).toMatchObject({
        client: { name: 'Berth CLI' },
        person: { id: ana.id },
        scopes: ['profile:manage', 'resource:read'],
      });
      expect((await ana.call('POST', '/oauth/device/answer', { body: { userCode, allow: true } })).status).toBe(204);
      expect((await login.ended).code).toBe(0);
      expect(statSync(join(home, 'berth', 'credentials.json')).mode & 0o777).toBe(0o600);

      const status = await berth('auth', 'status').ended;
      expect([status.code, JSON.parse(status.out).id]).toEqual([0, ana.id]);
      const listed = await berth('api', 'GET', '/resources').ended;
      expect([listed.code, Array.isArray(JSON.parse(listed.out).data)]).toEqual([0, true]);
      expect((await berth('api', 'GET', '/roles').ended).code).toBe(5);
      expect((await ana.call('GET', '/oauth/grants')).body.data[0]).toMatchObject({ client: { name: 'Berth CLI' } });
      expect((await berth('auth', 'logout').ended).code).toBe(0);
      expect((await berth('auth', 'status').ended).code).toBe(4);
    } finally {
      for (const child of running) if (child.exitCode === null) child.kill();
      rmSync(home, { recursive: true, force: true });
    }
  });
});
