import { LOG } from '@berth/platform/runtime';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as rest } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Openings } from './openings.subscriber';
import { ServeQueue } from './serve-queue';
import { SettleOffers } from './settle-offers';

const LOOK_MS = 500;
const SWEEP_EVERY = 60;
/** Between two rounds: what is freed while many book is offered together. */
const REST_MS = 250;

/**
 * Keeps the waitlist going: offers what was freed, settles offers that ended; now and then looks at all who wait, for what
 * no event told. Woken by what the log tells and by a look twice a second. Any number may run.
 */
@Injectable()
export class WaitlistWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private readonly stopping = new AbortController();
  private looks = 0;

  constructor(
    private readonly openings: Openings,
    private readonly serving: ServeQueue,
    private readonly settling: SettleOffers,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.openings.onFreed(() => this.wake());
    this.timer = setInterval(() => this.wake(), LOOK_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    this.again = false;
    await this.running;
  }

  private wake(): void {
    if (this.stopping.signal.aborted) return;
    this.again = true;
    this.running ??= this.rounds().finally(() => (this.running = undefined));
  }

  private async rounds(): Promise<void> {
    while (this.again) {
      this.again = false;
      try {
        await this.settling.execute();
        await this.serving.execute();
        if (this.looks++ % SWEEP_EVERY === 0) await this.serving.sweep();
      } catch (error) {
        this.log.error({ error }, 'the waitlist stumbled; it is tried again');
      }
      await rest(REST_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }
}
