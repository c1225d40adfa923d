import {
  type BuiltInRole,
  builtInRoles,
  type Permission,
  permissionsOf,
  placeable,
  Problem,
  type Role,
  scopesInPlaces,
} from '@berth/contracts';

/** Where a right is asked about: nothing is the organization, a site is itself, a resource has its site and what it is a part of. */
export interface Scope {
  readonly siteId: string | null;
  /** The resource and all it is a part of, from itself up; empty for a site. */
  readonly resourceIds: readonly string[];
}

/** A role somebody has besides the one of their account, as it is in force. */
export interface Grant {
  readonly assignmentId: string;
  readonly role: { readonly id: string; readonly name: string | null };
  /** The group it came through; null where it was given to the person. */
  readonly groupId: string | null;
  /** What of the role counts there. */
  readonly permissions: ReadonlySet<Permission>;
  /** At most one is set; neither is the organization. */
  readonly siteId: string | null;
  readonly resourceId: string | null;
  /** When it ends; null for never. */
  readonly until: Date | null;
}

/** Sites, and resources with what they consist of. */
export interface Places {
  readonly siteIds: readonly string[];
  readonly resourceIds: readonly string[];
}

/** All a person may do, and the groups that gates ask for. */
export interface Rights {
  readonly role: Role;
  readonly grants: readonly Grant[];
  readonly groupIds: readonly string[];
  /** What a token lets through of all this; left out where no token stands between. */
  readonly scopes?: ReadonlySet<Permission>;
  /** Outside these nothing may be done or seen; left out where the whole organization is in reach. */
  readonly within?: Places;
}

/** The rights of who has nothing but the role of their account. */
export const rightsOfRole = (role: Role): Rights => ({ role, grants: [], groupIds: [] });

/** Whether the right holds there: for the organization, or for a place within it. */
export const may = (rights: Rights, permission: Permission, scope?: Scope): boolean =>
  letsThrough(rights, permission) &&
  (isInReach(rights, scope) || (scope === undefined && !placeable.has(permission))) &&
  (permissionsOf[rights.role].has(permission) || rights.grants.some((it) => it.permissions.has(permission) && reaches(it, scope)));

/** Whether the right holds in all that is in reach: the organization, or each of the places a token is limited to. */
export const mayThroughout = (rights: Rights, permission: Permission): boolean =>
  letsThrough(rights, permission) && may({ ...rights, within: undefined }, permission);

/** Whether somebody can have anything to do with what lies there, whatever their rights are. */
export const isInReach = ({ within }: Rights, scope: Scope | undefined): boolean =>
  within === undefined ||
  (scope !== undefined &&
    ((scope.siteId !== null && within.siteIds.includes(scope.siteId)) || scope.resourceIds.some((it) => within.resourceIds.includes(it))));

/** Whether the right holds in the organization or in any place of it. */
export const maySomewhere = (rights: Rights, permission: Permission): boolean =>
  letsThrough(rights, permission) &&
  (permissionsOf[rights.role].has(permission) || rights.grants.some((it) => it.permissions.has(permission)));

const letsThrough = ({ scopes, within }: Rights, permission: Permission): boolean =>
  (scopes?.has(permission) ?? true) && (within === undefined || scopesInPlaces.has(permission));

/** @throws Problem `permission-denied` naming what is missing, and where */
export function demand(rights: Rights, permission: Permission, scope?: Scope): void {
  if (!may(rights, permission, scope)) throw denied(permission, scope);
}

export const denied = (permission: Permission, scope?: Scope, detail?: string): Problem =>
  new Problem('permission-denied', { ...(detail && { detail }), permission, scope: nameOf(scope) });

/** Sites and resources in which somebody has a role, or one with that right; for conditions of lists. */
export function placesWith(rights: Rights, permission?: Permission): { siteIds: string[]; resourceIds: string[] } {
  const grants = rights.grants.filter(
    (it) => permission === undefined || (letsThrough(rights, permission) && it.permissions.has(permission)),
  );
  return {
    siteIds: grants.flatMap((it) => it.siteId ?? []),
    resourceIds: grants.flatMap((it) => it.resourceId ?? []),
  };
}

/**
 * What somebody may hand on in a place: what they have there, for as long as it is handed on.
 * @param until null for without end
 */
export function grantable(rights: Rights, scope: Scope | undefined, until: Date | null): Set<Permission> {
  const lasting = rights.grants.filter((it) => reaches(it, scope) && (it.until === null || (until !== null && it.until >= until)));
  const held = [...permissionsOf[rights.role], ...lasting.flatMap((it) => [...it.permissions])];
  return new Set(held.filter((it) => letsThrough(rights, it)));
}

/**
 * Nobody gives, or takes away, more than they have there themselves.
 * @throws Problem `permission-denied` naming the first right that is missing, and where
 */
export function demandGrantable(rights: Rights, wanted: Iterable<Permission>, scope: Scope | undefined, until: Date | null): void {
  const own = grantable(rights, scope, until);
  for (const permission of wanted)
    if (!own.has(permission)) throw denied(permission, scope, 'Nobody gives or takes away more than they have there themselves.');
}

/** What of a role counts where it is given: away from the organization only what can belong to a place. */
export function permissionsIn(
  role: { builtIn: BuiltInRole } | { permissions: readonly Permission[] },
  isOfAPlace: boolean,
): Set<Permission> {
  const all = 'builtIn' in role ? [...builtInRoles[role.builtIn]] : role.permissions;
  return new Set(isOfAPlace ? all.filter((it) => placeable.has(it)) : all);
}

/** A scope as problems and queries spell it. */
export const nameOf = (scope: Scope | undefined): string =>
  scope?.resourceIds[0] ? `resource:${scope.resourceIds[0]}` : scope?.siteId ? `site:${scope.siteId}` : 'organization';

function reaches(grant: Grant, scope: Scope | undefined): boolean {
  if (grant.resourceId !== null) return scope?.resourceIds.includes(grant.resourceId) ?? false;
  return grant.siteId === null || grant.siteId === scope?.siteId;
}
