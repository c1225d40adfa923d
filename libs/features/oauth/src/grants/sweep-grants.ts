import type { Sql } from '@berth/platform/database';

const KEPT_MS = 90 * 86_400_000;
const UNUSED_KEPT_MS = 86_400_000;

/** Forgets codes nobody came for, and grants that ended long ago. */
export async function sweepGrants(database: Sql, now: Date): Promise<void> {
  const unusedSince = new Date(now.getTime() - UNUSED_KEPT_MS);
  const since = new Date(now.getTime() - KEPT_MS);
  await database.sql`delete from oauth_device_code where expires_at < ${unusedSince}`;
  await database.sql`
    delete from oauth_grant
    where (code_used_at is null and code_expires_at < ${unusedSince}) or revoked_at < ${since}
      or coalesce(refresh_expires_at, created_at) < ${since}`;
}
