import type { EventLog, LogEntry } from '@berth/platform/outbox';
import { LRUCache } from 'lru-cache';

/** More than this has been missed: reading anew is cheaper than replaying. */
export const REPLAY_MAX = 1_000;

/** The newest events of an organization without a gap, the oldest first. */
interface Tail {
  readonly after: number;
  readonly entries: readonly LogEntry[];
}

/**
 * What has just happened, so that a thousand who come back at once do not each read the log. A replica that was not there
 * reads it once.
 */
export class RecentLog {
  private readonly tails = new LRUCache<string, { after: number; entries: LogEntry[] }>({ max: 500 });
  private readonly reading = new Map<string, Promise<Tail>>();

  constructor(private readonly log: Pick<EventLog, 'since'>) {}

  /** The sequence number this process has come to in an organization; 0 before anything was told. */
  latest(organizationId: string): number {
    return this.tails.get(organizationId)?.entries.at(-1)?.sequence ?? 0;
  }

  /** Takes what this process tells now. */
  push(entry: LogEntry): void {
    const tail = this.tails.get(entry.organizationId);
    const last = tail?.entries.at(-1)?.sequence ?? tail?.after;
    if (last !== undefined && entry.sequence <= last) return;
    if (!tail || entry.sequence !== (last ?? 0) + 1) {
      this.tails.set(entry.organizationId, { after: entry.sequence - 1, entries: [entry] });
      return;
    }
    tail.entries.push(entry);
    // Twice as many before it is cut: each is moved once at most.
    if (tail.entries.length > 2 * REPLAY_MAX)
      this.tails.set(entry.organizationId, { after: tail.entries[REPLAY_MAX - 1]!.sequence, entries: tail.entries.slice(REPLAY_MAX) });
  }

  /** What happened after one sequence number up to another; undefined when that is too much to be told again. */
  async between(organizationId: string, after: number, upTo: number): Promise<readonly LogEntry[] | undefined> {
    // Numbers have no gaps, so how much it is needs no look.
    if (upTo - after > REPLAY_MAX) return undefined;
    if (upTo <= after) return [];
    const known = this.tails.get(organizationId);
    const tail =
      known && known.after <= after && this.latest(organizationId) >= upTo ? known : await this.read(organizationId, after, upTo);
    return tail.entries.filter((it) => it.sequence > after && it.sequence <= upTo);
  }

  private read(organizationId: string, after: number, upTo: number): Promise<Tail> {
    const key = `${organizationId} ${after} ${upTo}`;
    const reading = this.reading.get(key) ?? this.ask(organizationId, after, upTo).finally(() => this.reading.delete(key));
    this.reading.set(key, reading);
    return reading;
  }

  private async ask(organizationId: string, after: number, upTo: number): Promise<Tail> {
    const entries = await this.log.since(organizationId, after, upTo - after);
    const known = this.tails.get(organizationId);
    const meets = known === undefined || (known.after > after && known.after <= upTo);
    // What was told meanwhile goes behind what was read.
    if (meets)
      this.tails.set(organizationId, {
        after,
        entries: [...entries, ...(known?.entries.filter((it) => it.sequence > upTo) ?? [])],
      });
    return { after, entries };
  }
}
