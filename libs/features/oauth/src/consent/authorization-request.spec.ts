import type { KnownClient } from '../protocol/client-authentication';
import { judgeRequest } from './authorization-request';

const client: KnownClient = {
  id: 'app',
  organizationId: 'acme',
  ownerId: 'ana',
  name: 'App',
  type: 'public',
  grantTypes: ['authorization_code'],
  redirectUris: ['https://app.example/cb', 'https://app.example/cb?from=berth'],
  scopes: ['resource:read', 'resource:manage'],
};
const clients = { known: (id: string) => Promise.resolve(id === client.id ? client : undefined) };
const good = {
  client_id: 'app',
  redirect_uri: 'https://app.example/cb',
  response_type: 'code',
  scope: 'resource:read',
  state: 'xyz',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
};
const judge = (changed: Record<string, string | undefined>, more = '') => {
  const all = Object.entries({ ...good, ...changed }).filter((it): it is [string, string] => it[1] !== undefined);
  return judgeRequest(new URLSearchParams(all).toString() + more, 'https://berth.example', clients);
};

describe('A request for authorization', () => {
  it('is put to the person when it is in order, with what is asked for and registered', async () => {
    expect(await judge({ scope: 'resource:read user:manage' })).toMatchObject({
      kind: 'good',
      request: { scopes: ['resource:read'], state: 'xyz', redirectUri: 'https://app.example/cb' },
    });
    expect(await judge({ scope: undefined, state: undefined })).toMatchObject({
      kind: 'good',
      request: { scopes: ['resource:manage', 'resource:read'], state: undefined },
    });
    expect(await judge({}, '&nonce=1&prompt=login')).toMatchObject({ kind: 'good' });
  });

  it.each([
    { client_id: 'other' },
    { client_id: undefined },
    { redirect_uri: undefined },
    { redirect_uri: 'https://app.example/cb/' },
    { redirect_uri: 'https://app.example/c' },
    { redirect_uri: 'https://app.example/cb?' },
    { redirect_uri: 'https://app.example/cb#x' },
    { redirect_uri: 'https://app.example/cb/../evil' },
    { redirect_uri: 'https://app.example.evil.example/cb' },
    { redirect_uri: 'https://app.example@evil.example/cb' },
    { redirect_uri: 'http://app.example/cb' },
    { redirect_uri: 'https://APP.example/cb' },
    { redirect_uri: 'https://app.example:443/cb' },
    { redirect_uri: 'https://app.example/cb%20' },
  ])('sends nobody anywhere with %j', async (changed) => {
    expect(await judge(changed)).toMatchObject({ kind: 'broken' });
  });

  it.each([`&redirect_uri=${encodeURIComponent('https://evil.example')}`, '&client_id=app'])('nor with %s twice', async (more) => {
    expect(await judge({}, more)).toMatchObject({ kind: 'broken' });
  });

  it.each([
    [{ code_challenge: undefined }, 'invalid_request'],
    [{ code_challenge_method: undefined }, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ code_challenge: 'short' }, 'invalid_request'],
    [{ response_type: undefined }, 'invalid_request'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_mode: 'fragment' }, 'invalid_request'],
    [{ scope: 'user:manage' }, 'invalid_scope'],
  ])('goes back to the client with %j', async (changed, error) => {
    const judged = await judge(changed);
    const url = new URL(judged.kind === 'refused' ? judged.redirectTo : 'https://nowhere.example');
    expect(url.origin + url.pathname).toBe('https://app.example/cb');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ error, state: 'xyz', iss: 'https://berth.example' });
  });

  it('keeps the query a redirect URI is registered with, and brings no state where none was sent', async () => {
    const judged = await judge({ redirect_uri: 'https://app.example/cb?from=berth', state: undefined, code_challenge: undefined });
    const url = new URL(judged.kind === 'refused' ? judged.redirectTo : 'https://nowhere.example');
    expect(url.searchParams.get('from')).toBe('berth');
    expect(url.searchParams.has('state')).toBe(false);
  });

  it('is refused when a parameter comes twice', async () => {
    expect(await judge({}, '&scope=resource%3Amanage')).toMatchObject({ kind: 'refused' });
    expect(await judge({}, '&state=other')).toMatchObject({ kind: 'refused', redirectTo: expect.not.stringContaining('state=') });
  });
});
