import { Secrets } from '@berth/platform/runtime';
import type { Checks } from './openid';

/** How long somebody may take at the provider. */
export const FLOW_SECONDS = 600;
const PLACE = 'oidc-flow';

/** A sign-in that has begun, kept by the browser it was begun in: sealed, so that nobody else can make or read one. */
export interface Flow extends Checks {
  readonly providerId: string;
  /** Page of the console to go to afterwards. */
  readonly returnUrl: string;
  /** Left out by a sign-in; the session somebody links their account in. */
  readonly link?: { readonly accountId: string; readonly sessionId: string };
  /** Milliseconds since 1970. */
  readonly begunAt: number;
}

/** The cookie of a flow: each tab has its own, named by the state the provider brings back. */
export const flowCookie = (state: string): string => `oidc-${state.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 12)}`;

export const sealFlow = (secrets: Secrets, flow: Flow): string => secrets.seal(JSON.stringify(flow), PLACE).toString('base64url');

/** @returns undefined when it is none of ours, or over */
export function openFlow(secrets: Secrets, cookie: string | undefined, now: Date): Flow | undefined {
  if (!cookie) return undefined;
  try {
    const flow = JSON.parse(secrets.open(Buffer.from(cookie, 'base64url'), PLACE).toString()) as Flow;
    return now.getTime() - flow.begunAt < FLOW_SECONDS * 1000 ? flow : undefined;
  } catch {
    return undefined;
  }
}

/** A page of this console; anything else leads to the start. */
export const ownPage = (wanted: string | undefined): string =>
  wanted !== undefined && wanted.length <= 500 && /^\/(?![/\\])[^\p{Cc}\s\\]*$/u.test(wanted) && !wanted.startsWith('/login')
    ? wanted
    : '/';
