import { Database } from '@berth/platform/database';
import { LOG } from '@berth/platform/runtime';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { Bell } from './bell';

const BATCH = 500;
const LOOK_MS = 300;

/** Gives committed events their place in the log, woken by the bell and by a look every 300 ms. Any number may run; one works at a time. */
@Injectable()
export class Sequencer implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private deaf: (() => void) | undefined;
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly bell: Bell,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.deaf = this.bell.on('berth_events', () => void this.run());
    this.timer = setInterval(() => void this.run(), LOOK_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.deaf?.();
    // Once more, so that what this process wrote last is not left without a place.
    await this.run();
    this.stopped = true;
    await this.running;
  }

  /** Places everything that is due; a call while one runs makes it look once more. */
  async run(): Promise<void> {
    if (this.stopped) return;
    this.again = true;
    this.running ??= this.drain().finally(() => (this.running = undefined));
    await this.running;
  }

  private async drain(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      try {
        const [row] = await this.database.system.sql<{ placed: number }>`select sequence_events(${BATCH}) as placed`;
        if (row && row.placed > 0) this.bell.ring('berth_log');
        if (row?.placed === BATCH) this.again = true;
      } catch (error) {
        this.log.error({ error }, 'sequencing failed; it is tried again');
      }
    }
  }
}
