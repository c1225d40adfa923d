import { Database } from '@berth/platform/database';
import { Clock, LOG } from '@berth/platform/runtime';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as rest } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Bell } from './bell';
import { EventLog } from './event-log';
import { Reader } from './reader';
import type { Subscriber } from './subscriber';

const LOOK_MS = 500;
/** Between two rounds of a subscriber: what happens while many book is handed over together, and not by a transaction each. */
const REST_MS = 250;

/**
 * Hands the log to its subscribers, each by a loop of its own, so that one that is stuck delays no other. Woken by the bell
 * and by a look every 500 ms. Any number of processes may run it; each subscriber is served by one at a time.
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly readers: Reader[] = [];
  private readonly running = new Map<Reader, Promise<void>>();
  private readonly again = new Set<Reader>();
  private timer: NodeJS.Timeout | undefined;
  private deaf: (() => void) | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly database: Database,
    private readonly events: EventLog,
    private readonly bell: Bell,
    private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Called in the constructor of the subscriber. */
  add(subscriber: Subscriber): void {
    this.readers.push(new Reader(this.database, this.events, this.clock, this.log, subscriber));
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const reader of this.readers) await reader.begin();
    this.deaf = this.bell.on('berth_log', () => this.wake());
    this.timer = setInterval(() => this.wake(), LOOK_MS);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    clearInterval(this.timer);
    this.deaf?.();
    await Promise.all(this.running.values());
  }

  /** Hands over all that is in the log now, but for what rests after a failure. For those who wait for it. */
  async drain(): Promise<void> {
    for (const reader of this.readers) {
      await reader.begin();
      while (await reader.round());
    }
  }

  private wake(): void {
    for (const reader of this.readers) {
      this.again.add(reader);
      if (!this.running.has(reader))
        this.running.set(
          reader,
          this.rounds(reader).finally(() => this.running.delete(reader)),
        );
    }
  }

  private async rounds(reader: Reader): Promise<void> {
    while (this.again.delete(reader)) {
      try {
        while (!this.stopping.signal.aborted && (await reader.round()));
      } catch (error) {
        this.log.error({ error }, 'the log could not be read; it is tried again');
      }
      await rest(REST_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }
}
