import { aboutBooking } from './authorization.booking';
import { aboutPeople } from './authorization.people';
import { admins, members, signedIn, type RouteRule } from './authorization.rule';

/** Who may call a route, as people would write it down. Independent of the code: when the two differ, one of them is wrong. */
export const policy: Readonly<Record<string, RouteRule>> = { ...aboutPeople, ...aboutBooking };

/** Topics of the live stream and who may follow them, when the thing is of their own organization. */
export const topics: Readonly<Record<string, readonly ('guest' | 'user' | 'admin')[]>> = {
  me: signedIn,
  // Whose it is alone; in these tests an administrator.
  jobs: admins,
  approvals: members,
  audit: admins,
  site: signedIn,
  floor: signedIn,
  resource: signedIn,
  webhook: admins,
  system: admins,
};

/** Kinds of jobs with the lines above that rule them: where one is asked for, where what it made is read, by whose job it is alone. */
export const jobs: Readonly<Record<string, { readonly asked: readonly string[]; readonly read: string }>> = {
  'bulk-book': { asked: ['POST /bulk/reservations'], read: 'GET /jobs/{id}/result' },
  import: { asked: ['POST /bulk/reservations/import'], read: 'GET /jobs/{id}/result' },
  'personal-data': { asked: ['POST /users/me/export', 'POST /users/{id}/export'], read: 'GET /users/me/exports/{id}/file' },
  'audit-export': { asked: ['POST /audit/export/csv', 'POST /audit/export/json'], read: 'GET /audit/exports/{id}/file' },
};
