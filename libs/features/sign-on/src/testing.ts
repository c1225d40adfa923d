import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';

/** A person at the provider; `sub` is what they type in to sign in there. */
export type PersonThere = Readonly<Record<string, unknown>> & { readonly sub: string };

/** A real OpenID provider on loopback (`oidc-provider`), set up as one of the kinds people have. */
export interface RunningProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Adds a person, or changes what is said of them from the next sign-in on. */
  knows(person: PersonThere): void;
  /** Says with the next sign-ins how people showed who they are. */
  showing(factors: { readonly acr?: string; readonly amr?: readonly string[] }): void;
  /** Changes ID tokens on their way out, and signs them anew; `alg: 'none'` leaves them without a signature. */
  lyingWith(lie: Lie | undefined): void;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

export type Lie = (claims: Record<string, unknown>) => {
  readonly claims: Record<string, unknown>;
  readonly alg?: 'none';
  readonly key?: KeyObject;
};

export interface ProviderWanted {
  /** Keycloak: groups, realm roles, refresh, a place to sign out. Google: none of these, but a hosted domain and proved addresses. */
  readonly like: 'keycloak' | 'google';
  readonly redirectUris: readonly string[];
  readonly signedOutUris?: readonly string[];
  /** What it is called; `localhost` is another site than 127.0.0.1 to a browser. */
  readonly host?: 'localhost';
}

const CLIENT = { clientId: 'berth', clientSecret: 'a secret of thirty-two characters' };
const CLAIMS = {
  keycloak: {
    openid: ['sub', 'acr', 'amr'],
    email: ['email', 'email_verified'],
    profile: ['name', 'preferred_username', 'groups', 'realm_access'],
  },
  google: { openid: ['sub', 'hd', 'acr', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
};

/** What of `oidc-provider` is used here; the package brings no types. */
interface Engine {
  callback(): (request: IncomingMessage, response: ServerResponse) => void;
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
  Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> };
}

export async function startProvider(wanted: ProviderWanted): Promise<RunningProvider> {
  const people = new Map<string, PersonThere>();
  const asked: string[] = [];
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let factors: { acr?: string; amr?: readonly string[] } = {};
  let lie: Lie | undefined;
  const server = createServer();
  const issuer = await listen(server, wanted.host ?? '127.0.0.1');
  const engine = await engineAt(issuer, wanted, people, keys.privateKey);
  const serve = engine.callback();
  server.on('request', (request, response) => {
    asked.push(`${request.method} ${request.url?.split('?')[0]}`);
    if (request.url?.startsWith('/interaction/')) return void interact(engine, request, response, () => factors);
    if (request.url === '/token' && lie) lieWith(response, lie, keys.privateKey);
    return serve(request, response);
  });
  return {
    ...{ issuer, ...CLIENT, asked },
    knows: (person) => void people.set(person.sub, person),
    showing: (shown) => void (factors = shown),
    lyingWith: (it) => void (lie = it),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function engineAt(issuer: string, wanted: ProviderWanted, people: Map<string, PersonThere>, key: KeyObject): Promise<Engine> {
  const name: string = 'oidc-provider';
  const { default: Provider } = (await import(name)) as { default: new (issuer: string, settings: object) => Engine };
  const memory: string = `${name}/lib/adapters/memory_adapter.js`;
  const { createMemoryAdapter } = (await import(memory)) as { createMemoryAdapter: () => (model: string) => object };
  const made: Engine = new Provider(issuer, {
    // Its own, named: with the one it falls back on it warns that all is kept in memory.
    adapter: createMemoryAdapter(),
    clients: [
      {
        ...{ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, redirect_uris: wanted.redirectUris },
        ...{ post_logout_redirect_uris: wanted.signedOutUris ?? [], response_types: ['code'] },
        grant_types: wanted.like === 'keycloak' ? ['authorization_code', 'refresh_token'] : ['authorization_code'],
        token_endpoint_auth_method: wanted.like === 'keycloak' ? 'client_secret_basic' : 'client_secret_post',
      },
    ],
    claims: CLAIMS[wanted.like],
    // Keycloak and Google both put what was asked for into the ID token.
    conformIdTokenClaims: false,
    acrValues: ['0', 'gold'],
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, RefreshToken: 600, Session: 600 },
    pkce: { required: () => true },
    jwks: { keys: [{ ...key.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['a key of the tests'] },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: wanted.like === 'keycloak', logoutSource: askToLeave },
    },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: unknown, sub: string) => people.has(sub) && { accountId: sub, claims: () => ({ ...people.get(sub) }) },
    // Nobody is asked what Berth may know.
    loadExistingGrant: async ({
      oidc,
    }: {
      oidc: { session: { accountId: string }; client: { clientId: string }; params: { scope: string } };
    }) => {
      const grant = new made.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
      grant.addOIDCScope(oidc.params.scope);
      await grant.save();
      return grant;
    },
  });
  return made;
}

/** The provider's own page for signing out; the one it falls back on says at each use that it should be another. */
function askToLeave(context: { body: string }, form: string): void {
  context.body = `<!doctype html><html lang="en"><title>Provider</title><h1>Provider</h1>${form}
    <button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`;
}

/** The provider's own page: a name is enough, and one may think better of it. */
async function interact(engine: Engine, request: IncomingMessage, response: ServerResponse, shown: () => object): Promise<void> {
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><title>Provider</title><h1>Provider</h1>
      <form method="post"><label>Account <input name="login" autofocus></label>
      <button name="go" value="in">Sign in</button> <button name="go" value="cancel">Cancel</button></form>`);
    return;
  }
  let body = '';
  for await (const part of request as AsyncIterable<Buffer>) body += String(part);
  const form = new URLSearchParams(body);
  const cancelled = { error: 'access_denied', error_description: 'the person thought better of it' };
  const login = { login: { accountId: form.get('login'), ...shown() } };
  await engine.interactionFinished(request, response, form.get('go') === 'cancel' ? cancelled : login);
}

function lieWith(response: ServerResponse, lie: Lie, key: KeyObject): void {
  const end = response.end.bind(response);
  response.end = ((chunk?: string | Buffer) => {
    void altered(String(chunk ?? ''), lie, key).then((text) => {
      response.setHeader('content-length', Buffer.byteLength(text));
      end(text);
    });
    return response;
  }) as typeof response.end;
}

async function altered(text: string, lie: Lie, key: KeyObject): Promise<string> {
  const answer = JSON.parse(text) as { id_token?: string };
  if (!answer.id_token) return text;
  const said = lie(JSON.parse(Buffer.from(answer.id_token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>);
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const idToken =
    said.alg === 'none'
      ? `${encode({ alg: 'none' })}.${encode(said.claims)}.`
      : await new SignJWT(said.claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(said.key ?? key);
  return JSON.stringify({ ...answer, id_token: idToken });
}

async function listen(server: Server, host: string): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

/** A browser as far as a provider sees one: it keeps cookies, follows redirects and sends the form. */
export class Visitor {
  private readonly cookies = new Map<string, string>();

  /**
   * Signs in at the provider as somebody, or thinks better of it.
   * @param url where Berth sent the browser
   * @returns the address the provider sends the browser back to
   */
  async visit(url: string, as: { readonly login: string } | 'cancel'): Promise<URL> {
    const own = new URL(url).origin;
    for (let at = url, method = 'GET', body: string | undefined; ;) {
      if (!at.startsWith(own)) return new URL(at);
      const answer = await this.send(at, method, body);
      const location = answer.headers.get('location');
      if (location) [at, method, body] = [new URL(location, at).href, 'GET', undefined];
      else if (answer.status === 200 && at.includes('/interaction/'))
        [method, body] = ['POST', new URLSearchParams(as === 'cancel' ? { go: 'cancel' } : { go: 'in', login: as.login }).toString()];
      else throw new Error(`${at} answered ${answer.status}: ${await answer.text()}`);
    }
  }

  private async send(url: string, method: string, body: string | undefined): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }) };
    const answer = await fetch(url, { method, headers, body, redirect: 'manual' });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.cookies.set(name, value);
    }
    return answer;
  }
}
