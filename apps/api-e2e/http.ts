import { setTimeout as sleep } from 'node:timers/promises';

/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever came
  readonly body: any;
}

export interface CallOptions {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Call = (method: string, path: string, options?: CallOptions) => Promise<Answer>;

/** Calls under `/api/v1` (or anywhere, for a path that begins with two slashes) as `token` unless the call names another. */
export const caller =
  (url: string, token?: string): Call =>
  async (method, path, options = {}) => {
    const bearer = options.token ?? token;
    const answer = await fetch(path.startsWith('//') ? `${url}${path.slice(1)}` : `${url}/api/v1${path}`, {
      method,
      headers: {
        ...(options.body !== undefined && typeof options.body !== 'string' && { 'content-type': 'application/json' }),
        ...(bearer && { authorization: `Bearer ${bearer}` }),
        ...options.headers,
      },
      body: options.body === undefined || typeof options.body === 'string' ? options.body : JSON.stringify(options.body),
      redirect: 'manual',
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
    return { status: answer.status, headers: answer.headers, body: text && isJson ? JSON.parse(text) : text };
  };

/** A file counts its days from here on: midnight may come while it runs. */
const BEGUN = Date.now();

/** An instant of the day after tomorrow, `HH:mm` in UTC: bookable whatever the hour of the test, and the same one throughout a file. */
export const soon = (time: string, days = 2): string => `${new Date(BEGUN + days * 86_400_000).toISOString().slice(0, 10)}T${time}:00Z`;

const PASSWORD = 'correct horse battery';

/** An access token of somebody with the password all have here, good for ten minutes: what runs for longer asks anew. */
export async function accessToken(call: Call, username: string): Promise<string> {
  const { body } = await call('POST', '/token', {
    body: new URLSearchParams({ grant_type: 'password', username, password: PASSWORD }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  return body.access_token as string;
}

/** Adds a person and signs them in. */
export async function personWith(
  call: Call,
  role: 'admin' | 'user' | 'guest',
  username: string,
): Promise<{ id: string; token: string; call: Call }> {
  const added = await call('POST', '/users', {
    body: { username, email: `${username}@acme.example`, password: PASSWORD, role, displayName: username },
  });
  if (added.status !== 201) throw new Error(`adding ${username} answered ${added.status}: ${JSON.stringify(added.body)}`);
  const token = await accessToken(call, username);
  return { id: added.body.id, token, call: (method, path, options) => call(method, path, { ...options, token: options?.token ?? token }) };
}

/** A caller with a token of somebody that is good at one site. */
export async function tokenOfSite(url: string, owner: Call, site: string | undefined, scopes: readonly string[]): Promise<Call> {
  const body = { name: 'Door', scopes, expiresInDays: 1, places: { siteIds: [site], resourceIds: [] } };
  const { status, body: made } = await owner('POST', '/users/me/tokens', { body });
  if (status !== 201) throw new Error(`making a token answered ${status}: ${JSON.stringify(made)}`);
  return caller(url, made.token);
}

/**
 * What `look` answers once it fits; fails after five seconds, which is what is promised. Only the waiting between two looks
 * counts: where a look itself takes long, the machine has no time for the work that is waited for either.
 */
export async function within5s<T>(look: () => Promise<T>, fits: (it: T) => boolean): Promise<T> {
  let seen = await look();
  for (let waited = 0; waited < 5_000 && !fits(seen); waited += 100) {
    await sleep(100);
    seen = await look();
  }
  if (!fits(seen)) throw new Error(`not seen within 5 s; last: ${JSON.stringify(seen)}`);
  return seen;
}
