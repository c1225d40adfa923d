import { Problem } from '@berth/contracts';
import type { Sql, Tx } from '@berth/platform/database';
import { demandNoReservations } from './reservations-in-the-way';
import { bumpVersions } from './resource.store';

/**
 * The tree of resources and its closure `resource_leaf`: the leaves a resource occupies when it is booked. A resource
 * without parts is its own leaf; one with parts occupies theirs.
 */

/** Lets one transaction at a time change the tree of an organization; to be taken before any row of it. */
export async function lockTree(tx: Tx, organizationId: string): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`berth.resource-tree:${organizationId}`}, 0))`;
}

/** The resource and all it is a part of, from itself up. */
export async function ancestorsOf(db: Sql, organizationId: string, id: string): Promise<string[]> {
  const rows = await db.sql<{ id: string }>`
    with recursive up as (
      select id, parent_id, 0 as distance from resource where org_id = ${organizationId} and id = ${id}
      union all
      select p.id, p.parent_id, up.distance + 1
      from up
      join resource p on p.org_id = ${organizationId} and p.id = up.parent_id
    )
    select id from up order by distance`;
  return rows.map((it) => it.id);
}

export interface Move {
  /** The resource that moves; not yet written. */
  readonly id: string;
  /** The parent it has; null for none, and for a resource that is new. */
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * Prepares a move under the lock of the tree: afterwards no reservation can be made of what changes its leaves until the
 * transaction ends, and the rows are locked in the order bookings lock them.
 * @returns the resources whose leaves change, to be handed to `rebuildLeaves` when the parent is written
 * @throws Problem `invalid-reference` when there is no such parent or it is a part of what moves; `resource-has-reservations`
 *   when somebody has reserved one whose leaves change: that reservation would hold the old leaves
 */
export async function prepareMove(tx: Tx, organizationId: string, { id, from, to }: Move, now: Date): Promise<string[]> {
  const above = to === null ? [] : await ancestorsOf(tx, organizationId, to);
  if (to !== null && above.length === 0) refuseParent('There is no such resource.');
  if (above.includes(id)) refuseParent('A resource cannot be a part of itself or of its own parts.');
  const left = from === null ? [] : await ancestorsOf(tx, organizationId, from);
  const affected = [...new Set([...above, ...left])];
  if (affected.length === 0) return [];

  // Like a booking: rows of resources first, in order of id, then occupancy. `no key update` lets foreign keys be checked.
  await tx.sql`
    select id from resource
    where org_id = ${organizationId} and id = any(${[...affected, id]}::uuid[])
    order by id
    for no key update`;
  await tx.sql`lock table occupancy in share row exclusive mode`;
  await demandNoReservations(tx, organizationId, affected, { from: now });
  return affected;
}

/** Works out the leaves of these resources again and says that they changed. */
export async function rebuildLeaves(tx: Tx, organizationId: string, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.sql`delete from resource_leaf where org_id = ${organizationId} and resource_id = any(${ids}::uuid[])`;
  await tx.sql`
    with recursive below as (
      select id as resource_id, id from resource where org_id = ${organizationId} and id = any(${ids}::uuid[])
      union all
      select b.resource_id, c.id
      from below b
      join resource c on c.org_id = ${organizationId} and c.parent_id = b.id
    )
    insert into resource_leaf (org_id, resource_id, leaf_id)
    select ${organizationId}, b.resource_id, b.id
    from below b
    where not exists (select from resource c where c.org_id = ${organizationId} and c.parent_id = b.id)`;
  await bumpVersions(tx, organizationId, ids, now);
}

/** A new resource is its own leaf. */
export async function insertOwnLeaf(tx: Tx, organizationId: string, id: string): Promise<void> {
  await tx.sql`insert into resource_leaf (org_id, resource_id, leaf_id) values (${organizationId}, ${id}, ${id})`;
}

function refuseParent(detail: string): never {
  throw new Problem('invalid-reference', { detail, errors: [{ pointer: '/parentId', code: 'invalid-reference', detail }] });
}
