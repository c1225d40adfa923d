import { deleteInPortions, type Sql, sql } from '@berth/platform/database';

const KEPT_MS = 30 * 86_400_000;
/** Longer than a signature is good for. */
const CALLBACK_KEPT_MS = 3_600_000;

/** Forgets deliveries, with their attempts, after 30 days, and reports nobody could repeat any more. */
export async function sweepDeliveries(db: Sql, now: Date): Promise<void> {
  await deleteInPortions(
    db,
    (limit) => sql`
      with over as materialized (
        select id from webhook_delivery where created_at < ${new Date(now.getTime() - KEPT_MS)} order by created_at limit ${limit}
        for update skip locked)
      delete from webhook_delivery where id in (select id from over)
      returning id`,
  );
  await deleteInPortions(
    db,
    (limit) => sql`
      with over as materialized (
        select webhook_id, message_id from webhook_callback where at < ${new Date(now.getTime() - CALLBACK_KEPT_MS)} limit ${limit}
        for update skip locked)
      delete from webhook_callback where (webhook_id, message_id) in (select * from over)
      returning message_id`,
  );
}
