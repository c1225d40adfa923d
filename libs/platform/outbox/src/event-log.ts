import type { ToldEvent } from '@berth/contracts';
import { Database, sql, type Statement, type Tx, type Via } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';

interface EventRow {
  id: string;
  org_id: string;
  type: string;
  subject_kind: string;
  subject_id: string;
  actor_id: string | null;
  at: Date;
  data: unknown;
  request_id: string | null;
  traceparent: string | null;
  address: string | null;
  via_kind: Via['kind'] | null;
  via_id: string | null;
  on_behalf_of: string | null;
  sequence: number;
  log_position: number;
}

/** An event with its place among those of all organizations, and where it came from, which is for the audit log and not told to everybody. */
export type LogEntry = ToldEvent & {
  readonly logPosition: number;
  readonly requestId: string | null;
  readonly traceparent: string | null;
  /** Of the client; null for what Berth did by itself, and after its person was erased. */
  readonly address: string | null;
  /** What the actor was known by; null where nobody had signed in. */
  readonly via: { readonly kind: Via['kind']; readonly id: string | null } | null;
  /** Account the actor did it for, where that is another. */
  readonly onBehalfOf: string | null;
};

const columns = sql`id, org_id, type, subject_kind, subject_id, actor_id, at, data, sequence, log_position,
  request_id, traceparent, host(address) as address, via_kind, via_id, on_behalf_of`;

/** After one place, up to and with another. */
interface Span {
  readonly after: number;
  readonly until: number;
}

/** Reads the sequenced log. */
@Injectable()
export class EventLog {
  constructor(private readonly database: Database) {}

  /** Place of the newest event of all organizations. */
  async head(): Promise<number> {
    const [row] = await this.database.system.sql<{ position: number }>`select position from event_log_head`;
    return row?.position ?? 0;
  }

  /** Sequence of the newest event of one organization. */
  async lastSequence(organizationId: string): Promise<number> {
    const [row] = await this.database.of(organizationId).sql<{ sequence: number }>`
      select sequence from event_chain where org_id = ${organizationId}`;
    return row?.sequence ?? 0;
  }

  /** Events of all organizations after a place, in order. */
  async after(logPosition: number, limit: number): Promise<LogEntry[]> {
    const rows = await this.database.system.sql<EventRow>`
      select ${columns}
      from event
      where log_position > ${logPosition}
      order by log_position
      limit ${limit}`;
    return rows.map(toEntry);
  }

  /** Events of one organization after a sequence number, in order. */
  async since(organizationId: string, sequence: number, limit: number): Promise<LogEntry[]> {
    const rows = await this.database.of(organizationId).sql<EventRow>`
      select ${columns}
      from event
      where org_id = ${organizationId} and sequence > ${sequence}
      order by sequence
      limit ${limit}`;
    return rows.map(toEntry);
  }

  /**
   * Sequence of the first event of an organization from some moment on; one more than the last when there is none. Events are
   * in order of time but for moments, so it is looked up by halves and needs no index; those that are gone are the oldest.
   */
  async firstSince(organizationId: string, since: Date): Promise<number> {
    let [before, from] = [0, (await this.lastSequence(organizationId)) + 1];
    while (from - before > 1) {
      const middle = Math.floor((before + from) / 2);
      const [row] = await this.database.of(organizationId).sql<{ at: Date }>`
        select at from event where org_id = ${organizationId} and sequence = ${middle}`;
      if (!row || row.at < since) before = middle;
      else from = middle;
    }
    return from;
  }

  /**
   * Events of some types between two places of the log of all organizations, in order, as a subscriber reads them.
   * @param hears as with `Subscriber`
   */
  async heard(tx: Tx, hears: readonly string[], { after, until }: Span, limit: number): Promise<LogEntry[]> {
    const rows = await tx.sql<EventRow>`
      select ${columns} from event
      where log_position > ${after} and log_position <= ${until} and ${ofTypes(hears)}
      order by log_position
      limit ${limit}`;
    return rows.map(toEntry);
  }

  /** The same between two sequences of one organization. */
  async heardAgain(tx: Tx, organizationId: string, hears: readonly string[], { after, until }: Span, limit: number): Promise<LogEntry[]> {
    const rows = await tx.sql<EventRow>`
      select ${columns} from event
      where org_id = ${organizationId} and sequence > ${after} and sequence <= ${until} and ${ofTypes(hears)}
      order by sequence
      limit ${limit}`;
    return rows.map(toEntry);
  }

  /** Sequenced events by id, in order, as a subscriber reads them. */
  async these(tx: Tx, events: readonly { readonly organizationId: string; readonly id: string }[]): Promise<LogEntry[]> {
    const rows = await tx.sql<EventRow>`
      select ${columns} from event
      where (org_id, id) in (select * from unnest(${events.map((it) => it.organizationId)}::uuid[], ${events.map((it) => it.id)}::uuid[]))
        and sequence is not null
      order by log_position`;
    return rows.map(toEntry);
  }
}

const toEntry = (row: EventRow): LogEntry => ({
  id: row.id,
  type: row.type,
  source: `/organizations/${row.org_id}`,
  subject: `${row.subject_kind}/${row.subject_id}`,
  time: row.at.toISOString(),
  organizationId: row.org_id,
  sequence: row.sequence,
  actor: row.actor_id,
  data: row.data,
  logPosition: row.log_position,
  requestId: row.request_id,
  traceparent: row.traceparent,
  address: row.address,
  via: row.via_kind && { kind: row.via_kind, id: row.via_id },
  onBehalfOf: row.on_behalf_of,
});

/** The types somebody hears: themselves, `object.*` or `*`. */
function ofTypes(hears: readonly string[]): Statement {
  const objects = hears.filter((it) => it.endsWith('.*')).map((it) => it.slice(0, -2));
  return sql`(${hears.includes('*')} or type = any(${[...hears]}) or split_part(type, '.', 1) = any(${objects}))`;
}
