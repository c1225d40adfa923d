/** Who may call a route. */
export interface RouteRule {
  readonly allows: readonly ('anonymous' | 'guest' | 'user' | 'admin')[];
  /** What the contract must say; undefined for routes that ask for none. */
  readonly permission?: string;
  /** Kind of thing `{id}` names, so that ids of other organizations can be tried. */
  readonly id?:
    | 'site'
    | 'series'
    | 'floor'
    | 'room'
    | 'type'
    | 'resource'
    | 'reservation'
    | 'waitlist'
    | 'hold'
    | 'blackout'
    | 'approval'
    | 'invitation'
    | 'person'
    | 'saved-search'
    | 'notification'
    | 'push-subscription'
    | 'audit-view'
    | 'event'
    | 'group'
    | 'role'
    | 'assignment'
    | 'session'
    | 'token'
    | 'client'
    | 'grant'
    | 'ssh-key'
    | 'passkey'
    | 'job'
    | 'tier'
    | 'identity-provider'
    | 'webhook'
    | 'linked-account'
    | 'quota-rule'
    | 'user';
  /** A right that also lets in, to see of it what that right is about. */
  readonly opensFor?: string;
  /** What it answers for an id that does not exist, where that is not 404. */
  readonly statusOfUnknown?: number;
  /** Outside `/api/v1`. */
  readonly rooted?: true;
  readonly query?: string;
  /** Anybody may try, and may be told that the credentials are wrong. */
  readonly answers401?: true;
  readonly endsSession?: true;
}

export const all = ['anonymous', 'guest', 'user', 'admin'] as const;
export const signedIn = ['guest', 'user', 'admin'] as const;
export const members = ['user', 'admin'] as const;
export const admins = ['admin'] as const;
