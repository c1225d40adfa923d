import type { Tx } from '@berth/platform/database';
import type { LogEntry } from './event-log';

/**
 * Follows the log in the worker. Its place in the log and what it writes change in one transaction, so each event takes
 * effect once; it only writes rows, and what goes over the network is work those rows make due. A span of the log may be
 * handed to it again on request: what it writes for an event is unique by the event's id.
 */
export interface Subscriber {
  /** Of its row in `event_reader`; one that is new starts at the head of the log. */
  readonly name: string;
  /** Types of events; `reservation.*` takes all of an object, `*` all there are. */
  readonly hears: readonly string[];
  /** Those of them it has any use for at the moment: what nobody listens to is passed over unread. All where it does not say. */
  heeds?(tx: Tx): Promise<readonly string[]>;
  /** Events of all organizations in their order. @param tx sees all organizations */
  receive(tx: Tx, events: readonly LogEntry[]): Promise<void>;
}
