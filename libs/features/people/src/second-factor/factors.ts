import { sql } from '@berth/platform/database';

/** Whether the account `a` has an app that makes codes. */
export const hasApp = sql`exists (select from one_time_code c where c.org_id = a.org_id and c.account_id = a.id and c.confirmed_at is not null)`;

/** Whether the account `a` has a passkey, which counts as a second factor after the password as well. */
export const hasPasskey = sql`exists (select from passkey p where p.org_id = a.org_id and p.account_id = a.id)`;

/** Whether the account `a` is asked for more than the password. */
export const hasSecondFactor = sql`(${hasApp} or ${hasPasskey})`;
