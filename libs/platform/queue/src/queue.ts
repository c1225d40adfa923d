import { LOG } from '@berth/platform/runtime';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DueWork } from './due-work';
import { InProcess } from './in-process';

/** Does what is due, in worker processes. */
@Injectable()
export class Queue implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly works: DueWork[] = [];
  private readonly running = new Map<string, InProcess>();

  constructor(@Inject(LOG) private readonly log: Logger) {}

  /** Called in the constructor of the work. */
  add(work: DueWork): void {
    this.works.push(work);
  }

  /** Looks at once for what is due; for after the commit of what has made it so. */
  wake(name: string): void {
    this.running.get(name)?.wake();
  }

  onApplicationBootstrap(): void {
    for (const work of this.works) this.running.set(work.name, new InProcess(work, this.log));
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.running.values()].map((it) => it.stop()));
  }
}
