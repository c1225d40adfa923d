import { Database } from '@berth/platform/database';
import { CONFIG, type Config, LOG, Schedule } from '@berth/platform/runtime';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LazyModuleLoader } from '@nestjs/core';
import type { Queue as BullQueue } from 'bull';
import type { Logger } from 'pino';
import type { DueWork } from './due-work';
import { InProcess } from './in-process';
import { OnRedis, queueOptions } from './on-redis';

const REPORT_MS = 10_000;
/** Nobody needs to know more exactly how much more it is. */
const COUNTED = 1_000;

/** Does what is due, in worker processes: by itself, or with all others on one Redis when there is one. */
@Injectable()
export class Queue implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly works: DueWork[] = [];
  private readonly running = new Map<string, InProcess | OnRedis>();

  constructor(
    private readonly database: Database,
    private readonly modules: LazyModuleLoader,
    @Inject(CONFIG) private readonly config: Pick<Config, 'redisUrl'>,
    schedule: Schedule,
    @Inject(LOG) private readonly log: Logger,
  ) {
    schedule.every(REPORT_MS, 'the queues could not be reported', () => this.report());
  }

  /** Called in the constructor of the work. */
  add(work: DueWork): void {
    this.works.push(work);
  }

  /** Looks at once for what is due; for after the commit of what has made it so. */
  wake(name: string): void {
    this.running.get(name)?.wake();
  }

  async onApplicationBootstrap(): Promise<void> {
    const { redisUrl } = this.config;
    for (const work of this.works)
      this.running.set(work.name, redisUrl ? await this.onRedis(work, redisUrl) : new InProcess(work, this.log));
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.running.values()].map((it) => it.stop()));
  }

  /** Writes down how much is due, for whoever looks after the installation. */
  private async report(): Promise<void> {
    for (const work of this.works) {
      const due = await work.due(COUNTED);
      const running = this.running.get(work.name);
      const redis = running instanceof OnRedis ? (running.isReached ? 'reached' : 'away') : null;
      await this.database.system.sql`
        insert into work_queue (name, due, redis, looked_at) values (${work.name}, ${due.length}, ${redis}, clock_timestamp())
        on conflict (name) do update set due = excluded.due, redis = excluded.redis, looked_at = excluded.looked_at`;
    }
  }

  /** Bull is loaded where there is a Redis only. */
  private async onRedis(work: DueWork, url: string): Promise<OnRedis> {
    const { BullModule, getQueueToken } = await import('@nestjs/bull');
    const module = await this.modules.load(() => BullModule.registerQueue(queueOptions(work.name, url)));
    return new OnRedis(work, module.get<BullQueue>(getQueueToken(work.name)), this.log);
  }
}
