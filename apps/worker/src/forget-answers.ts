import { sweepGrants } from '@berth/oauth';
import { sweepApiTokens, sweepLockouts, sweepSessions, sweepTokenUse, sweepTrustedDevices } from '@berth/platform/auth';
import { Database, deleteInPortions, type Sql, sql } from '@berth/platform/database';
import { Clock, Schedule } from '@berth/platform/runtime';
import { sweepDeliveries } from '@berth/webhooks';
import { Injectable } from '@nestjs/common';

const EVERY_MS = 600_000;
const KEPT_HOURS = 24;

type Sweep = (db: Sql, now: Date) => Promise<unknown>;

const sweeps: Readonly<Record<string, Sweep>> = {
  'tickets nobody used': (db, now) => db.sql`delete from stream_ticket where expires_at < ${now}`,
  'failed sign-ins': sweepLockouts,
  'trusted devices': sweepTrustedDevices,
  'tokens that are over': sweepApiTokens,
  'requests with tokens of long ago': sweepTokenUse,
  'grants that are over': sweepGrants,
  'sessions that are over': sweepSessions,
  'what webhooks were sent': sweepDeliveries,
  'allowances of addresses': (db) =>
    deleteInPortions(
      db,
      (limit) => sql`
        with over as materialized (
          select address from address_allowance where full_at < clock_timestamp() limit ${limit} for update skip locked)
        delete from address_allowance where address in (select address from over)
        returning address`,
    ),
  'answers to repeated requests': (db, now) =>
    deleteInPortions(
      db,
      (limit) => sql`
        with over as materialized (
          select org_id, account_id, key from idempotency where created_at < ${new Date(now.getTime() - KEPT_HOURS * 3_600_000)}
          order by created_at limit ${limit} for update skip locked)
        delete from idempotency where (org_id, account_id, key) in (select * from over)
        returning key`,
    ),
};

/** Forgets what is kept for a time only. Each by itself, so that what cannot be forgotten now keeps nothing else. */
@Injectable()
export class ForgetAnswers {
  constructor(database: Database, clock: Clock, schedule: Schedule) {
    for (const [what, sweep] of Object.entries(sweeps))
      schedule.every(EVERY_MS, `${what} could not be forgotten`, () => sweep(database.system, clock.now()));
  }
}
