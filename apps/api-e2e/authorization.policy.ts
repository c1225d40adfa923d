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
