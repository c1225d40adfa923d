export { Bell, type Channel } from './bell';
export { EventLog, type LogEntry } from './event-log';
export { eventOrigin, Outbox, via, type Doer } from './outbox';
export { OutboxModule, OutboxWorkerModule } from './outbox.module';
export { Relay } from './relay';
export { Sequencer } from './sequencer';
export type { Subscriber } from './subscriber';
