import { Database, type Sql } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { type Opening, OPENING_TYPES, openingsOf } from './openings';

const BATCH = 500;
/** The furthest one transaction looks: most events free nothing and are only passed over. */
const SPAN = 20_000;
const READER = 'waitlist';

interface EventRow {
  id: string;
  org_id: string;
  type: string;
  subject_id: string;
  at: Date;
  data: unknown;
  log_position: number;
}

/** Reads the log from where it stopped and writes down what was freed. Place and openings change in one transaction. */
@Injectable()
export class Openings {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Reads to the end; while another worker reads, there is nothing to do. */
  async read(): Promise<void> {
    while (await this.readBatch());
  }

  /** @returns whether there is more */
  private readBatch(): Promise<boolean> {
    const now = this.clock.now();
    return this.database.systemTransaction(async (tx) => {
      const [reader] = await tx.sql<{ position: number; head: number }>`
        select r.position, h.position as head from event_reader r cross join event_log_head h
        where r.name = ${READER} and r.position < h.position
        for update of r skip locked`;
      if (!reader) return false;
      const furthest = Math.min(reader.head, reader.position + SPAN);
      const events = await tx.sql<EventRow>`
        select id, org_id, type, subject_id, at, data, log_position from event
        where log_position > ${reader.position} and log_position <= ${furthest} and type = any(${[...OPENING_TYPES]})
        order by log_position limit ${BATCH}`;
      const last = events.length === BATCH ? (events.at(-1)?.log_position ?? furthest) : furthest;
      const found = events.flatMap((event) =>
        openingsOf({ type: event.type, time: event.at, data: event.data })
          .filter((it) => it.end > now)
          .map((it) => ({ ...it, event })),
      );
      if (found.length > 0) await this.writeDown(tx, found, now);
      await tx.sql`update event_reader set position = ${last} where name = ${READER}`;
      return last < reader.head;
    });
  }

  /** What is only cancelled with time to undo is free when that has passed. */
  private async writeDown(tx: Sql, found: readonly (Opening & { event: EventRow })[], now: Date): Promise<void> {
    await tx.sql`
      insert into waitlist_opening (id, org_id, resource_id, from_at, to_at, due_at)
      select o.id, o.org_id, o.resource_id, o.from_at, o.to_at, greatest(${now}, (select v.undo_until from reservation v where v.id = o.subject_id))
      from unnest(
        ${found.map((it) => it.event.id)}::uuid[], ${found.map((it) => it.event.org_id)}::uuid[], ${found.map((it) => it.resourceId ?? null)}::uuid[],
        ${found.map((it) => it.start)}::timestamptz[], ${found.map((it) => it.end)}::timestamptz[], ${found.map((it) => it.event.subject_id)}::uuid[]
      ) as o(id, org_id, resource_id, from_at, to_at, subject_id)
      where exists (select from waitlist_entry e where e.org_id = o.org_id and e.status = 'waiting')
      on conflict do nothing`;
  }
}
