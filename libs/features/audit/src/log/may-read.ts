import { type Permission, Problem } from '@berth/contracts';
import { type Actor, demand, denied, may } from '@berth/platform/auth';
import type { Sql } from '@berth/platform/database';
import { demandAtResource } from '@berth/resources';
import type { AuditEntry } from './audit-entry';
import type { AuditFilter } from './audit-filter';

/** Who looks after things of a kind reads what happened to each of them, without reading the whole log. */
const keepers: Readonly<Record<string, Permission>> = {
  resources: 'resource:manage',
  'resource-types': 'resource:manage',
  sites: 'place:manage',
  users: 'user:manage',
  groups: 'group:manage',
  roles: 'role:manage',
  'oauth-clients': 'client:manage',
  webhooks: 'webhook:manage',
  'identity-providers': 'organization:manage',
  organizations: 'organization:manage',
  'quota-rules': 'quota:manage',
};
export const keeping: readonly Permission[] = [...new Set(Object.values(keepers))];

/**
 * Who may read the log reads all of it; who looks after an object reads about that object, without where people were: neither in a
 * row nor by asking which rows come from somewhere.
 * @returns how much of each row there is for them
 * @throws Problem `permission-denied`, `not-found` for a resource they may not see
 */
export async function demandToRead(
  db: Sql,
  actor: Actor,
  about: Pick<AuditFilter, 'object' | 'objectId' | 'address'>,
): Promise<'all' | 'without-origin'> {
  if (may(actor, 'audit:read')) return 'all';
  const right = about.object && about.objectId ? keepers[about.object] : undefined;
  if (!right || !about.objectId || about.address) throw denied('audit:read');
  if (about.object === 'resources') await demandAtResource(db, actor, right, about.objectId);
  else if (about.object === 'sites') demand(actor, right, { siteId: about.objectId, resourceIds: [] });
  else demand(actor, right);
  return 'without-origin';
}

/** The same for one event that was read already. @throws Problem `not-found` where they may not read it */
export async function shownTo<Entry extends AuditEntry>(db: Sql, actor: Actor, entry: Entry): Promise<Entry> {
  const much = await demandToRead(db, actor, { object: entry.object.kind, objectId: entry.object.id }).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'permission-denied') throw new Problem('not-found');
    throw error;
  });
  return much === 'all' ? entry : withoutOrigin(entry);
}

export const withoutOrigin = <Entry extends AuditEntry>(entry: Entry): Entry => ({ ...entry, address: null, requestId: null });
