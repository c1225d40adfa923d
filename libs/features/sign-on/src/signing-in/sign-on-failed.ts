import { FetchFailed } from '@berth/platform/outgoing';
import { AuthorizationResponseError, ClientError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';

/**
 * Why somebody comes back from a provider without being let in; the sign-in page has a sentence for each.
 * `not-begun-here`: the answer belongs to no sign-in of this browser, or to one that took too long.
 */
export type SignOnFailure =
  'cancelled' | 'provider-refused' | 'provider-unreachable' | 'answer-invalid' | 'not-begun-here' | 'unknown-provider' | 'already-linked';

export class SignOnFailed extends Error {
  constructor(
    readonly reason: SignOnFailure,
    options?: ErrorOptions,
  ) {
    super(reason, options);
    this.name = 'SignOnFailed';
  }
}

/** What went wrong between Berth and a provider, in words of ours. */
export function failureOf(error: unknown): SignOnFailed {
  if (error instanceof SignOnFailed) return error;
  return new SignOnFailed(reasonOf(error), { cause: error });
}

function reasonOf(error: unknown): SignOnFailure {
  if (error instanceof FetchFailed) return 'provider-unreachable';
  if (error instanceof AuthorizationResponseError) return refusals[error.error] ?? 'provider-refused';
  // A code that is used up or of somebody else is the answer's fault; all else is a matter between the two.
  if (error instanceof ResponseBodyError) return error.error === 'invalid_grant' ? 'answer-invalid' : 'provider-refused';
  if (error instanceof WWWAuthenticateChallengeError) return 'provider-refused';
  if (error instanceof ClientError && NOT_ANSWERING.has(error.code ?? '')) return 'provider-unreachable';
  return error instanceof Error && error.cause !== undefined ? reasonOf(error.cause) : 'answer-invalid';
}

/** RFC 6749 §4.1.2.1. */
const refusals: Readonly<Record<string, SignOnFailure>> = {
  access_denied: 'cancelled',
  temporarily_unavailable: 'provider-unreachable',
  server_error: 'provider-unreachable',
};

/** Another status than the protocol has, or no JSON: not an answer of the provider but of what stands in front of it. */
const NOT_ANSWERING: ReadonlySet<string> = new Set([
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'OAUTH_TIMEOUT',
]);
