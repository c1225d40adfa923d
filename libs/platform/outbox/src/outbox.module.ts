import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Bell, DATABASE_URL } from './bell';
import { EventLog } from './event-log';
import { Outbox } from './outbox';
import { Relay } from './relay';
import { Sequencer } from './sequencer';

/** The event log: writing to it and reading it. */
@Global()
@Module({})
export class OutboxModule {
  static at(url: string): DynamicModule {
    return {
      module: OutboxModule,
      providers: [{ provide: DATABASE_URL, useValue: url }, Bell, Outbox, EventLog],
      exports: [Bell, Outbox, EventLog],
    };
  }
}

/** Who gives events their place and hands them to subscribers, for worker processes. */
@Global()
@Module({ providers: [Sequencer, Relay], exports: [Sequencer, Relay] })
export class OutboxWorkerModule {}
