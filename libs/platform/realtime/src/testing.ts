import type { Actor } from '@berth/platform/auth';

/** Somebody who is signed in and follows. */
export const somebody = (role: Actor['role'] = 'user'): Actor => ({
  ...{ organizationId: 'o', accountId: 'p', requestId: 'r', sessionId: 's', displayName: 'P' },
  ...{ role, grants: [], groupIds: [] },
});
