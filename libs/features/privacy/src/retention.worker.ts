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
    const portions: ((limit: number) => Statement)[] = [
      (limit) => sql`
        with over as materialized (
          select id from account_link where expires_at < ${links} limit ${limit} for update skip locked)
        delete from account_link where id in (select id from over) returning 1 as one`,
      (limit) => sql`
        with over as materialized (
          select id from mail where state <> 'waiting' and ended_at < ${letters} limit ${limit} for update skip locked)
        delete from mail where id in (select id from over) returning 1 as one`,
      (limit) => sql`
        with over as materialized (
          select id from job where ended_at < ${jobs} or (kind in ('personal-data', 'audit-export') and ended_at < ${exports})
          limit ${limit} for update skip locked)
        delete from job where id in (select id from over) returning 1 as one`,
      (limit) => sql`
        with over as materialized (
          select id from notification where at < ${notifications} limit ${limit} for update skip locked)
        delete from notification where id in (select id from over) returning 1 as one`,
      (limit) => sql`
        with over as materialized (
          select id from acted_link where expires_at < ${this.clock.now()} limit ${limit} for update skip locked)
        delete from acted_link where id in (select id from over) returning 1 as one`,
    ];
    let deleted = 0;
    for (const it of portions) deleted += await deleteInPortions(this.database.system, it);
    return deleted;
  }
}
