import { SafeFetch } from '@berth/platform/outgoing';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  customFetch,
  type CustomFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type ServerMetadata,
} from 'openid-client';
import type { KnownProvider } from '../providers/provider';
import type { Claims } from './identity';
import { failureOf } from './sign-on-failed';

/** How long what a provider says of itself is believed; its keys are fetched again when it signs with one that is not known. */
const BELIEF_MS = 10 * 60_000;
const TIMEOUT_SECONDS = 10;

/** What a sign-in is begun with and its answer has to fit. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE (RFC 7636), S256. */
  readonly codeVerifier: string;
}

/** What a provider says of a person, proved. */
export interface Proof {
  readonly claims: Claims & { readonly sub: string };
  readonly idToken: string;
}

type Client = Pick<KnownProvider, 'id' | 'version' | 'issuer' | 'clientId' | 'clientSecret'>;

/**
 * OpenID Connect Core 1.0 by `openid-client`: authorization code with PKCE, state and nonce; the ID token's signature, issuer, audience
 * and times are checked, although it comes from the provider itself. Every request leaves by `SafeFetch`.
 */
@Injectable()
export class OpenId {
  private readonly known = new LRUCache<string, Promise<Configuration>>({ max: 100, ttl: BELIEF_MS });

  constructor(private readonly outgoing: SafeFetch) {}

  /** @throws SignOnFailed */
  async begin(provider: KnownProvider, redirectUri: string): Promise<{ readonly url: string; readonly checks: Checks }> {
    const checks = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
    const configuration = await this.configurationOf(provider);
    const url = buildAuthorizationUrl(configuration, {
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: [...new Set(['openid', ...provider.scopes])].join(' '),
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await calculatePKCECodeChallenge(checks.codeVerifier),
      code_challenge_method: 'S256',
      ...(provider.prompt && { prompt: provider.prompt }),
      ...(provider.maxAge !== null && { max_age: String(provider.maxAge) }),
    });
    return { url: url.href, checks };
  }

  /**
   * Takes the answer a browser brought back.
   * @param answer the redirect URI with what the provider added
   * @throws SignOnFailed
   */
  async finish(provider: KnownProvider, answer: URL, { state, nonce, codeVerifier }: Checks): Promise<Proof> {
    const configuration = await this.configurationOf(provider);
    try {
      const tokens = await authorizationCodeGrant(configuration, answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
        ...(provider.maxAge !== null && { maxAge: provider.maxAge }),
      });
      const claims = tokens.claims()!;
      const more = configuration.serverMetadata().userinfo_endpoint
        ? await fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : {};
      // What is signed counts before what is not.
      return { claims: { ...more, ...claims }, idToken: tokens.id_token! };
    } catch (error) {
      throw failureOf(error);
    }
  }

  /** Where to sign out at the provider (RP-Initiated Logout 1.0 §2); null when it has no such place or does not answer. */
  async signOutUrl(provider: Client, idToken: string, returnTo: string): Promise<string | null> {
    try {
      const configuration = await this.configurationOf(provider);
      if (!configuration.serverMetadata().end_session_endpoint) return null;
      return buildEndSessionUrl(configuration, { id_token_hint: idToken, post_logout_redirect_uri: returnTo }).href;
    } catch {
      return null;
    }
  }

  /** What an issuer says of itself, asked now. @throws SignOnFailed */
  async discover(issuer: string): Promise<ServerMetadata> {
    return (await this.ask({ issuer, clientId: 'discovery', clientSecret: null })).serverMetadata();
  }

  /** @throws SignOnFailed */
  private async configurationOf(provider: Client): Promise<Configuration> {
    const key = `${provider.id} ${provider.version}`;
    const known = this.known.get(key) ?? this.ask(provider);
    this.known.set(key, known, { noUpdateTTL: true });
    try {
      return await known;
    } catch (error) {
      this.known.delete(key);
      throw error;
    }
  }

  private async ask({ issuer, clientId, clientSecret }: Pick<Client, 'issuer' | 'clientId' | 'clientSecret'>): Promise<Configuration> {
    const execute = [enableNonRepudiationChecks, ...(issuer.startsWith('http://') ? [allowInsecureRequests] : [])];
    const options = { [customFetch]: this.fetch, execute, timeout: TIMEOUT_SECONDS };
    return discovery(new URL(issuer), clientId, undefined, authenticating(clientSecret), options).catch((error: unknown) => {
      throw failureOf(error);
    });
  }

  private readonly fetch: CustomFetch = (url, { method, headers, body }) => {
    if (body != null && typeof body !== 'string' && !(body instanceof URLSearchParams)) throw new TypeError('a form or text is sent');
    return this.outgoing.send(url, { method, headers, ...(body != null && { body: String(body) }), timeout: TIMEOUT_SECONDS * 1000 });
  };
}

/** As the provider wants it: in the header, unless it takes the secret in the body alone (Core §9). */
function authenticating(secret: string | null): ClientAuth {
  if (secret === null) return None();
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const way = methods.includes('client_secret_basic') || !methods.includes('client_secret_post') ? basic : post;
    return way(server, client, body, headers);
  };
}
