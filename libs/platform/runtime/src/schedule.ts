import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { every } from './every';
import { LOG } from './tokens';

interface Entry {
  readonly milliseconds: number;
  readonly failure: string;
  readonly work: () => Promise<unknown>;
}

/** What a process does again and again while it runs. A turn that fails is said in the log, and the next one comes all the same. */
@Injectable()
export class Schedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly entries: Entry[] = [];
  private stops: (() => Promise<void>)[] = [];

  constructor(@Inject(LOG) private readonly log: Logger) {}

  /**
   * Called in the constructor of what does the work.
   * @param milliseconds from one turn to the next, never two at once
   * @param failure what to say when a turn fails, like `holds could not be swept`
   */
  every(milliseconds: number, failure: string, work: () => Promise<unknown>): void {
    this.entries.push({ milliseconds, failure, work });
  }

  onApplicationBootstrap(): void {
    this.stops = this.entries.map(({ milliseconds, failure, work }) =>
      every(milliseconds, work, (error) => this.log.error({ error }, `${failure}; it is tried again`)),
    );
  }

  /** No turn comes any more; those that go on are waited for. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.stops.map((stop) => stop()));
  }
}
