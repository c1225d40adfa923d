import type { Actor } from '@berth/platform/auth';
import { Database, join } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { filterConditions, type ResourceFilter, statusNow } from '../catalogue/resource-filter';
import { visibleResources } from '../visible-resources';
import { type AvailabilityRows, type HeadRow, toAvailabilityRows } from './availability-rows';

/** Reads what stands before the rows of a timeline. */
@Injectable()
export class AvailabilityRowsQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Matching resources that can be booked now or later; beyond the limit the last by site, floor and name are left out. */
  async rows(actor: Actor, filter: ResourceFilter & { readonly limit: number }): Promise<AvailabilityRows> {
    const now = this.clock.now();
    const matching = join(
      [visibleResources(actor), ...filterConditions({ ...filter, status: ['available', 'maintenance'] }, now)],
      ' and ',
    );
    const rows = await this.database.of(actor.organizationId).sql<HeadRow & { total: number }>`
      select r.id, r.name, r.parent_id, r.capacity, r.units, r.tags, ${statusNow(now)} as status, r.bookable,
             coalesce(r.time_zone, s.time_zone, o.time_zone) as time_zone,
             t.id as type_id, t.key as type_key, t.name as type_name, t.icon as type_icon,
             s.id as site_id, s.name as site_name, s.time_zone as site_zone, f.id as floor_id, f.name as floor_name, f.level as floor_level,
             jsonb_build_array(o.policy, s.policy, t.policy, r.policy)::text as policies, count(*) over ()::integer as total
      from resource r
      join organization o on o.id = r.org_id
      join resource_type t on t.org_id = r.org_id and t.id = r.type_id
      left join site s on s.org_id = r.org_id and s.id = r.site_id
      left join floor f on f.org_id = r.org_id and f.id = r.floor_id
      where ${matching}
      order by lower(s.name), f.level, lower(f.name), lower(r.name), r.id
      limit ${filter.limit}`;
    return toAvailabilityRows(rows, rows[0]?.total ?? 0);
  }
}
