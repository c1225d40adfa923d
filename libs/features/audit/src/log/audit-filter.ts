import { sql, type Statement } from '@berth/platform/database';
import { refusals, type Way } from './audit-entry';

/** What of the log is asked for; all that is given must hold. */
export interface AuditFilter {
  /** Account that did it. */
  readonly actor?: string;
  /** Event types. */
  readonly action?: readonly string[];
  /** Kind of thing it was done to, as `resources`. */
  readonly object?: string;
  readonly objectId?: string;
  /** RFC 3339, inclusive and exclusive. */
  readonly from?: string;
  readonly to?: string;
  readonly address?: string;
  readonly via?: Way;
  readonly outcome?: 'done' | 'refused';
  /** Words that stand in the event, in the name of who did it or in the name of what it was done to; or an id. */
  readonly q?: string;
}

/** A filter as it is kept: what was sent as null asks for nothing. */
export const withoutNulls = (filter: AuditFilter): AuditFilter =>
  Object.fromEntries(Object.entries(filter).filter(([, it]) => it !== null && it !== undefined));

/** A filter taken apart: what an index finds, one part after another, and what each row found is asked besides. */
export interface Search {
  /** Of these parts one holds for every row that is wanted; each has an index that goes on by sequence. The table is `e`. */
  readonly parts: readonly Statement[];
  readonly rest: readonly Statement[];
}

const EVERYTHING = sql`true`;

/**
 * @param words ids that the words of `q` name, looked up before
 * The index of the filter that is likely to leave least is taken; the rest is asked of each row it finds.
 */
export function searchFor(filter: AuditFilter, words: readonly string[]): Search {
  const conditions = [
    ...(filter.objectId ? [[sql`e.subject_id = ${filter.objectId}`]] : []),
    ...(filter.address ? [[sql`e.address = ${filter.address}::inet`]] : []),
    ...(filter.actor ? [[sql`e.actor_id = ${filter.actor}`]] : []),
    ...(filter.action?.length ? [filter.action.map((it) => sql`e.type = ${it}`)] : []),
    ...(filter.outcome === 'refused' ? [refusals.map((it) => sql`e.type = ${it}`)] : []),
    ...(filter.object ? [[sql`e.subject_kind = ${filter.object}`]] : []),
  ];
  const [parts = [EVERYTHING], ...others] = conditions;
  return { parts, rest: [...others.map(either), ...restOf(filter, words)] };
}

/** One of them holds. */
export const either = (parts: readonly Statement[]): Statement => parts.slice(1).reduce((all, it) => sql`(${all} or ${it})`, parts[0]!);

function restOf({ from, to, via, outcome, q }: AuditFilter, words: readonly string[]): Statement[] {
  return [
    ...(from ? [sql`e.at >= ${from}::timestamptz`] : []),
    ...(to ? [sql`e.at < ${to}::timestamptz`] : []),
    ...(via === 'system' ? [sql`(e.via_kind = 'system' or (e.via_kind is null and e.actor_id is null))`] : []),
    ...(via && via !== 'system' ? [sql`e.via_kind = ${via}`] : []),
    ...(outcome === 'done' ? [sql`e.type <> all(${[...refusals]}::text[])`] : []),
    ...(q ? [saysOf(q, words)] : []),
  ];
}

/** Of what an event says only values count, not what its fields are called. */
const saysOf = (q: string, words: readonly string[]): Statement => {
  const like = `%${q.replace(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql`(e.type ilike ${like} or e.request_id = ${q} or e.subject_id = any(${[...words]}::uuid[]) or e.actor_id = any(${[...words]}::uuid[])
    or (e.data::text ilike ${like}
        and exists (select from jsonb_path_query(e.data, 'strict $.**') v where jsonb_typeof(v) in ('string', 'number') and v #>> '{}' ilike ${like})))`;
};
