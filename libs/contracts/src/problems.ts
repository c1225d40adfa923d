/**
 * Every failure a caller can act on (RFC 9457). The slug is the stable `code`; `type` is the URI built from it.
 * `title` is the English text, translated by `Accept-Language` at the edge.
 */
export const problems = {
  'malformed-request': { status: 400, title: 'The request could not be read' },
  'validation-failed': { status: 400, title: 'The request is not valid' },
  'unknown-parameter': { status: 400, title: 'The request has a parameter that does not exist' },
  'invalid-cursor': { status: 400, title: 'The page cursor is not one of ours' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  'invalid-credentials': { status: 401, title: 'The name or the password is wrong' },
  'signature-invalid': { status: 401, title: 'The signature is not right' },
  'second-factor-required': { status: 401, title: 'The second factor is asked for' },
  'second-factor-enrolment-required': { status: 401, title: 'A second factor has to be set up first' },
  'invalid-token': { status: 401, title: 'The token is expired or not valid' },
  'stand-in-over': { status: 401, title: 'You no longer act as somebody else' },
  'permission-denied': { status: 403, title: 'You may not do this' },
  'second-factor-locked': { status: 403, title: 'The second factor is locked: use a recovery code' },
  'passkey-copied': { status: 403, title: 'The passkey may have been copied' },
  'standing-in': { status: 403, title: 'This is closed while you act as somebody else' },
  'cross-site-request': { status: 403, title: 'This request came from another site' },
  'sign-in-refused': { status: 403, title: 'Nobody here has this account' },
  'email-not-proved': { status: 403, title: 'The provider does not say that the address is yours' },
  'recent-sign-in-required': { status: 403, title: 'Sign in again first' },
  'setup-token-invalid': { status: 403, title: 'The set-up token is not right' },
  'registration-closed': { status: 403, title: 'This organization does not take registrations' },
  'not-found': { status: 404, title: 'There is no such thing here' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  'reservation-conflict': { status: 409, title: 'That time is taken' },
  'slot-held': { status: 409, title: 'Somebody is booking that time right now' },
  'invalid-state': { status: 409, title: 'The reservation is not in a state that allows this' },
  'undo-expired': { status: 409, title: 'The time to undo has passed' },
  'hold-expired': { status: 409, title: 'The hold has run out' },
  'already-exists': { status: 409, title: 'There is one with that name already' },
  'still-in-use': { status: 409, title: 'It is still used' },
  'account-link-required': { status: 409, title: 'There is an account with this address: link it first' },
  'account-suspended': { status: 409, title: 'The account is suspended: say that it is meant all the same' },
  'last-way-in': { status: 409, title: 'It is the last way to sign in' },
  'last-owner': { status: 409, title: 'An organization keeps at least one owner' },
  'limit-reached': { status: 409, title: 'There are as many as there may be' },
  'resource-has-reservations': { status: 409, title: 'There are reservations in the way' },
  'passkeys-unavailable': { status: 409, title: 'Passkeys do not work at this address' },
  'provider-unreachable': { status: 409, title: 'The provider does not answer' },
  'webhook-test-failed': { status: 409, title: 'The test did not arrive' },
  'mail-not-set-up': { status: 409, title: 'This installation sends no mail' },
  'setup-done': { status: 409, title: 'Berth is set up already' },
  'idempotency-in-progress': { status: 409, title: 'The first request with this key is still running' },
  'account-merged': { status: 410, title: 'The account was merged into another one of the same person' },
  'events-forgotten': { status: 410, title: 'Events after that one are no longer kept: read everything anew' },
  'sign-in-expired': { status: 410, title: 'This sign-in took too long, or was begun in another browser' },
  'link-invalid': { status: 410, title: 'The link was used or has run out' },
  'precondition-failed': { status: 412, title: 'It was changed in the meantime' },
  'payload-too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The body has a type that is not taken here' },
  'check-in-code-invalid': { status: 422, title: 'The code is not one of this place, or no longer' },
  'mail-not-sent': { status: 422, title: 'The mail server did not take the mail' },
  'password-refused': { status: 422, title: 'The password is not one you may take' },
  'password-wrong': { status: 422, title: 'The present password is not right' },
  'passkey-refused': { status: 422, title: 'The passkey was not accepted' },
  'second-factor-wrong': { status: 422, title: 'The code is not right, or was used before' },
  'policy-violation': { status: 422, title: 'The resource does not allow this booking' },
  'quota-exceeded': { status: 422, title: 'A quota is used up' },
  'invalid-reference': { status: 422, title: 'The request names something that does not exist' },
  'nonexistent-local-time': { status: 422, title: 'That local time does not exist' },
  'idempotency-key-reused': { status: 422, title: 'The key was used for another request' },
  'import-failed': { status: 422, title: 'The file has rows that cannot be imported' },
  'too-many-attempts': { status: 429, title: 'Too many attempts: wait before the next' },
  'precondition-required': { status: 428, title: 'Say which version you are changing' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Berth cannot answer right now' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** One thing wrong with one part of a request; `pointer` is a JSON pointer (RFC 6901) into the body, or `?name` for a query parameter. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** A failure the caller can act on. The HTTP edge turns it into `application/problem+json`; extensions stand at top level (RFC 9457 §3.2). */
export class Problem extends Error {
  readonly status: number;

  constructor(
    readonly code: ProblemCode,
    readonly extensions: Readonly<Record<string, unknown>> & { readonly detail?: string } = {},
  ) {
    super(extensions.detail ?? problems[code].title);
    this.name = 'Problem';
    this.status = problems[code].status;
  }
}
