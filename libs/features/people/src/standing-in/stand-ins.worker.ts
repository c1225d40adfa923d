import { endOverStandIns } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Schedule } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';

const LOOK_MS = 15_000;

/** Writes into the log when somebody acts as somebody else no more, where nobody stopped it. Any number may run. */
@Injectable()
export class OverStandIns {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    schedule: Schedule,
  ) {
    schedule.every(LOOK_MS, 'looking for stand-ins that are over stumbled', () => this.run());
  }

  /** @returns how many were */
  run(): Promise<number> {
    return endOverStandIns(this.database, this.outbox, this.clock.now());
  }
}
