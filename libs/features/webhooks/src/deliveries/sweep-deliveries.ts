import type { Sql } from '@berth/platform/database';

const KEPT_MS = 30 * 86_400_000;
/** Longer than a signature is good for. */
const CALLBACK_KEPT_MS = 3_600_000;
const AT_ONCE = 20_000;

/** Forgets deliveries, with their attempts, after 30 days, and reports nobody could repeat any more. */
export async function sweepDeliveries(db: Sql, now: Date): Promise<void> {
  await db.sql`
    delete from webhook_delivery where id in (
      select id from webhook_delivery where created_at < ${new Date(now.getTime() - KEPT_MS)} order by created_at limit ${AT_ONCE})`;
  await db.sql`delete from webhook_callback where at < ${new Date(now.getTime() - CALLBACK_KEPT_MS)}`;
}
