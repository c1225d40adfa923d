import { Problem } from '@berth/contracts';
import { type Actor, demandGrantable, demandNotAbove, rightsUnderLock } from '@berth/platform/auth';
import { brokenConstraint, type Tx } from '@berth/platform/database';
import type { ClientRow, ClientSettings, ClientType } from './client';

/** @throws Problem `already-exists` when a client has that name */
export async function insertClient(
  tx: Tx,
  actor: Actor,
  client: ClientSettings & { readonly id: string; readonly type: ClientType },
  now: Date,
): Promise<void> {
  await named(tx.sql`
    insert into oauth_client (id, org_id, owner_id, name, type, grant_types, redirect_uris, scopes, per_minute, site_ids, resource_ids, created_at)
    values (${client.id}, ${actor.organizationId}, ${actor.accountId}, ${client.name}, ${client.type}, ${[...client.grantTypes]}::text[],
            ${[...client.redirectUris]}::text[], ${[...client.scopes]}::text[], ${client.perMinute}, ${client.places && [...client.places.siteIds]}::uuid[],
            ${client.places && [...client.places.resourceIds]}::uuid[], ${now})`);
}

/** @throws Problem `already-exists` when another client has that name */
export async function updateClient(tx: Tx, id: string, client: ClientSettings): Promise<void> {
  await named(tx.sql`
    update oauth_client
    set name = ${client.name}, grant_types = ${[...client.grantTypes]}::text[], redirect_uris = ${[...client.redirectUris]}::text[],
        scopes = ${[...client.scopes]}::text[], per_minute = ${client.perMinute}, site_ids = ${client.places && [...client.places.siteIds]}::uuid[],
        resource_ids = ${client.places && [...client.places.resourceIds]}::uuid[], version = version + 1
    where org_id = ${tx.organizationId} and id = ${id}`);
}

/** A client that is not revoked, locked. @throws Problem `not-found` */
export async function clientForUpdate(tx: Tx, id: string): Promise<ClientRow> {
  const [row] = await tx.sql<ClientRow>`
    select * from oauth_client where org_id = ${tx.organizationId} and id = ${id} and revoked_at is null for update`;
  if (!row) throw new Problem('not-found');
  return row;
}

/**
 * Whoever has a client's secret has the rights of its owner, so nobody gets hold of one whose owner may do more than they; nor does
 * anybody let a client ask for what they do not hold.
 * @param added scopes the client did not have before
 * @throws Problem `permission-denied` naming what is missing
 */
export async function demandMayHold(tx: Tx, actor: Actor, ownerId: string, added: readonly string[], now: Date): Promise<void> {
  const rights = await rightsUnderLock(tx, actor, now);
  if (ownerId !== actor.accountId) await demandNotAbove(tx, rights, actor.organizationId, ownerId);
  demandGrantable(rights, added as ClientRow['scopes'], undefined, null);
}

const named = <T>(writing: Promise<T>): Promise<T> =>
  writing.catch((error: unknown) => {
    if (brokenConstraint(error) !== 'oauth_client_name_unique') throw error;
    throw new Problem('already-exists', { errors: [{ pointer: '/name', code: 'taken', detail: 'is in use already' }] });
  });
