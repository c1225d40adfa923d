import { containing } from '@berth/places';
import { join, sql, type Statement } from '@berth/platform/database';
import type { ResourceStatus } from '@berth/scheduling';

/** What lists of resources can be narrowed by; every part that is there must hold. */
export interface ResourceFilter {
  /** Words that must all stand somewhere in name, description, location or tags. */
  readonly q?: string;
  readonly typeId?: string;
  readonly siteId?: string;
  readonly floorId?: string;
  /** One of these; without it all but archived ones. */
  readonly status?: readonly ResourceStatus[];
  /** All of these. */
  readonly tag?: readonly string[];
  /** At least so many people. */
  readonly capacity?: number;
}

const MAX_WORDS = 10;

/** The filter as conditions on `resource r`. */
export function filterConditions(filter: ResourceFilter, now: Date): Statement[] {
  const words = (filter.q ?? '').split(/\s+/u).filter(Boolean).slice(0, MAX_WORDS);
  return [
    ...words.map(mentions),
    ...(filter.typeId ? [sql`r.type_id = ${filter.typeId}`] : []),
    ...(filter.siteId ? [sql`r.site_id = ${filter.siteId}`] : []),
    ...(filter.floorId ? [sql`r.floor_id = ${filter.floorId}`] : []),
    filter.status ? sql`${statusNow(now)} = any(${filter.status})` : sql`r.status <> 'archived'`,
    ...(filter.tag?.length ? [sql`r.tags @> ${filter.tag}::text[]`] : []),
    ...(filter.capacity === undefined ? [] : [sql`r.capacity >= ${filter.capacity}`]),
  ];
}

/** Status at an instant: a maintenance counts from its begin to its end, whether or not a worker has seen either. */
export const statusNow = (now: Date): Statement =>
  sql`(case when r.status = 'maintenance' and (r.status_until <= ${now} or r.status_since > ${now}) then 'available' else r.status end)`;

function mentions(word: string): Statement {
  const pattern = containing(word);
  const places = [
    sql`r.name ilike ${pattern}`,
    sql`r.description ilike ${pattern}`,
    sql`r.location ilike ${pattern}`,
    sql`exists (select from unnest(r.tags) as tag where tag ilike ${pattern})`,
  ];
  return sql`(${join(places, ' or ')})`;
}
