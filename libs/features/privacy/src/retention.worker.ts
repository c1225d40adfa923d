import { Database, deleteInPortions, sql, type Statement } from '@berth/platform/database';
import { Clock, Schedule } from '@berth/platform/runtime';
import { FILE_KEPT_HOURS } from '@berth/reservations';
import { Injectable } from '@nestjs/common';

const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** What links and letters there were is of use for a while: who was invited, why a letter did not arrive. */
const LINKS_KEPT_DAYS = 30;
const LETTERS_KEPT_DAYS = 90;
const JOBS_KEPT_DAYS = 30;
const NOTIFICATIONS_KEPT_DAYS = 90;

/**
 * Deletes what is about people and of no more use: links that are over, letters, notifications, jobs with what came of them,
 * exports. What another worker has locked is left to it, so any number may run beside each other.
 */
@Injectable()
export class Retention {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    schedule: Schedule,
  ) {
    schedule.every(EVERY_MS, 'what is of no more use could not be deleted', () => this.forget());
  }

  /** @returns how many rows were deleted */
  async forget(): Promise<number> {
    const before = (milliseconds: number): Date => new Date(this.clock.now().getTime() - milliseconds);
    const links = before(LINKS_KEPT_DAYS * DAY_MS);
    const letters = before(LETTERS_KEPT_DAYS * DAY_MS);
    const jobs = before(JOBS_KEPT_DAYS * DAY_MS);
    const exports = before(FILE_KEPT_HOURS * 3_600_000);
    const notifications = before(NOTIFICATIONS_KEPT_DAYS * DAY_MS);
    const over = [
      gone(sql`account_link`, sql`expires_at < ${links}`),
      gone(sql`mail`, sql`state <> 'waiting' and ended_at < ${letters}`),
      gone(sql`job`, sql`ended_at < ${jobs} or (kind in ('personal-data', 'audit-export') and ended_at < ${exports})`),
      gone(sql`notification`, sql`at < ${notifications}`),
      gone(sql`acted_link`, sql`expires_at < ${this.clock.now()}`),
    ];
    let deleted = 0;
    for (const it of over) deleted += await deleteInPortions(this.database.system, it);
    return deleted;
  }
}

/** Deletes so many rows of a table at most. */
const gone =
  (table: Statement, isOver: Statement) =>
  (limit: number): Statement => sql`
    with over as materialized (select id from ${table} where ${isOver} limit ${limit} for update skip locked)
    delete from ${table} where id in (select id from over)
    returning id`;
