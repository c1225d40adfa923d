import { Problem } from '@berth/contracts';
import { pageOf, parseInstant, type Page } from '@berth/kernel';
import { cursorId, visibleSites } from '@berth/places';
import type { Actor } from '@berth/platform/auth';
import { Database, nothing, type Sql, sql, type Statement } from '@berth/platform/database';
import { cursorOf } from '@berth/platform/http';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { demandVisible } from '../visible-resources';
import { type BlackoutRow, type BlackoutView, toBlackout } from './blackout';
import { stillCounts, storedRecurrence } from './recurring-blackout';
import { subjectOf, type TimeScope } from './time-scope';
import type { BlackoutQuery } from './times.dto';

const blackouts = sql`
  select b.id, b.starts_at, b.ends_at, b.reason, b.created_at, case when b.rrule is not null then ${storedRecurrence} end as recurrence,
         case when b.resource_id is not null then 'resource' when b.site_id is not null then 'site' else 'organization' end as level,
         coalesce(b.resource_id, b.site_id, b.org_id) as source_id, coalesce(r.name, s.name, o.name) as source_name
  from blackout b
  join organization o on o.id = b.org_id
  left join site s on s.org_id = b.org_id and s.id = b.site_id
  left join resource r on r.org_id = b.org_id and r.id = b.resource_id`;

/** Reads blackouts. */
@Injectable()
export class BlackoutsQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Blackouts that count in a scope, those it inherits too, by start; by itself only those that are not over, or come again.
   * @throws Problem `not-found`
   */
  async page(actor: Actor, scope: TimeScope, query: BlackoutQuery): Promise<Page<BlackoutView>> {
    const { organizationId } = actor;
    const db = this.database.of(organizationId);
    if (scope.level === 'resource') await demandVisible(db, actor, scope.id);
    else if (scope.level === 'site') await demandVisibleSite(db, actor, scope.id);
    else await subjectOf(db, organizationId, scope);
    const since = (query.from ? parseInstant(query.from) : undefined) ?? this.clock.now();
    const from = cursorOf(query, 2);
    const rows = await db.sql<BlackoutRow>`
      ${blackouts}
      where b.org_id = ${organizationId} and ${stillCounts(since)} and ${countsIn(scope)}
        ${from ? sql`and (b.starts_at, b.id) > (${cursorInstant(from[0])}, ${cursorId(from[1])})` : nothing}
      order by b.starts_at, b.id
      limit ${query.limit + 1}`;
    const page = pageOf(rows, query.limit, (it) => [it.starts_at.toISOString(), it.id]);
    return { ...page, data: page.data.map(toBlackout) };
  }
}

/** The blackout as it is in a transaction. @throws Problem `not-found` */
export async function readBlackout(db: Sql, organizationId: string, id: string): Promise<BlackoutView> {
  const [row] = await db.sql<BlackoutRow>`${blackouts} where b.org_id = ${organizationId} and b.id = ${id}`;
  if (!row) throw new Problem('not-found');
  return toBlackout(row);
}

function countsIn(scope: TimeScope): Statement {
  const everywhere = sql`num_nonnulls(b.site_id, b.resource_id) = 0`;
  if (scope.level === 'organization') return everywhere;
  if (scope.level === 'site') return sql`(b.site_id = ${scope.id} or ${everywhere})`;
  return sql`(b.resource_id = ${scope.id} or b.site_id = (select x.site_id from resource x where x.org_id = b.org_id and x.id = ${scope.id}) or ${everywhere})`;
}

/** @throws Problem `not-found` */
export async function demandVisibleSite(db: Sql, actor: Actor, id: string): Promise<void> {
  const rows = await db.sql`select from site s where ${visibleSites(actor)} and s.id = ${id}`;
  if (rows.length === 0) throw new Problem('not-found');
}

function cursorInstant(value: unknown): Date {
  const instant = typeof value === 'string' ? parseInstant(value) : undefined;
  if (!instant) throw new Problem('invalid-cursor');
  return instant;
}
