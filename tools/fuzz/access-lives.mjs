import { generateKeyPairSync } from 'node:crypto';
import { ifMatch } from './if-match.mjs';
import { aClient, oauthLives } from './oauth-lives.mjs';
import { webhookLives } from './webhook-lives.mjs';

const EVERYONE = { mode: 'everyone', groupIds: [] };
const OPEN = { see: EVERYONE, book: EVERYONE };

/**
 * What requests about people and their rights need: a group, a role, a person who may lose the password.
 * @type {Record<string, (run: any, tools: import('./lives.mjs').Tools, scene: any) => Promise<object>>}
 */
export const accessLives = {
  ...around('/groups', {
    make: (tools, scene) => tools.create('/groups', { name: scene.unique() }),
    change: (scene) => ({ name: scene.unique() }),
  }),
  ...around('/roles', {
    make: (tools, scene) => tools.create('/roles', { name: scene.unique(), permissions: ['resource:read'] }),
    change: (scene) => ({ name: scene.unique() }),
  }),
  ...around('/quotas/tiers', {
    make: (tools, scene) => tools.create('/quotas/tiers', { name: scene.unique(), perMinute: 100 }),
    change: () => ({ perMinute: 200 }),
  }),
  ...around('/identity-providers', {
    make: (tools, scene) => tools.create('/identity-providers', aProvider(scene)),
    change: (scene) => ({ name: scene.unique() }),
  }),
  'POST /identity-providers': async (_run, _tools, scene) => ({ body: aProvider(scene) }),
  'POST /identity-providers/test': async () => ({ body: { issuer: 'http://127.0.0.1:1' } }),
  'PUT /identity-providers/order': async ({ client }, tools, scene) => ({
    body: { ids: [(await tools.create('/identity-providers', aProvider(scene))).id] },
    headers: await ifMatch(client, '/identity-providers', 'orderVersion'),
  }),
  ...around('/quotas/rules', {
    make: (tools, scene) => aQuota(tools, scene),
    change: () => ({ limit: 2_000 }),
  }),
  'POST /quotas/rules': async (_run, tools, scene) => ({ body: await quotaDraft(tools, scene) }),
  'POST /quotas/rules/simulate': async (_run, tools, scene) => ({ body: await quotaDraft(tools, scene) }),
  'GET /quotas/rules/{id}/usage': async (_run, tools, scene) => ({ path: { id: (await aQuota(tools, scene)).id } }),
  // For somebody who is needed for nothing else: a limit of zero is allowed, and keeps them from every reservation.
  'PUT /quotas/rules/{id}/exceptions/{accountId}': async (run, tools, scene) => ({
    path: { id: (await aQuota(tools, scene)).id, accountId: await aPerson(run, tools, scene) },
    headers: { 'if-match': '"1"' },
    body: { limit: null, until: '2099-01-01T00:00:00Z' },
  }),
  'DELETE /quotas/rules/{id}/exceptions/{accountId}': async (run, tools, scene) => {
    const path = { id: (await aQuota(tools, scene)).id, accountId: await aPerson(run, tools, scene) };
    const exception = { limit: null, until: '2099-01-01T00:00:00Z' };
    await run.client.must('PUT', `/quotas/rules/${path.id}/exceptions/${path.accountId}`, exception, { 'if-match': '"1"' });
    return { path, headers: { 'if-match': '"2"' } };
  },
  'POST /system/readers/{name}/replay': async () => ({ path: { name: 'waitlist' }, body: { after: 0 } }),
  'GET /groups/{id}/members': async (_run, tools, scene) => ({ path: { id: await aGroup(tools, scene) } }),
  'POST /groups/{id}/members': async (_run, tools, scene) => ({
    path: { id: await aGroup(tools, scene) },
    body: { accountId: scene.own.users[1] },
  }),
  'DELETE /groups/{id}/members/{accountId}': async (_run, tools, scene) => {
    const id = await aGroup(tools, scene);
    await tools.create(`/groups/${id}/members`, { accountId: scene.own.users[1] });
    return { path: { id, accountId: scene.own.users[1] } };
  },
  'POST /roles/{id}/preview': async (_run, tools, scene) => ({ path: { id: await aRole(tools, scene) }, body: { permissions: [] } }),
  'POST /roles/assignments': async (_run, tools, scene) => ({ body: await anAssignment(tools, scene) }),
  'DELETE /roles/assignments/{id}': async (_run, tools, scene) => ({
    path: { id: (await tools.create('/roles/assignments', await anAssignment(tools, scene))).id },
  }),
  'GET /roles/explain': async (_run, _tools, scene) => ({
    query: [
      ['user', scene.own.users[1]],
      ['permission', 'resource:read'],
    ],
  }),
  'GET /groups/{id}/uses': async (_run, tools, scene) => ({ path: { id: await aGroup(tools, scene) } }),
  'POST /sites/{id}/access/preview': async (_run, _tools, scene) => ({ path: { id: scene.own.sites[0] }, body: OPEN }),
  'POST /resources/{id}/access/preview': async (_run, tools) => ({ path: { id: await tools.resource() }, body: OPEN }),
  'PUT /sites/{id}/access': async (run, _tools, scene) => opened(run, `/sites/${scene.own.sites[0]}`),
  'PUT /resources/{id}/access': async (run, tools) => opened(run, `/resources/${await tools.resource()}`),
  'PUT /resources/{id}/assignment': async (_run, tools, scene) => ({
    path: { id: await tools.resource() },
    headers: { 'if-match': '"1"' },
    body: { personId: scene.own.users[1], reservations: 'keep' },
  }),
  'DELETE /resources/{id}/assignment': async (run, tools, scene) => ({
    path: { id: await assigned(run, tools, scene) },
    headers: { 'if-match': '"2"' },
  }),
  'PUT /resources/{id}/assignment/shared-days': async (run, tools, scene) => ({
    path: { id: await assigned(run, tools, scene) },
    body: soonShared(),
  }),
  'DELETE /resources/{id}/assignment/shared-days': async (run, tools, scene) => ({
    path: { id: await assigned(run, tools, scene) },
    query: Object.entries(soonShared()),
  }),
  'PUT /quotas/users/{id}': async (run, tools, scene) => ({
    path: { id: await aPerson(run, tools, scene) },
    headers: { 'if-match': '"1"' },
    body: { tierId: (await tools.create('/quotas/tiers', { name: scene.unique(), perMinute: 100 })).id },
  }),
  'POST /users/me/ssh-keys': async () => ({ body: { publicKey: aPublicKey() } }),
  'DELETE /users/me/ssh-keys/{id}': async (_run, tools) => ({
    path: { id: (await tools.create('/users/me/ssh-keys', { publicKey: aPublicKey() })).id },
  }),
  ...around('/oauth/clients', {
    make: (tools, scene) => tools.create('/oauth/clients', aClient(scene)),
    change: () => ({ perMinute: 100 }),
  }),
  // Places made by chance are none there are.
  'POST /users/me/tokens': async ({ random }, _tools, scene) => ({
    body: {
      name: scene.unique(),
      scopes: ['resource:read'],
      expiresInDays: 7,
      ...(random.happens(0.5) && { places: { siteIds: [], resourceIds: [scene.own.resources[0]] } }),
    },
  }),
  'DELETE /tokens/{id}': async (_run, tools, scene) => ({
    path: { id: (await tools.create('/users/me/tokens', { name: scene.unique(), scopes: ['resource:read'], expiresInDays: 7 })).id },
  }),
  ...oauthLives,
  ...webhookLives,
  // Wrong codes hold up whoever types them, so somebody new types each.
  'POST /oauth/device/look': async (run, tools, scene) => ({
    ...(await oauthLives['POST /oauth/device/look'](run, tools, scene)),
    ...(await asNewcomer(run, tools, scene)),
  }),
  'POST /oauth/device/answer': async (run, tools, scene) => ({
    ...(await oauthLives['POST /oauth/device/answer'](run, tools, scene)),
    ...(await asNewcomer(run, tools, scene)),
  }),
  'DELETE /users/me/tokens/{id}': async (_run, tools, scene) => ({
    path: { id: (await tools.create('/users/me/tokens', { name: scene.unique(), scopes: ['resource:read'], expiresInDays: 7 })).id },
  }),
  'DELETE /auth/sessions/{id}': async (run) => {
    const { access_token: token } = await run.fuzzer.signIn();
    const { data } = await run.client.must('GET', '/auth/sessions', undefined, { authorization: `Bearer ${token}` });
    run.tokens.leaving = (await run.fuzzer.signIn()).access_token;
    return { path: { id: data.find((it) => it.current).id }, token: 'leaving' };
  },
  'POST /users/invitations/{id}/resend': async (_run, tools, scene) => ({ path: { id: (await invited(tools, scene)).id } }),
  'DELETE /users/invitations/{id}': async (_run, tools, scene) => ({ path: { id: (await invited(tools, scene)).id } }),
  'POST /auth/invitation/look': async (_run, tools, scene) => ({ body: { token: tokenOf(await invited(tools, scene)) } }),
  'POST /auth/invitation/accept': async (run, tools, scene) => ({
    body: { token: tokenOf(await invited(tools, scene)), username: scene.unique(), password: run.fuzzer.password },
  }),
  'POST /auth/password/change': async (run, tools, scene) => ({
    ...(await asNewcomer(run, tools, scene)),
    body: { current: run.fuzzer.password, password: `${run.fuzzer.password} ${scene.unique()}` },
  }),
  'POST /users/me/email': async (run, tools, scene) => ({
    ...(await asNewcomer(run, tools, scene)),
    body: { email: `${scene.unique()}@example.org`, password: run.fuzzer.password },
  }),
  // Of two sessions the one that asks stays.
  'DELETE /auth/sessions': async (run, tools, scene) => asNewcomer(run, tools, scene, 2),
  'PUT /auth/mfa/policy': async (run) => ({ ...(await asRead(run, '/auth/mfa/policy')), body: { roles: [] } }),
  'PUT /password-rules': (run) => asRead(run, '/password-rules'),
  'PUT /privacy-rules': (run) => asRead(run, '/privacy-rules'),
  'PUT /audit/retention': (run) => asRead(run, '/audit/retention'),
  'POST /auth/passkeys/setup': async (run, tools, scene) => ({
    ...(await asNewcomer(run, tools, scene)),
    body: { password: run.fuzzer.password },
  }),
  'POST /users/me/export': async (run, tools, scene) => ({
    ...(await asNewcomer(run, tools, scene)),
    body: { password: run.fuzzer.password },
  }),
  'POST /users/me/erase': async (run, tools, scene) => {
    const { headers } = await asRead(run, '/privacy-rules');
    await run.client.must('PUT', '/privacy-rules', { mayEraseOneself: true }, headers);
    return { ...(await asNewcomer(run, tools, scene)), body: { password: run.fuzzer.password } };
  },
  'POST /users/{id}/suspend': async (run, tools, scene) => ({
    path: { id: await aPerson(run, tools, scene) },
    body: { reservations: 'cancel' },
  }),
  'POST /users/{id}/stand-in': async (run, tools, scene) => ({
    path: { id: await aPerson(run, tools, scene) },
    body: { reason: `Looks at ${scene.unique()}` },
  }),
  'DELETE /auth/stand-in': async (run) => ({ headers: { origin: new URL(run.url).origin } }),
  'POST /users/{id}/reactivate': async (run, tools, scene) => {
    const id = await aPerson(run, tools, scene);
    await tools.create(`/users/${id}/suspend`, { reservations: 'cancel' });
    return { path: { id } };
  },
  'POST /users/{id}/erase': async (run, tools, scene) => ({
    path: { id: await aPerson(run, tools, scene) },
    body: { reservations: 'cancel' },
  }),
  'POST /users/{id}/merge': async (run, tools, scene) => ({
    path: { id: await aPerson(run, tools, scene) },
    body: { into: await aPerson(run, tools, scene) },
  }),
  'POST /auth/mfa/setup': async (run, tools, scene) => ({
    ...(await asNewcomer(run, tools, scene)),
    body: { password: run.fuzzer.password },
  }),
};

/** The version of settings of the organization. */
const asRead = async ({ client }, path) => ({ headers: await ifMatch(client, path) });

/** Reading, changing and deleting what is at `path`. */
function around(path, { make, change }) {
  return {
    [`GET ${path}/{id}`]: async (_run, tools, scene) => ({ path: { id: (await make(tools, scene)).id } }),
    [`PATCH ${path}/{id}`]: async (_run, tools, scene) => {
      const { id, version } = await make(tools, scene);
      return { path: { id }, headers: { 'if-match': `"${version}"` }, body: change(scene) };
    },
    [`DELETE ${path}/{id}`]: async (_run, tools, scene) => {
      const { id, version } = await make(tools, scene);
      return { path: { id }, headers: { 'if-match': `"${version}"` } };
    },
  };
}

/** A resource of its own that is somebody's. */
async function assigned({ client }, tools, scene) {
  const id = await tools.resource();
  await client.must('PUT', `/resources/${id}/assignment`, { personId: scene.own.users[1] }, { 'if-match': '"1"' });
  return id;
}

const soonShared = () => {
  const day = (after) => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);
  return { from: day(2), to: day(3) };
};

/** Nobody may sign in there, so no request leaves for it. */
const aProvider = (scene) => ({ key: scene.unique(), name: 'ID', issuer: 'https://id.example.org', clientId: 'berth', enabled: false });
const aGroup = async (tools, scene) => (await tools.create('/groups', { name: scene.unique() })).id;
const aRole = async (tools, scene) => (await tools.create('/roles', { name: scene.unique(), permissions: ['resource:read'] })).id;
const anAssignment = async (tools, scene) => ({ roleId: await aRole(tools, scene), accountId: scene.own.users[1] });

/** Says what is true already: a shut gate would refuse what later requests ask. */
async function opened({ client }, path) {
  return { path: { id: path.split('/').at(-1) }, headers: await ifMatch(client, path), body: OPEN };
}

const invited = (tools, scene) => tools.create('/users/invite', { email: `${scene.unique()}@example.org`, role: 'user' });
const tokenOf = ({ link }) => decodeURIComponent(link.split('#')[1]);

/** A quota of what nobody books: a mutation may leave nothing of it. */
const quotaDraft = async (tools, scene) => ({
  name: scene.unique(),
  who: { kind: 'everyone', id: null },
  what: { kind: 'resource', id: await tools.resource() },
  measure: 'count',
  window: 'month',
  limit: 1_000_000,
});
const aQuota = async (tools, scene) => tools.create('/quotas/rules', await quotaDraft(tools, scene));

/** Somebody who is needed for nothing else. */
async function aPerson({ fuzzer: { password } }, tools, scene) {
  const username = scene.unique();
  return (await tools.create('/users', { username, displayName: username, email: `${username}@example.org`, role: 'user', password })).id;
}

/** Somebody whose password and address may change, signed in. */
async function asNewcomer(run, tools, scene, sessions = 1) {
  const { password } = run.fuzzer;
  const username = scene.unique();
  await tools.create('/users', { username, displayName: username, email: `${username}@example.org`, role: 'user', password });
  for (let n = 0; n < sessions; n++) run.tokens.leaving = await signedIn(run, username);
  return { token: 'leaving' };
}

const signedIn = async ({ client, fuzzer: { password } }, username) =>
  (await client.must('POST', '/token', new URLSearchParams({ grant_type: 'password', username, password }))).access_token;

/** An ed25519 key as OpenSSH writes it (RFC 8709 §4). */
function aPublicKey() {
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const part = (bytes) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  return `ssh-ed25519 ${Buffer.concat([part(Buffer.from('ssh-ed25519')), part(Buffer.from(x, 'base64url'))]).toString('base64')}`;
}
