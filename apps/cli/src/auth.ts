import { type Credentials, forgetCredentials, keepCredentials, readCredentials } from './credentials';
import { exit, Refusal, type Terminal } from './terminal';

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const NEAR_ITS_END_MS = 30_000;

interface TokenAnswer {
  access_token: string;
  refresh_token?: string;
  expires_in: number;
  scope: string;
}

interface DeviceAnswer {
  device_code: string;
  user_code: string;
  verification_uri: string;
  verification_uri_complete: string;
  expires_in: number;
  interval: number;
}

interface Refused {
  error: string;
  error_description?: string;
}

/**
 * Signs in by a code that is typed into a browser, anywhere (RFC 8628), and keeps what comes of it.
 * @throws Refusal when the person says no, or nobody answers in time
 */
export async function login(terminal: Terminal, given: { url: string; clientId: string; scope: string | undefined }): Promise<void> {
  const { url, clientId, scope } = given;
  const device = await must<DeviceAnswer>(url, 'device', { client_id: clientId, ...(scope && { scope }) });
  terminal.tell(`Open ${device.verification_uri} and enter ${device.user_code}\n(or open ${device.verification_uri_complete})`);
  const until = terminal.now() + device.expires_in * 1000;
  for (let seconds = device.interval; terminal.now() < until;) {
    await terminal.wait(seconds * 1000);
    const answer = await post<TokenAnswer>(url, 'token', {
      grant_type: DEVICE_GRANT,
      device_code: device.device_code,
      client_id: clientId,
    });
    if (!('error' in answer)) {
      keepCredentials(terminal, credentialsOf({ url, clientId }, answer, terminal.now()));
      terminal.tell(`Signed in to ${url}: ${answer.scope}`);
      return;
    }
    if (answer.error === 'slow_down') seconds += 5;
    else if (answer.error !== 'authorization_pending') throw refusalOf(answer);
  }
  throw new Refusal(exit.auth, 'Nobody entered the code in time.');
}

/** A token that is good now, refreshed where it is near its end. @throws Refusal when there is none */
export async function tokenFor(terminal: Terminal): Promise<{ url: string; token: string }> {
  const { BERTH_URL: url, BERTH_TOKEN: token } = terminal.environment;
  if (url && token) return { url: url.replace(/\/$/, ''), token };
  const kept = readCredentials(terminal);
  if (!kept) throw new Refusal(exit.auth, 'Not signed in: run berth auth login.');
  if (kept.expiresAt - terminal.now() > NEAR_ITS_END_MS) return { url: kept.url, token: kept.accessToken };
  if (!kept.refreshToken) throw new Refusal(exit.auth, 'The sign-in has run out: run berth auth login.');
  const form = { grant_type: 'refresh_token', refresh_token: kept.refreshToken, client_id: kept.clientId };
  const fresh = credentialsOf(kept, await must<TokenAnswer>(kept.url, 'token', form), terminal.now());
  keepCredentials(terminal, fresh);
  return { url: fresh.url, token: fresh.accessToken };
}

/** Takes back what the login was given, there and here. */
export async function logout(terminal: Terminal): Promise<void> {
  const kept = readCredentials(terminal);
  if (!kept) return;
  await must(kept.url, 'revoke', { token: kept.refreshToken ?? kept.accessToken, client_id: kept.clientId });
  forgetCredentials(terminal);
  terminal.tell(`Signed out of ${kept.url}.`);
}

const credentialsOf = (at: { url: string; clientId: string }, answer: TokenAnswer, now: number): Credentials => ({
  url: at.url,
  clientId: at.clientId,
  accessToken: answer.access_token,
  refreshToken: answer.refresh_token,
  expiresAt: now + answer.expires_in * 1000,
});

async function must<T extends object>(url: string, endpoint: string, form: Record<string, string>): Promise<T> {
  const answer = await post<T>(url, endpoint, form);
  if ('error' in answer) throw refusalOf(answer);
  return answer;
}

async function post<T extends object>(url: string, endpoint: string, form: Record<string, string>): Promise<T | Refused> {
  const answer = await fetch(`${url}/api/v1/oauth/${endpoint}`, { method: 'POST', body: new URLSearchParams(form) });
  const text = await answer.text();
  return (text === '' ? {} : JSON.parse(text)) as T | Refused;
}

const refusalOf = ({ error, error_description: description }: Refused): Refusal =>
  new Refusal(exit.auth, error === 'access_denied' ? 'It was refused in the browser.' : `${error}${description ? `: ${description}` : ''}`);
