import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';

/** An event a reader goes on without. */
export interface ParkedEvent {
  readonly sequence: number;
  readonly eventId: string;
  readonly type: string;
  readonly error: string;
  readonly parkedAt: string;
}

/** A part of Berth that follows the event log. */
export interface ReaderOfLog {
  readonly name: string;
  /** Events of all organizations it has not looked at. */
  readonly behind: number;
  /** Why it stumbled last; null while it goes on. */
  readonly error: string | null;
  readonly nextTryAt: string | null;
  /** Of the actor's organization, newest first. */
  readonly parked: readonly ParkedEvent[];
  /** Spans of the actor's organization that wait to be handed over again. */
  readonly replays: number;
}

const MOST_PARKED = 100;

/** Reads how far the readers of the log are. */
@Injectable()
export class ReadersQueries {
  constructor(private readonly database: Database) {}

  /** Another word whenever a reader stumbles, goes on, parks an event or is handed a span, or Redis comes or goes. */
  async mark(organizationId: string): Promise<string> {
    const [row] = await this.database.system.sql<{ mark: string }>`
      select concat_ws(' ',
        (select md5(string_agg(concat(name, error), ',' order by name)) from event_reader),
        (select concat(count(*), max(parked_at)) from event_parked where org_id = ${organizationId}),
        (select count(*) from event_replay where org_id = ${organizationId}),
        (select string_agg(distinct redis, ',' order by redis) from work_queue)) as mark`;
    return row?.mark ?? '';
  }

  /** By name. */
  async all({ organizationId }: Actor): Promise<ReaderOfLog[]> {
    const rows = await this.database.system.sql<ReaderRow>`
      select r.name, h.position - r.position as behind, r.error, r.next_try_at,
             (select count(*)::int from event_replay p where p.org_id = ${organizationId} and p.reader = r.name) as replays,
             array(select jsonb_build_object('sequence', p.sequence, 'eventId', p.event_id, 'type', p.event_type, 'error', p.error, 'parkedAt', p.parked_at)
                   from event_parked p where p.org_id = ${organizationId} and p.reader = r.name
                   order by p.sequence desc limit ${MOST_PARKED}) as parked
      from event_reader r cross join event_log_head h
      order by r.name`;
    return rows.map(({ next_try_at: next, parked, ...row }) => ({
      ...row,
      nextTryAt: next && formatInstant(next),
      parked: parked.map((it) => ({ ...it, parkedAt: formatInstant(new Date(it.parkedAt)) })),
    }));
  }
}

interface ReaderRow extends Omit<ReaderOfLog, 'nextTryAt'> {
  readonly next_try_at: Date | null;
}
