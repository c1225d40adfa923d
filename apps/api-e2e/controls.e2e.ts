import { newId } from '@berth/kernel';
import { type Operation, operationsOf } from '../../tools/fuzz/openapi.mjs';
import { caller, type Call } from './http';
import { type RunningSystem, startSystem } from './start-system';

const HOME = 'https://berth.example';
const NEAR_HOME = [
  'https://berth.example.evil.example',
  'https://evilberth.example',
  'https://evil.berth.example',
  'https://berth.example:8443',
  'http://berth.example',
  'https://BERTH.EXAMPLE.',
  'https://berth.example@evil.example',
  'https://xn--brth-poa.example',
  'https://berth.example%2eevil.example',
  'https://berth.example evil.example',
  'https://evil.example',
  'file://',
  'null',
  'https://127.0.0.1',
];
/** Columns of tables that no request may set unless it says so itself. */
const OURS = {
  id: newId(),
  orgId: newId(),
  organizationId: newId(),
  accountId: newId(),
  isAdmin: true,
  permissions: ['organization:manage'],
  passwordHash: 'x',
  createdAt: '2020-01-01T00:00:00Z',
  updatedAt: '2020-01-01T00:00:00Z',
  bookedById: newId(),
  holdUntil: '2030-01-01T00:00:00Z',
  undoUntil: '2030-01-01T00:00:00Z',
};

/** Controls of reliability.md §2 that hold for every route, whatever it does. */
describe('On every route', () => {
  let system: RunningSystem;
  let operations: Operation[];
  let stranger: Call;
  let admin: Call;

  beforeAll(async () => {
    system = await startSystem({ BERTH_ROLES: 'api', BERTH_PUBLIC_URL: HOME, BERTH_LOG_LEVEL: 'debug' });
    stranger = caller(system.url);
    admin = caller(system.url, system.adminToken);
    operations = operationsOf((await stranger('GET', '//api/openapi.json')).body);
  });
  afterAll(() => system.stop());

  /** An address of a route that names nothing there is; streams are another subject. */
  const addresses = (): { operation: Operation; path: string }[] =>
    operations
      .filter((it) => it.path.startsWith('/api/v1/') && !it.path.endsWith('/stream'))
      .map((operation) => ({ operation, path: operation.path.replace('/api/v1', '').replaceAll(/\{[^}]+\}/g, newId()) }));

  it('HDR-01 answers carry the headers that guard them: refusals, errors and files as well', async () => {
    const asked = addresses();
    const answers = [
      ...(await Promise.all(asked.map(({ operation: { method }, path }) => stranger(method, path)))),
      ...(await Promise.all(asked.filter((it) => it.operation.method === 'GET').map(({ path }) => admin('GET', path)))),
      await admin('POST', '/reservations', { body: '{', headers: { 'content-type': 'application/json' } }),
      await stranger('GET', '//'),
      await stranger('GET', '//no/such/file.js'),
      await stranger('GET', '//api/openapi.json'),
      await stranger('GET', '//healthz'),
      await stranger('PROPFIND', '/reservations'),
    ];

    const bare = answers.flatMap(({ headers, status }, i) => {
      const missing = Object.entries({
        'content-security-policy': /default-src 'none'.*frame-ancestors 'none'.*require-trusted-types-for 'script'/,
        'strict-transport-security': /max-age=31536000; includeSubDomains/,
        'x-content-type-options': /^nosniff$/,
        'cross-origin-opener-policy': /^same-origin$/,
        'cross-origin-resource-policy': /^same-origin$/,
        'referrer-policy': /^no-referrer$/,
        ...(i < asked.length && { 'cache-control': /no-store|private/ }),
      }).flatMap(([name, wanted]) => (wanted.test(headers.get(name) ?? '') ? [] : [name]));
      const unsafe = headers.get('content-security-policy')?.includes('unsafe-') ? ['unsafe'] : [];
      return [...missing, ...unsafe].map((it) => `${asked[i]?.operation.name ?? `#${i}`} (${status}): ${it}`);
    });
    expect(bare).toEqual([]);
    expect(new Set(answers.map((it) => it.status)).size).toBeGreaterThanOrEqual(4);
  });

  it('CORS-01 pages of other origins are given nothing, asked first or not', async () => {
    const shared: string[] = [];
    for (const origin of NEAR_HOME) {
      for (const path of ['/users/me', '/reservations', '/token']) {
        const headers = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
        for (const answer of [await stranger('OPTIONS', path, { headers }), await admin('GET', path, { headers: { origin } })]) {
          shared.push(
            ...[...answer.headers.keys()].filter((it) => it.startsWith('access-control-')).map((it) => `${origin} ${path}: ${it}`),
          );
        }
      }
    }
    expect(shared).toEqual([]);
  });

  it('MASS-01 what a request may not set is refused by name', async () => {
    const writing = addresses().filter(({ operation }) => operation.bodies['application/json']?.properties && operation.needsToken);
    const taken: string[] = [];
    for (const { operation, path } of writing) {
      const known = Object.keys(operation.bodies['application/json'].properties);
      const extra = Object.fromEntries(Object.entries(OURS).filter(([name]) => !known.includes(name)));
      const answer = await admin(operation.method, path, { body: extra, headers: { 'if-match': '*' } });
      const named: string[] = (answer.body.errors ?? [])
        .filter((it: { code: string }) => it.code === 'unknown-property')
        .map((it: { pointer: string }) => it.pointer.slice(1));
      const passed = Object.keys(extra).filter((name) => !named.includes(name));
      if (answer.body.code !== 'validation-failed' || passed.length > 0)
        taken.push(`${operation.name} answered ${answer.status} and let pass ${passed.join()}`);
    }
    expect(taken).toEqual([]);
    expect(writing.length).toBeGreaterThan(60);
  });

  it('LOG-01 secrets that are sent anywhere stand in no answer, no log and no event', async () => {
    const canary = `canary${newId().replaceAll('-', '')}`;
    const secrets = Object.fromEntries(
      [
        'password',
        'currentPassword',
        'newPassword',
        'token',
        'refresh_token',
        'secret',
        'code',
        'recoveryCode',
        'client_secret',
        'setupToken',
      ].map((name) => [name, canary]),
    );
    const told: string[] = [];
    for (const { operation, path } of addresses()) {
      const asked = `${path}?token=${canary}&password=${canary}`;
      const body = operation.method === 'GET' || operation.method === 'DELETE' ? undefined : secrets;
      const headers = { cookie: `berth_session=${canary}; __Host-rt=${canary}`, 'x-api-key': canary, 'if-match': '*' };
      for (const answer of [
        await caller(system.url, canary)(operation.method, asked, { body, headers }),
        await admin(operation.method, path, { body, headers }),
      ]) {
        if (JSON.stringify(answer.body).includes(canary)) told.push(`${operation.name} answered ${answer.status} with it`);
      }
    }
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    await stranger('POST', '/token', { body: `grant_type=password&username=admin&password=${canary}`, headers: form });
    const events = await system.asOwner<{ n: number }>('select count(*)::int as n from event where data::text like $1', [`%${canary}%`]);

    expect(told).toEqual([]);
    expect(events).toEqual([{ n: 0 }]);
    expect(system.log()).not.toContain(canary);
    // The log was written meanwhile, as verbose as it can be.
    expect(system.log().split('\n').length).toBeGreaterThan(addresses().length);
  });
});
