import { Database, join, nothing, sql } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { refusals } from './audit-entry';
import { type AuditFilter, searchFor } from './audit-filter';
import { AuditLogQueries, LOOKED_AT, lookedAt } from './audit-log.queries';
import { NamesQueries } from './names.queries';

export const facetKinds = ['actor', 'action', 'object', 'via', 'address', 'outcome'] as const;
export type FacetKind = (typeof facetKinds)[number];

/** One value rows of the log have, and how many do. */
export interface FacetValue {
  /** What the filter takes. */
  readonly value: string;
  /** null where the value says itself what it is. */
  readonly name: string | null;
  readonly count: number;
}

/** What the rows of a filter are of. */
export interface AuditFacets {
  readonly facets: Readonly<Record<FacetKind, readonly FacetValue[]>>;
  /** How many rows were counted: of the newest only where there are more than a request looks at. */
  readonly counted: number;
  readonly isComplete: boolean;
}

const MOST_VALUES = 30;

/** Counts what rows of the log are of, within what one request looks at. */
@Injectable()
export class FacetsQueries {
  constructor(
    private readonly database: Database,
    private readonly log: AuditLogQueries,
    private readonly names: NamesQueries,
  ) {}

  async of(organizationId: string, filter: AuditFilter): Promise<AuditFacets> {
    const span = await this.log.spanOf(organizationId, filter);
    const { parts, rest } = searchFor(filter, await this.log.wordsOf(organizationId, filter));
    const asked = rest.length > 0 ? sql`where ${join(rest, ' and ')}` : nothing;
    const rows = await this.database.of(organizationId).sql<{ facet: FacetKind | 'looked' | 'counted'; value: string; count: number }>`
      with looked as materialized (${lookedAt(organizationId, parts, span)}),
      seen as materialized (
        select e.actor_id::text as actor, e.type as action, e.subject_kind as object, host(e.address) as address,
          coalesce(e.via_kind, case when e.actor_id is null then 'system' end) as via,
          case when e.type = any(${[...refusals]}::text[]) then 'refused' else 'done' end as outcome
        from looked e ${asked}
      )
      select 'looked' as facet, '' as value, count(*)::integer as count from looked
      union all select 'counted', '', count(*)::integer from seen
      union all (select 'actor', actor, count(*)::integer from seen where actor is not null group by 2 order by 3 desc, 2 limit ${MOST_VALUES})
      union all (select 'action', action, count(*)::integer from seen group by 2 order by 3 desc, 2 limit ${MOST_VALUES * 4})
      union all (select 'object', object, count(*)::integer from seen group by 2 order by 3 desc, 2 limit ${MOST_VALUES})
      union all (select 'via', via, count(*)::integer from seen where via is not null group by 2 order by 3 desc, 2)
      union all (select 'address', address, count(*)::integer from seen where address is not null group by 2 order by 3 desc, 2 limit ${MOST_VALUES})
      union all (select 'outcome', outcome, count(*)::integer from seen group by 2 order by 3 desc, 2)`;
    const actors = rows.filter((it) => it.facet === 'actor').map((it) => it.value);
    const names = await this.names.of(organizationId, actors);
    const valuesOf = (kind: FacetKind): FacetValue[] =>
      rows.filter((it) => it.facet === kind).map(({ value, count }) => ({ value, name: names.get(value) ?? null, count }));
    const countOf = (what: 'looked' | 'counted'): number => rows.find((it) => it.facet === what)?.count ?? 0;
    return {
      facets: {
        ...{ actor: valuesOf('actor'), action: valuesOf('action'), object: valuesOf('object') },
        ...{ via: valuesOf('via'), address: valuesOf('address'), outcome: valuesOf('outcome') },
      },
      counted: countOf('counted'),
      isComplete: countOf('looked') < Math.floor(LOOKED_AT / parts.length),
    };
  }
}
