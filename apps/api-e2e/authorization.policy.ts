/** Who may call a route, as people would write it down. Independent of the code: when the two differ, one of them is wrong. */
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
    | 'linked-account'
    | 'quota-rule'
    | 'user';
  /** What it answers for an id that does not exist, where that is not 404. */
  readonly statusOfUnknown?: number;
  /** Outside `/api/v1`. */
  readonly rooted?: true;
  readonly query?: string;
  /** Anybody may try, and may be told that the credentials are wrong. */
  readonly answers401?: true;
  readonly endsSession?: true;
}

const all = ['anonymous', 'guest', 'user', 'admin'] as const;
const signedIn = ['guest', 'user', 'admin'] as const;
const members = ['user', 'admin'] as const;
const admins = ['admin'] as const;

export const policy: Readonly<Record<string, RouteRule>> = {
  'GET /live': { allows: all, rooted: true },
  'GET /ready': { allows: all, rooted: true },
  'GET /health': { allows: all, rooted: true },
  'GET /.well-known/jwks.json': { allows: all, rooted: true },
  'GET /.well-known/oauth-authorization-server': { allows: all, rooted: true },

  'GET /setup/status': { allows: all },
  'POST /setup/unlock': { allows: all },
  'POST /setup/initialize': { allows: all },
  'POST /setup/mail-test': { allows: all },
  'GET /system/health': { allows: admins, permission: 'system:read' },
  'POST /system/mail-test': { allows: admins, permission: 'system:read' },
  'GET /demo-data': { allows: admins, permission: 'organization:manage' },
  'POST /demo-data/remove': { allows: admins, permission: 'organization:manage' },
  'POST /demo-data/restore': { allows: admins, permission: 'organization:manage' },
  'POST /token': { allows: all, answers401: true },
  'POST /token/refresh': { allows: all, answers401: true },
  'POST /auth/sessions': { allows: all },
  'GET /auth/sessions': { allows: signedIn, permission: 'account:secure' },
  'DELETE /auth/sessions': { allows: signedIn, permission: 'account:secure' },
  'DELETE /auth/sessions/{id}': { allows: signedIn, permission: 'account:secure', id: 'session' },
  'POST /auth/mfa/verify': { allows: all },
  'POST /auth/mfa/enrolment': { allows: all },
  'POST /auth/mfa/enrolment/confirm': { allows: all },
  'GET /auth/mfa': { allows: signedIn, permission: 'account:secure' },
  'POST /auth/mfa/setup': { allows: signedIn, permission: 'account:secure' },
  'POST /auth/mfa/setup/confirm': { allows: signedIn, permission: 'account:secure' },
  'POST /auth/mfa/disable': { allows: signedIn, permission: 'account:secure' },
  'POST /auth/mfa/recovery-codes': { allows: signedIn, permission: 'account:secure' },
  'GET /auth/mfa/policy': { allows: admins, permission: 'organization:manage' },
  'PUT /auth/mfa/policy': { allows: admins, permission: 'organization:manage' },
  'GET /auth/passkeys': { allows: signedIn, permission: 'account:secure' },
  'POST /auth/passkeys': { allows: signedIn, permission: 'account:secure' },
  'POST /auth/passkeys/setup': { allows: signedIn, permission: 'account:secure' },
  'PATCH /auth/passkeys/{id}': { allows: signedIn, permission: 'account:secure', id: 'passkey' },
  'POST /auth/passkeys/{id}/remove': { allows: signedIn, permission: 'account:secure', id: 'passkey' },
  'POST /auth/passkeys/sign-in/options': { allows: all },
  'POST /auth/passkeys/sign-in': { allows: all },
  'POST /auth/mfa/passkey/options': { allows: all },
  'POST /auth/mfa/passkey': { allows: all },
  'GET /auth/oidc/providers': { allows: all },
  'GET /auth/oidc/{provider}/start': { allows: all },
  'GET /auth/oidc/{provider}/callback': { allows: all },
  'POST /auth/oidc/session': { allows: all },
  'GET /auth/oidc/sign-out': { allows: signedIn, permission: 'profile:manage' },
  'GET /auth/linked-accounts': { allows: signedIn, permission: 'account:secure' },
  'POST /auth/linked-accounts': { allows: signedIn, permission: 'account:secure' },
  'POST /auth/linked-accounts/confirm': { allows: signedIn, permission: 'account:secure' },
  'DELETE /auth/linked-accounts/{id}': { allows: signedIn, permission: 'account:secure', id: 'linked-account' },
  'GET /identity-providers': { allows: admins, permission: 'organization:manage' },
  'POST /identity-providers': { allows: admins, permission: 'organization:manage' },
  'POST /identity-providers/test': { allows: admins, permission: 'organization:manage' },
  'PUT /identity-providers/order': { allows: admins, permission: 'organization:manage' },
  'GET /identity-providers/{id}': { allows: admins, permission: 'organization:manage', id: 'identity-provider' },
  'PATCH /identity-providers/{id}': { allows: admins, permission: 'organization:manage', id: 'identity-provider' },
  'DELETE /identity-providers/{id}': { allows: admins, permission: 'organization:manage', id: 'identity-provider' },
  'GET /auth/mfa/standing': { allows: admins, permission: 'organization:manage' },
  'POST /users/{id}/second-factor/reset': { allows: admins, permission: 'user:manage', id: 'person' },
  'POST /register': { allows: all },
  'POST /auth/registration/confirm': { allows: all },
  'POST /auth/invitation/look': { allows: all },
  'POST /auth/invitation/accept': { allows: all },
  'POST /auth/email/confirm': { allows: all },
  'POST /auth/password/forgot': { allows: all },
  'POST /auth/password/reset': { allows: all },
  'POST /auth/password/change': { allows: signedIn, permission: 'profile:manage' },
  'POST /auth/password/set': { allows: signedIn, permission: 'account:secure' },
  'GET /password-rules': { allows: all },
  'PUT /password-rules': { allows: admins, permission: 'organization:manage' },
  'POST /logout': { allows: signedIn, permission: 'profile:manage', endsSession: true },

  'GET /users/me': { allows: signedIn, permission: 'profile:manage' },
  'PATCH /users/me/preferences': { allows: signedIn, permission: 'profile:manage' },
  'GET /users/me/tokens': { allows: signedIn, permission: 'account:secure' },
  'POST /users/me/tokens': { allows: signedIn, permission: 'account:secure' },
  'DELETE /users/me/tokens/{id}': { allows: signedIn, permission: 'account:secure', id: 'token' },
  'GET /tokens': { allows: admins, permission: 'client:manage' },
  'DELETE /tokens/{id}': { allows: admins, permission: 'client:manage', id: 'token' },
  'GET /audit/logs': { allows: admins, permission: 'audit:read' },
  'GET /audit/logs/{id}': { allows: admins, permission: 'audit:read', id: 'event' },
  'GET /audit/logs/{id}/around': { allows: admins, permission: 'audit:read', id: 'event' },
  'GET /audit/filters': { allows: admins, permission: 'audit:read' },
  'GET /audit/my-activity': { allows: signedIn, permission: 'profile:manage' },
  'GET /audit/views': { allows: admins, permission: 'audit:read' },
  'POST /audit/views': { allows: admins, permission: 'audit:read' },
  'DELETE /audit/views/{id}': { allows: admins, permission: 'audit:read', id: 'audit-view' },
  'POST /audit/export/csv': { allows: admins, permission: 'audit:export' },
  'POST /audit/export/json': { allows: admins, permission: 'audit:export' },
  'GET /audit/exports': { allows: admins, permission: 'audit:export' },
  'GET /audit/exports/{id}/file': { allows: admins, permission: 'audit:export', id: 'job' },
  'GET /oauth/clients': { allows: admins, permission: 'client:manage' },
  'POST /oauth/clients': { allows: admins, permission: 'client:manage' },
  'GET /oauth/clients/{id}': { allows: admins, permission: 'client:manage', id: 'client' },
  'PATCH /oauth/clients/{id}': { allows: admins, permission: 'client:manage', id: 'client' },
  'DELETE /oauth/clients/{id}': { allows: admins, permission: 'client:manage', id: 'client' },
  'POST /oauth/clients/{id}/rotate-secret': { allows: admins, permission: 'client:manage', id: 'client' },
  'GET /oauth/authorize': { allows: all },
  'POST /oauth/token': { allows: all, answers401: true },
  'POST /oauth/revoke': { allows: all, answers401: true },
  'POST /oauth/introspect': { allows: all, answers401: true },
  'POST /oauth/device': { allows: all, answers401: true },
  'POST /oauth/consent/look': { allows: signedIn, permission: 'account:secure' },
  'POST /oauth/consent': { allows: signedIn, permission: 'account:secure' },
  'POST /oauth/device/look': { allows: signedIn, permission: 'account:secure' },
  'POST /oauth/device/answer': { allows: signedIn, permission: 'account:secure' },
  'GET /oauth/grants': { allows: signedIn, permission: 'account:secure' },
  'DELETE /oauth/grants/{id}': { allows: signedIn, permission: 'account:secure', id: 'grant' },
  'GET /users/me/ssh-keys': { allows: signedIn, permission: 'account:secure' },
  'POST /users/me/ssh-keys': { allows: signedIn, permission: 'account:secure' },
  'DELETE /users/me/ssh-keys/{id}': { allows: signedIn, permission: 'account:secure', id: 'ssh-key' },
  'GET /users/me/favourites': { allows: signedIn, permission: 'profile:manage' },
  'PUT /users/me/favourites/{id}': { allows: signedIn, permission: 'profile:manage', id: 'resource' },
  'GET /groups': { allows: members, permission: 'group:read' },
  'POST /groups': { allows: admins, permission: 'group:manage' },
  'POST /groups/fitting': { allows: admins, permission: 'group:manage' },
  'GET /groups/{id}': { allows: members, permission: 'group:read', id: 'group' },
  'PATCH /groups/{id}': { allows: admins, permission: 'group:manage', id: 'group' },
  'DELETE /groups/{id}': { allows: admins, permission: 'group:manage', id: 'group' },
  'GET /groups/{id}/uses': { allows: admins, permission: 'group:manage', id: 'group' },
  'GET /groups/{id}/members': { allows: members, permission: 'group:read', id: 'group' },
  // Of a group that is there: for those who manage groups, and its members who may add members.
  'POST /groups/{id}/members': { allows: members, permission: 'group:read', id: 'group' },
  'DELETE /groups/{id}/members/{accountId}': { allows: members, permission: 'group:read', id: 'group' },
  'GET /roles': { allows: admins, permission: 'role:read' },
  'POST /roles': { allows: admins, permission: 'role:manage' },
  'GET /roles/permissions': { allows: admins, permission: 'role:read' },
  'GET /roles/assignments': { allows: admins, permission: 'role:read' },
  'GET /roles/places': { allows: admins, permission: 'role:read' },
  'POST /roles/assignments': { allows: admins, permission: 'role:assign' },
  'DELETE /roles/assignments/{id}': { allows: admins, permission: 'role:assign', id: 'assignment' },
  'GET /roles/explain': {
    allows: admins,
    permission: 'role:read',
    query: `?user=${'0'.repeat(8)}-0000-7000-8000-${'0'.repeat(12)}&permission=place:read`,
  },
  'GET /roles/{id}': { allows: admins, permission: 'role:read', id: 'role' },
  'PATCH /roles/{id}': { allows: admins, permission: 'role:manage', id: 'role' },
  'DELETE /roles/{id}': { allows: admins, permission: 'role:manage', id: 'role' },
  'POST /roles/{id}/preview': { allows: admins, permission: 'role:read', id: 'role' },
  // A mark that is not there is gone already, whatever it was of.
  'DELETE /users/me/favourites/{id}': { allows: signedIn, permission: 'profile:manage', id: 'resource', statusOfUnknown: 204 },
  'GET /users/me/assignments': { allows: signedIn, permission: 'resource:read' },
  'GET /users/me/stats': { allows: members, permission: 'reservation:read' },
  'GET /quotas/my-usage': { allows: signedIn, permission: 'profile:manage' },
  'GET /quotas/config': { allows: admins, permission: 'quota:manage' },
  'POST /quotas/tiers': { allows: admins, permission: 'quota:manage' },
  'PATCH /quotas/tiers/{id}': { allows: admins, permission: 'quota:manage', id: 'tier' },
  'DELETE /quotas/tiers/{id}': { allows: admins, permission: 'quota:manage', id: 'tier' },
  'GET /quotas/my-reservations': { allows: signedIn, permission: 'profile:manage' },
  'GET /quotas/rules': { allows: admins, permission: 'quota:manage' },
  'POST /quotas/rules': { allows: admins, permission: 'quota:manage' },
  'POST /quotas/rules/simulate': { allows: admins, permission: 'quota:manage' },
  'PATCH /quotas/rules/{id}': { allows: admins, permission: 'quota:manage', id: 'quota-rule' },
  'DELETE /quotas/rules/{id}': { allows: admins, permission: 'quota:manage', id: 'quota-rule' },
  'GET /quotas/rules/{id}/usage': { allows: admins, permission: 'quota:manage', id: 'quota-rule' },
  'PUT /quotas/rules/{id}/exceptions/{accountId}': { allows: admins, permission: 'quota:manage', id: 'quota-rule' },
  'DELETE /quotas/rules/{id}/exceptions/{accountId}': { allows: admins, permission: 'quota:manage', id: 'quota-rule' },
  'GET /quotas/users': { allows: admins, permission: 'quota:manage' },
  'PUT /quotas/users/{id}': { allows: admins, permission: 'quota:manage', id: 'user' },
  'GET /quotas/alerts': { allows: admins, permission: 'quota:manage' },
  'GET /users': { allows: members, permission: 'user:read' },
  'POST /users/me/email': { allows: signedIn, permission: 'profile:manage' },
  'POST /users/invite': { allows: admins, permission: 'user:manage' },
  'GET /users/invitations': { allows: admins, permission: 'user:manage' },
  'POST /users/invitations/{id}/resend': { allows: admins, permission: 'user:manage', id: 'invitation' },
  'DELETE /users/invitations/{id}': { allows: admins, permission: 'user:manage', id: 'invitation' },
  'GET /users/{id}': { allows: admins, permission: 'user:manage', id: 'person' },
  'POST /users/{id}/suspend': { allows: admins, permission: 'user:manage', id: 'person' },
  'POST /users/me/export': { allows: signedIn, permission: 'account:secure' },
  'GET /users/me/exports': { allows: signedIn, permission: 'account:secure' },
  'GET /users/me/exports/{id}/file': { allows: signedIn, permission: 'account:secure', id: 'job' },
  // Where the organization allows it, which it does not by itself.
  'POST /users/me/erase': { allows: signedIn, permission: 'account:secure' },
  'POST /users/{id}/export': { allows: admins, permission: 'user:manage', id: 'person' },
  'POST /users/{id}/erase': { allows: admins, permission: 'user:manage', id: 'person' },
  'GET /privacy-rules': { allows: signedIn, permission: 'profile:manage' },
  'PUT /privacy-rules': { allows: admins, permission: 'user:manage' },
  'POST /users/{id}/reactivate': { allows: admins, permission: 'user:manage', id: 'person' },
  'POST /users/{id}/sign-out': { allows: admins, permission: 'user:manage', id: 'person' },
  'POST /users/{id}/password-link': { allows: admins, permission: 'user:manage', id: 'person' },
  'POST /users': { allows: admins, permission: 'user:manage' },

  'GET /sites': { allows: signedIn, permission: 'place:read' },
  'POST /sites': { allows: admins, permission: 'place:manage' },
  'GET /sites/{id}': { allows: signedIn, permission: 'place:read', id: 'site' },
  'PATCH /sites/{id}': { allows: admins, permission: 'place:manage', id: 'site' },
  'GET /floors': { allows: signedIn, permission: 'place:read' },
  'POST /floors': { allows: admins, permission: 'place:manage' },
  'GET /floors/{id}': { allows: signedIn, permission: 'place:read', id: 'floor' },
  'PATCH /floors/{id}': { allows: admins, permission: 'place:manage', id: 'floor' },
  'GET /rooms': { allows: signedIn, permission: 'place:read' },
  'POST /rooms': { allows: admins, permission: 'place:manage' },
  'GET /rooms/{id}': { allows: signedIn, permission: 'place:read', id: 'room' },
  'PATCH /rooms/{id}': { allows: admins, permission: 'place:manage', id: 'room' },

  'GET /sites/{id}/access': { allows: admins, permission: 'place:manage', id: 'site' },
  'PUT /sites/{id}/access': { allows: admins, permission: 'place:manage', id: 'site' },
  'POST /sites/{id}/access/preview': { allows: admins, permission: 'place:manage', id: 'site' },
  'GET /resources/{id}/access': { allows: admins, permission: 'resource:manage', id: 'resource' },
  'PUT /resources/{id}/access': { allows: admins, permission: 'resource:manage', id: 'resource' },
  'POST /resources/{id}/access/preview': { allows: admins, permission: 'resource:manage', id: 'resource' },
  'GET /resource-types': { allows: signedIn, permission: 'resource:read' },
  'POST /resource-types': { allows: admins, permission: 'resource:manage' },
  'GET /resource-types/{id}': { allows: signedIn, permission: 'resource:read', id: 'type' },
  'PATCH /resource-types/{id}': { allows: admins, permission: 'resource:manage', id: 'type' },
  'GET /tags': { allows: signedIn, permission: 'resource:read' },
  'GET /resources': { allows: signedIn, permission: 'resource:read' },
  'POST /resources': { allows: admins, permission: 'resource:manage' },
  'GET /resources/{id}': { allows: signedIn, permission: 'resource:read', id: 'resource' },
  'PATCH /resources/{id}': { allows: admins, permission: 'resource:manage', id: 'resource' },
  'POST /resources/{id}/status': { allows: admins, permission: 'resource:manage', id: 'resource' },
  'POST /resources/upload': { allows: admins, permission: 'resource:manage' },
  'POST /resources/upload/failed-rows': { allows: admins, permission: 'resource:manage' },
  'GET /resources/{id}/assignment': { allows: signedIn, permission: 'resource:read', id: 'resource' },
  'PUT /resources/{id}/assignment': { allows: admins, permission: 'resource:manage', id: 'resource' },
  'DELETE /resources/{id}/assignment': { allows: admins, permission: 'resource:manage', id: 'resource' },
  'PUT /resources/{id}/assignment/shared-days': { allows: members, permission: 'reservation:create', id: 'resource' },
  'DELETE /resources/{id}/assignment/shared-days': {
    ...{ allows: members, permission: 'reservation:create', id: 'resource' },
    query: '?from=2030-01-01&to=2030-01-01',
  },
  'GET /resources/{id}/business-hours': { allows: signedIn, permission: 'resource:read', id: 'resource' },
  'PUT /resources/{id}/business-hours': { allows: admins, permission: 'resource:manage', id: 'resource' },
  'DELETE /resources/{id}/business-hours': { allows: admins, permission: 'resource:manage', id: 'resource' },
  'GET /resources/{id}/blackouts': { allows: signedIn, permission: 'resource:read', id: 'resource' },
  'POST /resources/{id}/blackouts': { allows: admins, permission: 'resource:manage', id: 'resource' },
  'DELETE /resources/{id}/blackouts/{blackoutId}': { allows: admins, permission: 'resource:manage', id: 'resource' },
  'GET /business-hours': { allows: signedIn, permission: 'resource:read' },
  'PUT /business-hours': { allows: admins, permission: 'resource:manage' },
  'DELETE /business-hours': { allows: admins, permission: 'resource:manage' },
  'GET /policy': { allows: signedIn, permission: 'resource:read' },
  'PATCH /policy': { allows: admins, permission: 'resource:manage' },
  'GET /blackouts': { allows: signedIn, permission: 'resource:read' },
  'POST /blackouts': { allows: admins, permission: 'resource:manage' },
  'DELETE /blackouts/{id}': { allows: admins, permission: 'resource:manage', id: 'blackout' },

  'GET /availability/rows': { allows: signedIn, permission: 'availability:read' },
  'GET /availability': { allows: signedIn, permission: 'availability:read' },
  'POST /availability/search': { allows: signedIn, permission: 'availability:read' },
  'GET /search/saved': { allows: signedIn, permission: 'profile:manage' },
  'POST /search/saved': { allows: signedIn, permission: 'profile:manage' },
  'PATCH /search/saved/{id}': { allows: signedIn, permission: 'profile:manage', id: 'saved-search' },
  'DELETE /search/saved/{id}': { allows: signedIn, permission: 'profile:manage', id: 'saved-search' },
  'GET /search/suggestions': { allows: signedIn, permission: 'availability:read', query: '?q=t' },
  'GET /resources/{id}/available-slots': {
    allows: signedIn,
    permission: 'availability:read',
    id: 'resource',
    query: '?from=2026-12-01T00:00:00Z&to=2026-12-02T00:00:00Z',
  },
  'GET /resources/{id}/next-available': { allows: signedIn, permission: 'availability:read', id: 'resource' },
  'POST /availability/check': { allows: signedIn, permission: 'availability:read' },

  'GET /reservations': { allows: members, permission: 'reservation:read' },
  'POST /reservations': { allows: members, permission: 'reservation:create' },
  'POST /reservations/recurring': { allows: members, permission: 'reservation:create' },
  'PATCH /series/{id}': { allows: members, permission: 'reservation:update', id: 'series' },
  'POST /series/{id}/cancel': { allows: members, permission: 'reservation:cancel', id: 'series' },
  'POST /series/{id}/join': { allows: members, permission: 'reservation:update', id: 'series' },
  'POST /series/{id}/fill': { allows: members, permission: 'reservation:update', id: 'series' },
  'GET /series/{id}': { allows: members, permission: 'reservation:read', id: 'series' },
  'GET /reservations/my': { allows: members, permission: 'reservation:read' },
  'GET /reservations/{id}': { allows: members, permission: 'reservation:read', id: 'reservation' },
  'PATCH /reservations/{id}': { allows: members, permission: 'reservation:update', id: 'reservation' },
  'POST /reservations/{id}/move': { allows: members, permission: 'reservation:update', id: 'reservation' },
  'POST /reservations/{id}/edit-intervals': { allows: members, permission: 'reservation:update', id: 'reservation' },
  'POST /reservations/{id}/extend': { allows: members, permission: 'reservation:update', id: 'reservation' },
  'POST /reservations/{id}/cancel': { allows: members, permission: 'reservation:cancel', id: 'reservation' },
  'POST /reservations/{id}/restore': { allows: members, permission: 'reservation:cancel', id: 'reservation' },
  'GET /reservations/{id}/history': { allows: members, permission: 'reservation:read', id: 'reservation' },
  'GET /reservations/{id}/check-in': { allows: members, permission: 'reservation:read', id: 'reservation' },
  'POST /reservations/{id}/check-in': { allows: members, permission: 'reservation:update', id: 'reservation' },
  'POST /reservations/{id}/end': { allows: members, permission: 'reservation:update', id: 'reservation' },
  'POST /check-in': { allows: members, permission: 'reservation:update' },
  'GET /resources/{id}/check-in-link': { allows: admins, permission: 'resource:manage', id: 'resource' },
  'POST /reservations/{id}/transfer': { allows: members, permission: 'reservation:update', id: 'reservation' },
  'POST /bulk/reservations': { allows: members, permission: 'reservation:create' },
  'POST /bulk/reservations/validate': { allows: members, permission: 'reservation:create' },
  'POST /bulk/reservations/cancel': { allows: members, permission: 'reservation:cancel' },
  'POST /bulk/reservations/import': { allows: members, permission: 'reservation:create' },
  'GET /jobs/{id}': { allows: members, permission: 'reservation:read', id: 'job' },
  'GET /jobs/{id}/result': { allows: members, permission: 'reservation:read', id: 'job' },
  'DELETE /jobs/{id}': { allows: members, permission: 'reservation:create', id: 'job' },
  'GET /bulk/reservations/export': { allows: members, permission: 'reservation:read' },
  'GET /approvals/pending': { allows: members, permission: 'approval:decide' },
  'GET /approvals/{id}': { allows: members, permission: 'approval:decide', id: 'approval' },
  'POST /approvals/{id}/respond': { allows: members, permission: 'approval:decide', id: 'approval' },
  'POST /approvals/{id}/delegate': { allows: members, permission: 'approval:decide', id: 'approval' },
  'GET /approvals/{id}/background': { allows: members, permission: 'approval:decide', id: 'approval' },
  'POST /approvals/{id}/ask': { allows: members, permission: 'approval:decide', id: 'approval' },
  'POST /approvals/{id}/answer': { allows: members, permission: 'approval:decide', id: 'approval' },
  'GET /approvals/resources/{id}/settings': { allows: signedIn, permission: 'resource:read', id: 'resource' },
  'PUT /approvals/resources/{id}/settings': { allows: admins, permission: 'resource:manage', id: 'resource' },
  'POST /holds': { allows: members, permission: 'reservation:create' },
  'POST /holds/{id}/refresh': { allows: members, permission: 'reservation:create', id: 'hold' },
  'POST /holds/{id}/release': { allows: members, permission: 'reservation:create', id: 'hold' },
  'DELETE /holds/{id}': { allows: members, permission: 'reservation:create', id: 'hold' },

  'POST /waitlist': { allows: members, permission: 'reservation:create' },
  'GET /waitlist': { allows: members, permission: 'reservation:read' },
  'GET /waitlist/{id}': { allows: members, permission: 'reservation:read', id: 'waitlist' },
  'DELETE /waitlist/{id}': { allows: members, permission: 'reservation:create', id: 'waitlist' },
  'POST /waitlist/{id}/accept': { allows: members, permission: 'reservation:create', id: 'waitlist' },
  'POST /waitlist/{id}/decline': { allows: members, permission: 'reservation:create', id: 'waitlist' },
  'GET /resources/{id}/waitlist': { allows: members, permission: 'reservation:read', id: 'resource' },

  'POST /stream/tickets': { allows: signedIn, permission: 'stream:connect' },
};

/** Topics of the live stream and who may follow them, when the thing is of their own organization. */
export const topics: Readonly<Record<string, readonly ('guest' | 'user' | 'admin')[]>> = {
  me: signedIn,
  // Whose it is alone; in these tests an administrator.
  jobs: admins,
  approvals: members,
  site: signedIn,
  resource: signedIn,
};
