/** What OAuth 2.0 answers with when it refuses (RFC 6749 §5.2, §4.1.2.1, RFC 8628 §3.5), and the status each comes with. */
const statuses = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  invalid_scope: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  unsupported_response_type: 400,
  access_denied: 400,
  authorization_pending: 400,
  slow_down: 400,
  expired_token: 400,
} as const;
export type OAuthErrorCode = keyof typeof statuses;

/** A refusal in the form OAuth 2.0 clients read. The description is for whoever develops the client: ASCII, no quotes (§5.2). */
export class OAuthError extends Error {
  readonly status: number;

  constructor(
    readonly code: OAuthErrorCode,
    readonly description: string,
  ) {
    super(description);
    this.status = statuses[code];
  }
}
