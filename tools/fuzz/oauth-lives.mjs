import { createHash, randomBytes } from 'node:crypto';

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const REDIRECT = 'https://app.example/callback';

/** A registration with every grant. */
export const aClient = (scene) => ({
  ...{ name: scene.unique(), type: 'confidential', redirectUris: [REDIRECT], scopes: ['resource:read'], perMinute: 600 },
  grantTypes: ['client_credentials', 'authorization_code', 'refresh_token', DEVICE],
});

const registered = (tools, scene) => tools.create('/oauth/clients', aClient(scene));
const form = (fields) => ({
  ...{ body: undefined, query: [], contentType: 'application/x-www-form-urlencoded' },
  raw: new URLSearchParams(fields).toString(),
});
const identity = ({ id, secret }) => ({ client_id: id, client_secret: secret });
const asks = ({ id }, challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM') =>
  new URLSearchParams({
    ...{ client_id: id, redirect_uri: REDIRECT, response_type: 'code', state: 'x' },
    ...{ code_challenge: challenge, code_challenge_method: 'S256' },
  }).toString();

async function aUserCode(run, tools, scene) {
  const client = await registered(tools, scene);
  return (await run.client.must('POST', '/oauth/device', new URLSearchParams(identity(client)))).user_code;
}

/** What somebody let a client, with tokens fetched for it. */
async function aGrant({ client: api }, tools, scene) {
  const client = await registered(tools, scene);
  const verifier = randomBytes(32).toString('base64url');
  const request = asks(client, createHash('sha256').update(verifier).digest('base64url'));
  const { redirectTo } = await api.must('POST', '/oauth/consent', { request, allow: true });
  const code = new URL(redirectTo).searchParams.get('code') ?? '';
  const fetching = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: REDIRECT, ...identity(client) };
  await api.must('POST', '/oauth/token', new URLSearchParams(fetching));
  return (await api.must('GET', '/oauth/grants')).data[0].id;
}

/**
 * What requests of OAuth 2.0 need: a client, its secret, a code somebody waits with.
 * @type {Record<string, (run: any, tools: import('./lives.mjs').Tools, scene: any) => Promise<object>>}
 */
export const oauthLives = {
  'POST /oauth/clients': async (_run, _tools, scene) => ({ body: aClient(scene) }),
  'POST /oauth/clients/{id}/rotate-secret': async (_run, tools, scene) => ({ path: { id: (await registered(tools, scene)).id } }),
  'POST /oauth/token': async (_run, tools, scene) =>
    form({ grant_type: 'client_credentials', ...identity(await registered(tools, scene)) }),
  'POST /oauth/revoke': async (_run, tools, scene) => form({ token: scene.unique(), ...identity(await registered(tools, scene)) }),
  'POST /oauth/introspect': async (_run, tools, scene) => form({ token: scene.unique(), ...identity(await registered(tools, scene)) }),
  'POST /oauth/device': async (_run, tools, scene) => form(identity(await registered(tools, scene))),
  'POST /oauth/consent/look': async (_run, tools, scene) => ({ body: { request: asks(await registered(tools, scene)) } }),
  'POST /oauth/consent': async (_run, tools, scene) => ({ body: { request: asks(await registered(tools, scene)), allow: true } }),
  'DELETE /oauth/grants/{id}': async (run, tools, scene) => ({ path: { id: await aGrant(run, tools, scene) } }),
  'POST /oauth/device/look': async (run, tools, scene) => ({ body: { userCode: await aUserCode(run, tools, scene) } }),
  'POST /oauth/device/answer': async (run, tools, scene) => ({ body: { userCode: await aUserCode(run, tools, scene), allow: true } }),
};
