import type { LogEntry } from '@berth/platform/outbox';
import type { Subscription } from './follower';
import type { Topics } from './topics';

/** Who follows what: an event finds those it is for without a look at the others. */
export class Audience {
  private readonly byKey = new Map<string, Set<Subscription>>();
  /** How many follow each kind. */
  private readonly kinds = new Map<string, number>();

  constructor(private readonly topics: Topics) {}

  join(subscription: Subscription): void {
    const { key, topic } = subscription;
    const followers = this.byKey.get(key) ?? new Set();
    this.byKey.set(key, followers.add(subscription));
    this.kinds.set(topic.kind, (this.kinds.get(topic.kind) ?? 0) + 1);
  }

  leave(subscription: Subscription): void {
    const { key, topic } = subscription;
    const followers = this.byKey.get(key);
    if (!followers?.delete(subscription)) return;
    if (followers.size === 0) this.byKey.delete(key);
    const others = (this.kinds.get(topic.kind) ?? 1) - 1;
    if (others > 0) this.kinds.set(topic.kind, others);
    else this.kinds.delete(topic.kind);
  }

  /** Those who follow what stands in no log, by what they follow. */
  ofStates(): [Subscription, ...Subscription[]][] {
    const found: [Subscription, ...Subscription[]][] = [];
    for (const followers of this.byKey.values()) {
      const first = followers.values().next().value;
      if (first?.rule.markOf) found.push([first, ...[...followers].slice(1)]);
    }
    return found;
  }

  /** Those an event is for; the subscriptions of one client in the order it made them. */
  async of(entry: LogEntry): Promise<Subscription[]> {
    const keys = await this.topics.keysOf(entry, [...this.kinds.keys()]);
    const found = keys.flatMap((it) => [...(this.byKey.get(it) ?? [])]);
    return keys.length > 1 ? found.sort((one, other) => one.place - other.place) : found;
  }
}
