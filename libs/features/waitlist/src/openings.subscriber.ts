import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { openingsOf } from './openings';

const BATCH = 500;
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
    for (;;) if ((await this.readBatch()) < BATCH) return;
  }

  private readBatch(): Promise<number> {
    const now = this.clock.now();
    return this.database.systemTransaction(async (tx) => {
      const [reader] = await tx.sql<{ position: number }>`
        select position from event_reader where name = ${READER} for update skip locked`;
      if (!reader) return 0;
      const events = await tx.sql<EventRow>`
        select id, org_id, type, subject_id, at, data, log_position from event where log_position > ${reader.position} order by log_position limit ${BATCH}`;
      const last = events.at(-1);
      if (!last) return 0;
      const found = events.flatMap((event) =>
        openingsOf({ type: event.type, time: event.at, data: event.data })
          .filter((it) => it.end > now)
          .map((it) => ({ ...it, event })),
      );
      // What is only cancelled with time to undo is free when that has passed.
      await tx.sql`
        insert into waitlist_opening (id, org_id, resource_id, from_at, to_at, due_at)
        select o.id, o.org_id, o.resource_id, o.from_at, o.to_at, greatest(${now}, (select v.undo_until from reservation v where v.id = o.subject_id))
        from unnest(
          ${found.map((it) => it.event.id)}::uuid[], ${found.map((it) => it.event.org_id)}::uuid[], ${found.map((it) => it.resourceId ?? null)}::uuid[],
          ${found.map((it) => it.start)}::timestamptz[], ${found.map((it) => it.end)}::timestamptz[], ${found.map((it) => it.event.subject_id)}::uuid[]
        ) as o(id, org_id, resource_id, from_at, to_at, subject_id)
        where exists (select from waitlist_entry e where e.org_id = o.org_id and e.status = 'waiting')
        on conflict do nothing`;
      await tx.sql`update event_reader set position = ${last.log_position} where name = ${READER}`;
      return events.length;
    });
  }
}
