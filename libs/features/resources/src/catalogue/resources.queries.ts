import { Problem } from '@berth/contracts';
import { pageOf, type Page } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, join, nothing, type Sql, sql, type Statement, type Tx } from '@berth/platform/database';
import { cursorOf } from '@berth/platform/http';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { resourcesWith, visibleResources } from '../visible-resources';
import { type Resource, type ResourceRow, toResource } from './resource';
import { filterConditions } from './resource-filter';
import { resourceOrders } from './resource-order';
import type { ResourceQuery } from './resources.dto';

/** Resources with everything that is shown of them. */
const resources = sql`
  select r.id, r.org_id, r.name, r.description, r.location, r.parent_id, r.capacity, r.units, r.tags, r.time_zone as own_zone,
         r.status, r.status_since, r.status_until, r.unavailable_since, r.status_reason, r.bookable, w.starts_at as assigned_from, w.ends_at as assigned_until, r.external_id, r.version, r.created_at, r.updated_at,
         r.type_id, t.key as type_key, t.name as type_name, t.icon as type_icon, t.cutype as type_cutype,
         r.site_id, s.name as site_name, s.time_zone as site_zone, r.floor_id, f.name as floor_name, r.room_id, m.name as room_name,
         o.name as organization_name, coalesce(r.time_zone, s.time_zone, o.time_zone) as time_zone,
         jsonb_build_array(o.policy, s.policy, t.policy, r.policy) as policies, lower(r.name) as sort_name
  from resource r
  join organization o on o.id = r.org_id
  join resource_type t on t.org_id = r.org_id and t.id = r.type_id
  left join site s on s.org_id = r.org_id and s.id = r.site_id
  left join floor f on f.org_id = r.org_id and f.id = r.floor_id
  left join room m on m.org_id = r.org_id and m.id = r.room_id
  left join resource_assignment w on w.org_id = r.org_id and w.resource_id = r.id`;

export interface ResourcesPage extends Page<Resource> {
  readonly total?: number;
}

/** Reads resources. */
@Injectable()
export class ResourcesQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Ids of what shares time with any of these: themselves, their wholes and their parts. */
  async sharingTime(organizationId: string, ids: readonly string[]): Promise<string[]> {
    const rows = await this.database.of(organizationId).sql<{ resource_id: string }>`
      select distinct other.resource_id
      from resource_leaf own join resource_leaf other on other.org_id = own.org_id and other.leaf_id = own.leaf_id
      where own.org_id = ${organizationId} and own.resource_id = any(${[...ids]}::uuid[])`;
    return rows.map((it) => it.resource_id);
  }

  /** Resources the actor may see, in the order asked for. */
  async page(actor: Actor, query: ResourceQuery): Promise<ResourcesPage> {
    const db = this.database.of(actor.organizationId);
    const now = this.clock.now();
    const order = resourceOrders[query.sort];
    const from = cursorOf(query, order.values);
    const seen = query.managed === undefined ? visibleResources(actor) : resourcesWith(actor, 'resource:manage');
    const matching = join([seen, ...filterConditions(query, now)], ' and ');
    const rows = await db.sql<ResourceRow>`
      ${resources}
      where ${matching}
        ${from ? sql`and ${order.behind(from)}` : nothing}
      order by ${order.by}
      limit ${query.limit + 1}`;
    const page = pageOf(rows, query.limit, order.keyOf);
    const data = page.data.map((it) => toResource(it, now));
    return query.count ? { ...page, data, total: await count(db, matching) } : { ...page, data };
  }

  /** @throws Problem `not-found` when the actor may not see it */
  async one(actor: Actor, id: string): Promise<Resource> {
    const db = this.database.of(actor.organizationId);
    const [row] = await db.sql<ResourceRow>`${resources} where ${visibleResources(actor)} and r.id = ${id}`;
    return toResource(found(row), this.clock.now());
  }

  /** Tags of the resources the actor may see, with how many have each, by name. */
  async tags(actor: Actor): Promise<{ data: { tag: string; count: number }[] }> {
    const data = await this.database.of(actor.organizationId).sql<{ tag: string; count: number }>`
      select tag, count(*)::integer as count
      from resource r, unnest(r.tags) as tag
      where ${visibleResources(actor)} and r.status <> 'archived'
      group by tag
      order by lower(tag), tag`;
    return { data };
  }
}

async function count(db: Sql, matching: Statement): Promise<number> {
  const [row] = await db.sql<{ total: number }>`select count(*)::integer as total from resource r where ${matching}`;
  return row?.total ?? 0;
}

/** The resource as it is in a transaction, whoever asks. @throws Problem `not-found` */
export async function readResource(db: Sql, organizationId: string, id: string): Promise<ResourceRow> {
  const [row] = await db.sql<ResourceRow>`${resources} where r.org_id = ${organizationId} and r.id = ${id}`;
  return found(row);
}

/** The resource, kept as it is until the transaction ends. @throws Problem `not-found` */
export async function resourceForUpdate(tx: Tx, organizationId: string, id: string): Promise<ResourceRow> {
  const [row] = await tx.sql<ResourceRow>`${resources} where r.org_id = ${organizationId} and r.id = ${id} for no key update of r`;
  return found(row);
}

/** Resources of the organization that a condition on `resource r` holds for. */
export function resourcesWhere(db: Sql, organizationId: string, condition: Statement): Promise<ResourceRow[]> {
  return db.sql<ResourceRow>`${resources} where r.org_id = ${organizationId} and ${condition}`;
}

function found<T>(row: T | undefined): T {
  if (!row) throw new Problem('not-found');
  return row;
}
