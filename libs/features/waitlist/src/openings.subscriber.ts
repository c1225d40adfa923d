import type { Tx } from '@berth/platform/database';
import { type LogEntry, Relay, type Subscriber } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { type Opening, OPENING_TYPES, openingsOf } from './openings';

/** Writes down what was freed. */
@Injectable()
export class Openings implements Subscriber {
  readonly name = 'waitlist';
  readonly hears = OPENING_TYPES;
  private tell: () => void = () => undefined;

  constructor(
    relay: Relay,
    private readonly clock: Clock,
  ) {
    relay.add(this);
  }

  /** @param tell called when something was freed */
  onFreed(tell: () => void): void {
    this.tell = tell;
  }

  async receive(tx: Tx, events: readonly LogEntry[]): Promise<void> {
    const now = this.clock.now();
    const found = events.flatMap((event) =>
      openingsOf({ type: event.type, time: new Date(event.time), data: event.data })
        .filter((it) => it.end > now)
        .map((it) => ({ ...it, event })),
    );
    if (found.length === 0) return;
    await this.writeDown(tx, found, now);
    tx.afterCommit(() => this.tell());
  }

  /** What is only cancelled with time to undo is free when that has passed. */
  private async writeDown(tx: Tx, found: readonly (Opening & { event: LogEntry })[], now: Date): Promise<void> {
    await tx.sql`
      insert into waitlist_opening (id, org_id, resource_id, from_at, to_at, due_at)
      select o.id, o.org_id, o.resource_id, o.from_at, o.to_at, greatest(${now}, (select v.undo_until from reservation v where v.id = o.subject_id))
      from unnest(
        ${found.map((it) => it.event.id)}::uuid[], ${found.map((it) => it.event.organizationId)}::uuid[], ${found.map((it) => it.resourceId ?? null)}::uuid[],
        ${found.map((it) => it.start)}::timestamptz[], ${found.map((it) => it.end)}::timestamptz[], ${found.map((it) => idOf(it.event.subject))}::uuid[]
      ) as o(id, org_id, resource_id, from_at, to_at, subject_id)
      where exists (select from waitlist_entry e where e.org_id = o.org_id and e.status = 'waiting')
      on conflict do nothing`;
  }
}

/** Of `kind/id`. */
const idOf = (subject: string): string => subject.slice(subject.indexOf('/') + 1);
