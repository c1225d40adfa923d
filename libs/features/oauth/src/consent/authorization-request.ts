import type { Permission } from '@berth/contracts';
import { ClientAuthentication, type KnownClient } from '../protocol/client-authentication';
import { OAuthError } from '../protocol/oauth-error';
import { type Parameters, parametersOf } from '../protocol/parameters';
import { registeredOf } from '../protocol/scopes';

/** What a client asks a person for, found to be in order. */
export interface AuthorizationRequest {
  readonly client: KnownClient;
  readonly redirectUri: string;
  /** Asked for and registered. */
  readonly scopes: readonly Permission[];
  readonly state: string | undefined;
  /** SHA-256 of the verifier, base64url. */
  readonly challenge: string;
}

/** What becomes of a request: it is put to the person, brought back to the client, or shown to the person as broken. */
export type Judged =
  | { readonly kind: 'good'; readonly request: AuthorizationRequest }
  | { readonly kind: 'refused'; readonly redirectTo: string }
  | { readonly kind: 'broken'; readonly error: OAuthError };

/**
 * Reads a request as it came in the address (RFC 6749 §4.1.1, RFC 7636). As long as it is not sure where it comes from, nobody is
 * sent anywhere: a client that is not known, or a redirect URI that is not registered letter by letter, is broken.
 */
export async function judgeRequest(query: string, issuer: string, clients: Pick<ClientAuthentication, 'known'>): Promise<Judged> {
  const raw = new URLSearchParams(query);
  const [clientId, ...moreIds] = raw.getAll('client_id');
  const [redirectUri, ...moreUris] = raw.getAll('redirect_uri');
  const client = clientId && moreIds.length === 0 ? await clients.known(clientId) : undefined;
  if (!client) return broken('invalid_client', 'the client is not known');
  if (redirectUri === undefined || moreUris.length > 0 || !client.redirectUris.includes(redirectUri))
    return broken('invalid_request', 'the redirect_uri is not one of the client');
  const state = raw.getAll('state').length === 1 ? (raw.get('state') ?? undefined) : undefined;
  try {
    const given = parametersOf(raw);
    return { kind: 'good', request: { client, redirectUri, state, ...demandCode(client, given) } };
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return {
      kind: 'refused',
      redirectTo: backTo({ redirectUri, state }, issuer, { error: error.code, error_description: error.description }),
    };
  }
}

/** The address that brings an answer back (RFC 6749 §4.1.2), with who gave it (RFC 9207). */
export function backTo(
  { redirectUri, state }: Pick<AuthorizationRequest, 'redirectUri' | 'state'>,
  issuer: string,
  answer: Readonly<Record<string, string>>,
): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...answer, ...(state !== undefined && { state }), iss: issuer }))
    url.searchParams.append(name, value);
  return url.href;
}

function demandCode(client: KnownClient, given: Parameters): Pick<AuthorizationRequest, 'scopes' | 'challenge'> {
  if (given['response_type'] === undefined) throw new OAuthError('invalid_request', 'response_type is missing');
  if (given['response_type'] !== 'code') throw new OAuthError('unsupported_response_type', 'only code is given');
  if ((given['response_mode'] ?? 'query') !== 'query') throw new OAuthError('invalid_request', 'only the response_mode query is taken');
  if (!client.grantTypes.includes('authorization_code'))
    throw new OAuthError('unauthorized_client', 'the client is not registered for authorization_code');
  const challenge = given['code_challenge'];
  if (challenge === undefined) throw new OAuthError('invalid_request', 'code_challenge is missing: PKCE is required');
  if (given['code_challenge_method'] !== 'S256') throw new OAuthError('invalid_request', 'code_challenge_method must be S256');
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) throw new OAuthError('invalid_request', 'code_challenge is not a SHA-256 in base64url');
  return { challenge, scopes: registeredOf(given['scope'], client.scopes) };
}

const broken = (code: 'invalid_client' | 'invalid_request', description: string): Judged => ({
  kind: 'broken',
  error: new OAuthError(code, description),
});
