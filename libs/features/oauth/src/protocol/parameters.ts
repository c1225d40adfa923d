import { OAuthError } from './oauth-error';

/** Parameters of an OAuth 2.0 request; what is not known is ignored (RFC 6749 §3.1, §3.2). */
export type Parameters = Readonly<Record<string, string | undefined>>;

const MAX_LENGTH = 4000;

/** @throws OAuthError `invalid_request` for one that comes twice or is longer than 4,000 characters */
export function parametersOf(given: URLSearchParams): Parameters {
  const found = new Map<string, string>();
  for (const [name, value] of given) {
    if (value.length > MAX_LENGTH) throw new OAuthError('invalid_request', 'a parameter is too long');
    if (found.has(name)) throw new OAuthError('invalid_request', 'a parameter is there more than once');
    found.set(name, value);
  }
  // Without a value is as if it were not there.
  return Object.fromEntries([...found].filter(([, value]) => value !== ''));
}

/** The same of a body that was sent as a form. @throws OAuthError `invalid_request` for any other */
export function formOf(request: { readonly body?: unknown; readonly headers: { readonly 'content-type'?: string } }): Parameters {
  if (!/^application\/x-www-form-urlencoded *(;|$)/i.test(request.headers['content-type'] ?? ''))
    throw new OAuthError('invalid_request', 'the body must be application/x-www-form-urlencoded');
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries((request.body as Record<string, unknown> | null | undefined) ?? {}))
    for (const each of [value].flat()) all.append(name, String(each));
  return parametersOf(all);
}

/** @throws OAuthError `invalid_request` naming it when it is missing */
export function demandParameter(given: Parameters, name: string): string {
  const value = given[name];
  if (value === undefined) throw new OAuthError('invalid_request', `${name} is missing`);
  return value;
}
