import { type Interval, splitAtUtcMidnight } from '@berth/kernel';
import { type Sql, sql, type Statement, type Tx } from '@berth/platform/database';
import type { LaneMove } from '@berth/scheduling';

/** One lane of one leaf that is taken for a time. */
export interface Occupancy {
  readonly leafId: string;
  readonly lane: number;
  readonly s: Date;
  readonly e: Date;
  readonly reservationId: string;
  readonly holdUntil: Date | null;
}

/** A row in the way, with whose it is. */
export interface Obstacle extends Occupancy {
  readonly status: string;
  /** Who booked it: the organizer, or whoever did it for them. */
  readonly holderId: string;
  readonly title: string | null;
  readonly start: Date;
  readonly end: Date;
}

/** A resource whose lanes nobody else gives out until the transaction ends. */
export interface LockedResource {
  readonly id: string;
  readonly version: number;
  readonly units: number;
  readonly epoch: number;
}

/**
 * Locks resources and their leaves in the order of their ids, so that claims on several never wait for each other in a circle.
 * @returns what they are under the lock, with the epoch of the organization
 */
export async function lockResources(tx: Tx, ids: readonly string[]): Promise<Map<string, LockedResource>> {
  const rows = await tx.sql<LockedResource>`
    select r.id, r.version, r.units, o.epoch
    from resource r join organization o on o.id = r.org_id
    where r.org_id = ${tx.organizationId} and r.id = any(${[...new Set(ids)]}::uuid[])
    order by r.id
    for no key update of r`;
  return new Map(rows.map((it) => [it.id, it]));
}

/** Rows of the leaves that touch the span, run-out holds included, with whose they are. */
export async function rowsInTheWay(db: Sql, leafIds: readonly string[], span: Interval): Promise<Obstacle[]> {
  return db.sql<Obstacle>`
    select o.leaf_id as "leafId", o.lane, o.s, o.e, o.reservation_id as "reservationId", o.hold_until as "holdUntil",
           r.status, coalesce(r.booked_by_id, r.organizer_id) as "holderId", case when r.private then null else r.title end as title,
           r.starts_at as start, r.ends_at as end
    from occupancy o join reservation r on r.id = o.reservation_id
    where o.leaf_id = any(${[...leafIds]}::uuid[]) and o.s < ${span.end} and o.s > ${span.start}::timestamptz - interval '1 day' and o.e > ${span.start}
    order by o.s, o.lane`;
}

/** A leaf and the time wanted of it. */
export interface LeafWindow {
  readonly leaf: string;
  readonly held: Interval;
}

/** A row in the way, with the place of the window it touches; one that touches several comes with each. */
export interface ObstacleInWindow extends Obstacle {
  readonly window: number;
}

/** What touches any of the windows, run-out holds included, in one statement: one descent of the index for each. */
export async function rowsInWindows(db: Sql, windows: readonly LeafWindow[]): Promise<ObstacleInWindow[]> {
  if (windows.length === 0) return [];
  return db.sql<ObstacleInWindow>`
    select o.leaf_id as "leafId", o.lane, o.s, o.e, o.reservation_id as "reservationId", o.hold_until as "holdUntil",
           r.status, coalesce(r.booked_by_id, r.organizer_id) as "holderId", case when r.private then null else r.title end as title,
           r.starts_at as start, r.ends_at as end, w.n::integer - 1 as window
    from unnest(${windows.map((it) => it.leaf)}::uuid[], ${windows.map((it) => it.held.start)}::timestamptz[], ${windows.map((it) => it.held.end)}::timestamptz[])
      with ordinality as w(leaf, since, until, n)
    cross join lateral (
      select * from occupancy x
      where x.leaf_id = w.leaf and x.s < w.until and x.s > w.since - interval '1 day' and x.e > w.since
      offset 0) as o
    join reservation r on r.id = o.reservation_id
    order by o.s, o.lane`;
}

/** Takes the lanes, split at UTC midnight. @returns whether every row found its place */
export async function take(tx: Tx, rows: readonly Occupancy[]): Promise<boolean> {
  const { statement, pieces } = lanesToTake(tx, rows);
  return (await tx.run(statement)).length === pieces;
}

/** The same as a part of a statement that the caller runs: it has to answer as many rows as there are pieces. */
export function lanesToTake(tx: Tx, rows: readonly Occupancy[]): { readonly statement: Statement; readonly pieces: number } {
  const pieces = rows.flatMap((row) => splitAtUtcMidnight({ start: row.s, end: row.e }).map((it) => ({ ...row, s: it.start, e: it.end })));
  const statement = sql`
    insert into occupancy (org_id, leaf_id, lane, s, e, reservation_id, hold_until)
    select ${tx.organizationId}, leaf_id, lane, s, e, reservation_id, hold_until
    from unnest(
      ${pieces.map((it) => it.leafId)}::uuid[], ${pieces.map((it) => it.lane)}::smallint[], ${pieces.map((it) => it.s)}::timestamptz[],
      ${pieces.map((it) => it.e)}::timestamptz[], ${pieces.map((it) => it.reservationId)}::uuid[], ${pieces.map((it) => it.holdUntil)}::timestamptz[]
    ) as piece(leaf_id, lane, s, e, reservation_id, hold_until)
    on conflict do nothing
    returning lane`;
  return { statement, pieces: pieces.length };
}

/** Gives back everything a reservation takes. */
export async function free(tx: Tx, reservationIds: readonly string[]): Promise<void> {
  if (reservationIds.length === 0) return;
  await tx.sql`delete from occupancy where reservation_id = any(${[...reservationIds]}::uuid[])`;
}

/** Gives back what a reservation takes beyond the time its items hold: for one that ends early. Never takes anything. */
export async function trim(tx: Tx, reservationId: string): Promise<void> {
  const rest = sql`
    from reservation_item i join resource_leaf l on l.resource_id = i.resource_id
    where i.reservation_id = ${reservationId} and o.reservation_id = i.reservation_id and o.leaf_id = l.leaf_id`;
  await tx.sql`delete from occupancy o using reservation_item i, resource_leaf l
    where i.reservation_id = ${reservationId} and o.reservation_id = i.reservation_id and l.resource_id = i.resource_id and o.leaf_id = l.leaf_id
      and o.s >= i.held_to`;
  await tx.sql`update occupancy o set e = i.held_to ${rest} and o.e > i.held_to`;
}

/** Moves reservations to other lanes of a leaf; all leave before any arrives, so that they can change places. */
export async function changeLanes(tx: Tx, leafId: string, moves: readonly LaneMove[]): Promise<boolean> {
  if (moves.length === 0) return true;
  const left = await tx.sql<Occupancy & { to: number }>`
    delete from occupancy o
    using unnest(${moves.map((it) => it.reservationId)}::uuid[], ${moves.map((it) => it.from)}::smallint[], ${moves.map((it) => it.to)}::smallint[]) as move(reservation_id, lane, target)
    where o.leaf_id = ${leafId} and o.reservation_id = move.reservation_id and o.lane = move.lane
    returning o.leaf_id as "leafId", move.target as "to", o.s, o.e, o.reservation_id as "reservationId", o.hold_until as "holdUntil"`;
  return take(
    tx,
    left.map((it) => ({ ...it, lane: it.to })),
  );
}
