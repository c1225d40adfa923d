import { sweepGrants } from '@berth/oauth';
import { sweepApiTokens, sweepLockouts, sweepSessions, sweepTrustedDevices } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock, Schedule } from '@berth/platform/runtime';
import { sweepDeliveries } from '@berth/webhooks';
import { Injectable } from '@nestjs/common';

const EVERY_MS = 600_000;
const KEPT_HOURS = 24;

/** Forgets what is kept for a time only: answers to repeated requests after 24 h, tickets nobody used, what signing in and sending leave behind, what
 * webhooks were sent. */
@Injectable()
export class ForgetAnswers {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    schedule: Schedule,
  ) {
    schedule.every(EVERY_MS, 'forgetting failed', () => this.forget());
  }

  /** @returns how many answers were forgotten */
  async forget(): Promise<number> {
    const now = this.clock.now();
    await this.database.system.sql`delete from stream_ticket where expires_at < ${now}`;
    await sweepLockouts(this.database.system, now);
    await sweepTrustedDevices(this.database.system, now);
    await sweepApiTokens(this.database.system, now);
    await sweepGrants(this.database.system, now);
    await sweepSessions(this.database.system, now);
    await sweepDeliveries(this.database.system, now);
    await this.database.system.sql`delete from address_allowance where full_at < clock_timestamp()`;
    const forgotten = await this.database.system.sql`
      delete from idempotency where created_at < ${new Date(now.getTime() - KEPT_HOURS * 3_600_000)} returning key`;
    return forgotten.length;
  }
}
