import { Database } from '@berth/platform/database';
import { EventLog } from '@berth/platform/outbox';
import { Clock, Schedule } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { takeDueNews } from './held-news.store';
import { TellPeople } from './tell-people.subscriber';

const LOOK_MS = 1_000;
const BATCH = 100;

/** Tells what was set aside once nobody can take it back any more, as if it had happened now. Any number may run. */
@Injectable()
export class HeldNews {
  constructor(
    private readonly database: Database,
    private readonly log: EventLog,
    private readonly people: TellPeople,
    private readonly clock: Clock,
    schedule: Schedule,
  ) {
    schedule.every(LOOK_MS, 'telling what was held back failed', () => this.run());
  }

  /** @returns how many events were due */
  async run(): Promise<number> {
    for (let done = 0; ;) {
      const taken = await this.database.systemTransaction(async (tx) => {
        const due = await takeDueNews(tx, this.clock.now(), BATCH);
        if (due.length > 0) await this.people.receive(tx, await this.log.these(tx, due));
        return due.length;
      });
      done += taken;
      if (taken < BATCH) return done;
    }
  }
}
