import type { BrowserContext, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { type Berth, PASSWORD } from './berth';

/** Signs the browser in without the form; `/login` has a journey of its own. */
export async function signIn(target: Page | BrowserContext, berth: Berth, username = 'ana', password = PASSWORD): Promise<void> {
  const answer = await target.request.post(`${berth.url}/api/v1/auth/sessions`, {
    data: { username, password },
    headers: { origin: berth.url },
  });
  if (!answer.ok()) throw new Error(`signing in answered ${answer.status()}: ${await answer.text()}`);
}

/** What journeys ask for beside the browser. */
export interface Api {
  post<T>(path: string, body: unknown): Promise<T>;
  get<T>(path: string): Promise<T>;
  upload(file: string): Promise<void>;
}

/** @param token of `setUp` */
export function apiOf(berth: Berth, token: string): Api {
  const call = async (method: string, path: string, body?: BodyInit, type = 'application/json'): Promise<Response> => {
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': type }) };
    const answer = await fetch(`${berth.url}/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  };
  return {
    post: async (path, body) => (await call('POST', path, JSON.stringify(body))).json() as never,
    get: async (path) => (await call('GET', path)).json() as never,
    upload: async (file) => void (await call('POST', '/resources/upload?onError=skip', readFileSync(file, 'utf8'), 'text/csv')),
  };
}

/** Books one resource; times as `HH:mm` of a day in Berlin's winter or summer, whichever `offset` says. */
export function booking(
  resourceId: string,
  day: string,
  from: string,
  to: string,
  title: string,
  offset = offsetOf(day),
): Record<string, string> {
  return { resourceId, title, start: `${day}T${from}:00${offset}`, end: `${day}T${to}:00${offset}`, timeZone: 'Europe/Berlin' };
}

/** `+01:00` or `+02:00`. */
function offsetOf(day: string): string {
  const name = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', timeZoneName: 'longOffset' }).formatToParts(
    new Date(`${day}T10:00:00Z`),
  );
  return (name.find((it) => it.type === 'timeZoneName')?.value ?? 'GMT+01:00').slice(3);
}
