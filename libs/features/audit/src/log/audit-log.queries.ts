import { Problem } from '@berth/contracts';
import { encodeCursor, type Page } from '@berth/kernel';
import { Database, join, nothing, type Sql, sql, type Statement } from '@berth/platform/database';
import { cursorOf, type ListQuery } from '@berth/platform/http';
import { Injectable } from '@nestjs/common';
import { type AuditEntry, type EventRow, idsIn, toEntry } from './audit-entry';
import { type AuditFilter, either, searchFor } from './audit-filter';
import { NamesQueries } from './names.queries';

/** A page of the log. Where little of it fits, it ends before it is full and says how far it has looked. */
export interface AuditPage extends Page<AuditEntry> {
  /** When the oldest row that was looked at happened; null when everything was. */
  readonly searchedTo: string | null;
}

/** One event, with what the chain has of it. */
export interface AuditDetail extends AuditEntry {
  /** SHA-256, hexadecimal. */
  readonly hash: string;
  readonly previousHash: string;
  readonly data: unknown;
  /** Texts were taken out of it when a person was erased. */
  readonly isRedacted: boolean;
}

/** One request looks at so many rows of the log at most. */
export const LOOKED_AT = 20_000;
/** Longer no transaction is open: an event that happened so much before another has its place before it. */
const LONGEST_TRANSACTION_S = 3_600;
const AROUND = 10;

const columns = sql`e.id, e.sequence, e.at, e.type, e.subject_kind, e.subject_id, e.actor_id, e.request_id, host(e.address) as address,
  e.via_kind, e.via_id, e.on_behalf_of, e.data`;

/** Places in the log between which all that is asked for lies; both are exclusive. */
export interface Span {
  readonly above: number;
  readonly below: number;
}

/** Reads the log for those who may; whoever calls has asked for the right. */
@Injectable()
export class AuditLogQueries {
  constructor(
    private readonly database: Database,
    private readonly names: NamesQueries,
  ) {}

  /** Newest first. @throws Problem `invalid-cursor` */
  async page(organizationId: string, filter: AuditFilter, list: ListQuery): Promise<AuditPage> {
    const span = await this.spanOf(organizationId, filter, list);
    const words = await this.wordsOf(organizationId, filter);
    const db = this.database.of(organizationId);
    const rows = await db.run<EventRow>(found(organizationId, filter, words, span, list.limit + 1));
    const shown = rows.slice(0, list.limit);
    const data = await this.named(organizationId, shown);
    if (rows.length > list.limit) return { data, page: endOf(shown.at(-1)!.sequence), searchedTo: null };
    const [last] = await db.run<{ sequence: number; at: Date }>(lastLookedAt(organizationId, filter, words, span));
    if (!last) return { data, page: { hasMore: false, nextCursor: null }, searchedTo: null };
    return { data, page: endOf(last.sequence), searchedTo: last.at.toISOString() };
  }

  /** @throws Problem `not-found` */
  async one(organizationId: string, id: string): Promise<AuditDetail> {
    const db = this.database.of(organizationId);
    const row = await this.row(db, organizationId, id);
    const [[entry], [sealed]] = await Promise.all([
      this.named(organizationId, [row]),
      db.sql<{ hash: string; previous: string; redacted: boolean }>`
        select encode(e.hash, 'hex') as hash,
          encode(coalesce((select p.hash from event p where p.org_id = e.org_id and p.sequence = e.sequence - 1), sha256('')), 'hex') as previous,
          exists (select from event_redaction r where r.position = e.position) as redacted
        from event e where e.org_id = ${organizationId} and e.sequence = ${row.sequence}`,
    ]);
    return { ...entry!, hash: sealed!.hash, previousHash: sealed!.previous, data: row.data, isRedacted: sealed!.redacted };
  }

  /** The event with those that came before and after it, newest first. @throws Problem `not-found` */
  async around(organizationId: string, id: string): Promise<AuditEntry[]> {
    const db = this.database.of(organizationId);
    const { sequence } = await this.row(db, organizationId, id);
    const rows = await db.sql<EventRow>`
      select ${columns} from event e
      where e.org_id = ${organizationId} and e.sequence between ${sequence - AROUND} and ${sequence + AROUND}
      order by e.sequence desc`;
    return this.named(organizationId, rows);
  }

  /** What the words of a filter name, looked up once for many reads. */
  wordsOf(organizationId: string, { q }: AuditFilter): Promise<string[]> {
    return this.names.idsOf(organizationId, q);
  }

  /** All that fits between two places, oldest first. */
  async between(organizationId: string, filter: AuditFilter, words: readonly string[], { above, below }: Span): Promise<AuditEntry[]> {
    const { parts, rest } = searchFor(filter, words);
    const rows = await this.database.of(organizationId).sql<EventRow>`
      select ${columns} from event e
      where e.org_id = ${organizationId} and e.sequence > ${above} and e.sequence < ${below} and ${join([either(parts), ...rest], ' and ')}
      order by e.sequence`;
    return this.named(organizationId, rows);
  }

  /** Where what is asked for lies, so that a time long ago costs no more than one of today. @throws Problem `invalid-cursor` */
  async spanOf(organizationId: string, { from, to }: AuditFilter, list?: ListQuery): Promise<Span> {
    const cursor = list && cursorOf(list, 1)?.[0];
    if (cursor !== undefined && !Number.isSafeInteger(cursor)) throw new Problem('invalid-cursor');
    const [row] = await this.database.of(organizationId).sql<{ above: number | null; below: number | null; head: number }>`
      select
        ${
          from
            ? sql`(select e.sequence from event e where e.org_id = ${organizationId} and e.sequence is not null
           and e.at < ${from}::timestamptz - make_interval(secs => ${LONGEST_TRANSACTION_S}) order by e.at desc limit 1)`
            : sql`null::bigint`
        } as above,
        ${
          to
            ? sql`(select e.sequence from event e where e.org_id = ${organizationId} and e.sequence is not null
           and e.at > ${to}::timestamptz + make_interval(secs => ${LONGEST_TRANSACTION_S}) order by e.at limit 1)`
            : sql`null::bigint`
        } as below,
        coalesce((select c.sequence from event_chain c where c.org_id = ${organizationId}), 0::bigint) as head`;
    const { above, below, head } = row!;
    return { above: above ?? 0, below: Math.min(below ?? head + 1, Number(cursor ?? head + 1)) };
  }

  private async row(db: Sql, organizationId: string, id: string): Promise<EventRow> {
    const [row] = await db.sql<EventRow>`
      select ${columns} from event e where e.org_id = ${organizationId} and e.id = ${id} and e.sequence is not null`;
    if (!row) throw new Problem('not-found');
    return row;
  }

  private async named(organizationId: string, rows: readonly EventRow[]): Promise<AuditEntry[]> {
    const names = await this.names.of(organizationId, rows.flatMap(idsIn));
    return rows.map((it) => toEntry(it, names));
  }
}

const endOf = (sequence: number): { hasMore: true; nextCursor: string } => ({ hasMore: true, nextCursor: encodeCursor([sequence]) });

/** Rows of each part that lie in the span, newest first, as many together as one request looks at. */
export function lookedAt(organizationId: string, parts: readonly Statement[], span: Span, what: Statement = sql`e.*`): Statement {
  const each = Math.ceil(LOOKED_AT / parts.length);
  const within = sql`e.org_id = ${organizationId} and e.sequence > ${span.above} and e.sequence < ${span.below}`;
  const branches = parts.map((it) => sql`(select ${what} from event e where ${within} and ${it} order by e.sequence desc limit ${each})`);
  return sql`select * from (${join(branches, ' union all ')}) e order by e.sequence desc limit ${each}`;
}

function found(organizationId: string, filter: AuditFilter, words: readonly string[], span: Span, limit: number): Statement {
  const { parts, rest } = searchFor(filter, words);
  const asked = rest.length > 0 ? sql`where ${join(rest, ' and ')}` : nothing;
  return sql`select ${columns} from (${lookedAt(organizationId, parts, span)}) e ${asked} order by e.sequence desc limit ${limit}`;
}

/** The last row that was looked at where there are more behind it; none when all were. */
function lastLookedAt(organizationId: string, filter: AuditFilter, words: readonly string[], span: Span): Statement {
  const { parts } = searchFor(filter, words);
  const each = Math.ceil(LOOKED_AT / parts.length);
  const seen = lookedAt(organizationId, parts, span, sql`e.sequence, e.at`);
  return sql`select e.sequence, e.at from (${seen}) e order by e.sequence desc offset ${each - 1} limit 1`;
}
