import type { CursorKey, Interval } from '@berth/kernel';
import { cursorId, cursorText, cursorWhole } from '@berth/places';
import type { Actor } from '@berth/platform/auth';
import { Database, join, nothing, sql, type Statement } from '@berth/platform/database';
import { filterConditions, type ResourceFilter, visibleResources } from '@berth/resources';
import { Injectable } from '@nestjs/common';

/** Where somebody would like to be. */
export interface Near {
  readonly siteId?: string;
  readonly floorId?: string;
}

export const searchSorts = ['fit', 'name', 'earliest'] as const;
export type SearchSort = (typeof searchSorts)[number];

export interface CandidateFilter extends Omit<ResourceFilter, 'status'> {
  readonly typeKey?: string;
  /** Units wanted. */
  readonly quantity: number;
  readonly near: Near;
  readonly sort: SearchSort;
}

/** A resource that matches, with what is shown of it. */
export interface Candidate {
  readonly id: string;
  readonly version: number;
  readonly epoch: number;
  readonly name: string;
  readonly capacity: number | null;
  readonly units: number;
  readonly tags: readonly string[];
  readonly location: string | null;
  readonly time_zone: string;
  readonly type_id: string;
  readonly type_key: string;
  readonly type_name: string;
  readonly type_icon: string;
  readonly site_id: string | null;
  readonly site_name: string | null;
  readonly floor_id: string | null;
  readonly floor_name: string | null;
  readonly sort_name: string;
  /** Seats beyond those wanted. */
  readonly surplus: number;
  /** 0 on the floor one would like to be on, 1 on its site, 2 elsewhere; 0 for who has no wish. */
  readonly distance: number;
  readonly favourite: boolean;
  /** What decides among those that fit as well: the distance, and within it favourites first. */
  readonly rank: number;
}

/** Seats that a resource without a capacity has beyond those wanted: it comes after all that say. */
const UNKNOWN_SURPLUS = 2_000_000;
const KEY_VALUES = 4;

/** Reads resources that match, best first; whether they may be booked is judged by whoever asks. */
@Injectable()
export class CandidatesQueries {
  constructor(private readonly database: Database) {}

  /** Number of values in a key of `after`. */
  readonly keyValues = KEY_VALUES;

  keyOf(sort: SearchSort, { surplus, rank, sort_name, id }: Candidate): CursorKey {
    return sort === 'name' ? [0, 0, sort_name, id] : [surplus, rank, sort_name, id];
  }

  /**
   * The next candidates behind a key. With `free`, those with a unit of theirs taken in that time are left out, except
   * pools and what is made of them, which have to be counted.
   * @throws Problem `invalid-cursor`
   */
  next(
    actor: Actor,
    filter: CandidateFilter,
    page: { readonly now: Date; readonly limit: number; readonly after?: CursorKey; readonly free?: Interval },
  ): Promise<Candidate[]> {
    const { free, now, limit } = page;
    const conditions = [
      visibleResources(actor),
      ...filterConditions(filter, now),
      ...(filter.typeKey === undefined
        ? []
        : [sql`r.type_id = (select t.id from resource_type t where t.org_id = ${actor.organizationId} and t.key = ${filter.typeKey})`]),
      sql`r.bookable`,
      sql`r.units >= ${filter.quantity}`,
    ];
    // Ordered first and tested for free time afterwards, in two levels, so that the dear test is made only until there are
    // enough: in one level the planner may test all of them first. What is shown is looked up for those alone (`offset 0`: a plan
    // for any values would read all resources instead).
    return this.database.of(actor.organizationId).sql<Candidate>`
      with best as materialized (
        select r.id, r.surplus, r.place_rank, r.sort_name
        from (${inOrder(actor, filter, conditions, page.after)}) r
        where ${free ? isFree(actor, free, now) : sql`true`}
        limit ${limit}
      )
      select r.id, r.version, o.epoch, r.name, r.capacity, r.units, r.tags, r.location, coalesce(r.time_zone, s.time_zone, o.time_zone) as time_zone,
             t.id as type_id, t.key as type_key, t.name as type_name, t.icon as type_icon,
             s.id as site_id, s.name as site_name, f.id as floor_id, f.name as floor_name, best.sort_name, best.surplus, best.place_rank as rank,
             best.place_rank / 2 as distance, best.place_rank % 2 = 0 as favourite
      from best
      cross join lateral (select x.* from resource x where x.id = best.id offset 0) r
      join organization o on o.id = r.org_id
      join resource_type t on t.org_id = r.org_id and t.id = r.type_id
      left join site s on s.org_id = r.org_id and s.id = r.site_id
      left join floor f on f.org_id = r.org_id and f.id = r.floor_id
      order by ${filter.sort === 'name' ? nothing : sql`best.surplus, best.place_rank,`} best.sort_name, best.id`;
  }
}

/** Matching rows `r` behind a key with what they are ordered by, best first. */
function inOrder(actor: Actor, { sort, capacity, near }: CandidateFilter, conditions: Statement[], after?: CursorKey): Statement {
  const rows = (surplus: Statement, rank: Statement, order: Statement, more: Statement[]): Statement => sql`
    (select r.id, r.org_id, ${surplus} as surplus, ${rank} as place_rank, lower(r.name) as sort_name
     from resource r
     where ${join([...conditions, ...more], ' and ')}
     order by ${order} lower(r.name), r.id)`;
  const distance = distanceTo(near);
  const favourite = isFavourite(actor);
  const rank = sql`(${distance} * 2 + (case when ${favourite} then 0 else 1 end))`;
  const behindName = after ? [sql`(lower(r.name), r.id) > (${cursorText(after[2])}, ${cursorId(after[3])}::uuid)`] : [];
  if (sort === 'name') return rows(surplusOf(capacity), rank, nothing, behindName);
  if (capacity !== undefined) {
    const surplus = surplusOf(capacity);
    const key =
      after &&
      sql`${cursorWhole(after[0])}::integer, ${cursorWhole(after[1])}::integer, ${cursorText(after[2])}, ${cursorId(after[3])}::uuid`;
    return rows(surplus, rank, sql`${surplus}, ${rank},`, key ? [sql`(${surplus}, ${rank}, lower(r.name), r.id) > (${key})`] : []);
  }
  // All fit as well: one rank after another (distance 0, 1 and 2, and of each the favourites first), each in the order of the index by name, so that none are sorted who come too late to be read.
  const last = near.siteId === undefined && near.floorId === undefined ? 1 : 5;
  const reached = after ? Math.min(cursorWhole(after[1]), last) : 0;
  const ranks = Array.from({ length: last - reached + 1 }, (_, i) => reached + i);
  const each = ranks.map((it) =>
    rows(sql`0::integer`, sql`${it}::integer`, nothing, [
      sql`${distance} = ${it >> 1}::integer`,
      it % 2 === 0 ? favourite : sql`not ${favourite}`,
      ...(it === reached ? behindName : []),
    ]),
  );
  return join(each, ' union all ');
}

const surplusOf = (capacity: number | undefined): Statement =>
  capacity === undefined ? sql`0::integer` : sql`(coalesce(r.capacity - ${capacity}::integer, ${UNKNOWN_SURPLUS}::integer))`;

/** The marks are read once, whatever the number of resources. */
const isFavourite = ({ organizationId, accountId }: Actor): Statement => sql`(
  r.id = any (array(select m.resource_id from favourite m where m.org_id = ${organizationId} and m.account_id = ${accountId})))`;

function distanceTo({ siteId, floorId }: Near): Statement {
  const elsewhere = siteId === undefined ? sql`false` : sql`r.site_id is distinct from ${siteId}::uuid`;
  const otherFloor = floorId === undefined ? sql`false` : sql`r.floor_id is distinct from ${floorId}::uuid`;
  return sql`(case when ${elsewhere} then 2 when ${otherFloor} then 1 else 0 end)`;
}

/**
 * Nobody has a single-unit leaf of it in that time. Stays a scalar sub-plan per resource: as an anti-join every row of
 * occupancy would be hashed (engine.md §4).
 */
function isFree(actor: Actor, { start, end }: Interval, now: Date): Statement {
  return sql`(
    select bool_and(leaf.units > 1 or not exists (
      select from occupancy o
      where o.leaf_id = l.leaf_id and o.lane = 1 and o.s < ${end} and o.s > ${start}::timestamptz - interval '1 day' and o.e > ${start}
        and (o.hold_until is null or o.hold_until > ${now} and not exists (
          select from reservation v where v.id = o.reservation_id and coalesce(v.booked_by_id, v.organizer_id) = ${actor.accountId}))))
    from resource_leaf l join resource leaf on leaf.id = l.leaf_id
    where l.org_id = r.org_id and l.resource_id = r.id)`;
}
