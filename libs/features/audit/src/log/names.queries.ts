import { isId } from '@berth/kernel';
import { Database, sql } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';

const MOST_FOUND = 100;

/** Names of what events speak of, as it is called now. What a reservation is about is not among them: only its event may tell. */
const named = sql`
  select a.org_id, a.id, a.display_name as name from account a
  union all select r.org_id, r.id, r.name from resource r
  union all select s.org_id, s.id, s.name from site s
  union all select f.org_id, f.id, f.name from floor f
  union all select m.org_id, m.id, m.name from room m
  union all select t.org_id, t.id, t.name from resource_type t
  union all select g.org_id, g.id, g.name from people_group g
  union all select l.org_id, l.id, l.name from role l
  union all select c.org_id, c.id, c.name from oauth_client c
  union all select k.org_id, k.id, k.name from api_token k where k.name is not null
  union all select p.org_id, p.id, p.name from identity_provider p
  union all select q.org_id, q.id, q.name from quota_rule q
  union all select w.org_id, w.id, w.name from request_tier w
  union all select h.org_id, h.id, h.name from webhook h
  union all select o.id, o.id, o.name from organization o`;

/** Looks up names of ids, and ids of names. */
@Injectable()
export class NamesQueries {
  constructor(private readonly database: Database) {}

  async of(organizationId: string, ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const wanted = [...new Set(ids)].filter(isId);
    if (wanted.length === 0) return new Map();
    const rows = await this.database.of(organizationId).sql<{ id: string; name: string }>`
      select n.id, n.name from (${named}) n where n.org_id = ${organizationId} and n.id = any(${wanted}::uuid[])`;
    return new Map(rows.map((it) => [it.id, it.name]));
  }

  /** Ids of what is called so, a hundred at most; of an id itself. */
  async idsOf(organizationId: string, q: string | undefined): Promise<string[]> {
    if (!q) return [];
    if (isId(q)) return [q.toLowerCase()];
    const like = `%${q.replace(/[\\%_]/g, String.raw`\$&`)}%`;
    const rows = await this.database.of(organizationId).sql<{ id: string }>`
      select n.id from (${named}) n where n.org_id = ${organizationId} and n.name ilike ${like} limit ${MOST_FOUND}`;
    return rows.map((it) => it.id);
  }
}
