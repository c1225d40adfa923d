import { FetchFailed } from '@berth/platform/outgoing';
import { Injectable } from '@nestjs/common';
import { OpenId } from '../signing-in/openid';

/** What is wrong with an issuer; null where nothing is. */
export type IssuerFailure = 'unreachable' | 'refused-address' | 'not-a-provider' | 'other-issuer' | 'no-code' | 'no-pkce';

/** What an issuer says of itself, or why it could not be asked. */
export interface IssuerReport {
  readonly ok: boolean;
  readonly failure: IssuerFailure | null;
  readonly detail: string | null;
  readonly scopes: readonly string[];
  readonly claims: readonly string[];
  readonly signsOut: boolean;
}

const nothing = { scopes: [], claims: [], signsOut: false };

/** Asks an issuer what it is (OpenID Connect Discovery 1.0), before anybody relies on it. */
@Injectable()
export class TestIssuer {
  constructor(private readonly openId: OpenId) {}

  async execute(issuer: string): Promise<IssuerReport> {
    try {
      const found = await this.openId.discover(issuer);
      const failure = lackOf(found);
      return {
        ...{ ok: failure === null, failure, detail: null },
        scopes: found.scopes_supported ?? [],
        claims: found.claims_supported ?? [],
        signsOut: found.end_session_endpoint !== undefined,
      };
    } catch (error) {
      return { ok: false, ...whyOf(error), ...nothing };
    }
  }
}

interface Metadata {
  readonly authorization_endpoint?: string;
  readonly token_endpoint?: string;
  readonly response_types_supported?: string[];
  readonly code_challenge_methods_supported?: string[];
}

/** Providers older than RFC 8414 do not say which PKCE they know, and ignore what they do not know. */
function lackOf(found: Metadata): IssuerFailure | null {
  const takesCode = found.response_types_supported?.includes('code') ?? true;
  if (!found.authorization_endpoint || !found.token_endpoint || !takesCode) return 'no-code';
  return (found.code_challenge_methods_supported?.includes('S256') ?? true) ? null : 'no-pkce';
}

function whyOf(error: unknown): Pick<IssuerReport, 'failure' | 'detail'> {
  for (let it = error; it instanceof Error; it = it.cause) {
    if (it instanceof FetchFailed)
      return { failure: it.reason === 'address-refused' ? 'refused-address' : 'unreachable', detail: it.message };
    if ('code' in it && it.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') return { failure: 'other-issuer', detail: it.message };
  }
  return { failure: 'not-a-provider', detail: null };
}
