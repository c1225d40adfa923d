/**
 * Holes in who may do what, as somebody could leave them by accident, with the specs that must find each.
 * @typedef {object} Hole
 * @property {string} what in a sentence
 * @property {string} file
 * @property {string} from text that stands there exactly once
 * @property {string} to what stands there with the hole
 * @property {string} spec path of the specs that are run
 * @property {string} [only] of them, those whose name fits
 * @property {false} [isFound] where another wall must hold, so that nothing is found
 */

const MATRIX = 'apps/api-e2e/authorization.e2e.ts';

/** @type {Readonly<Record<string, Hole>>} */
export const HOLES = {
  'guard-dropped': {
    what: 'The guard asks who somebody is and not what they may',
    file: 'libs/platform/auth/src/auth.guard.ts',
    from: 'if (!holds(actor, required.permission) && !required.or.some((it) => maySomewhere(actor, it))) throw denied(required.permission);',
    to: 'void holds;',
    spec: MATRIX,
    only: 'lets (guest|user) in where the table says so',
  },
  'decorator-widened': {
    what: 'A route asks for a smaller right than the table says',
    file: 'libs/features/people/src/groups/groups.controller.ts',
    from: "@Post()\n  @Requires('group:manage')",
    to: "@Post()\n  @Requires('group:read')",
    spec: MATRIX,
    only: 'lets user in where the table says so',
  },
  'permission-widened': {
    what: 'Every member may invite people and change their roles',
    file: 'libs/contracts/src/permissions.ts',
    from: 'const user: readonly Permission[] = [\n  ...guest,',
    to: "const user: readonly Permission[] = [\n  ...guest,\n  'user:manage',",
    spec: MATRIX,
    only: 'lets user in where the table says so',
  },
  'scope-forgotten': {
    what: 'Who manages one site changes the floors of all',
    file: 'libs/features/places/src/change-floor.ts',
    from: "await demandAtSite(tx, actor, 'place:manage', current.siteId);",
    to: 'void demandAtSite;',
    spec: MATRIX,
    only: 'of people with something to do',
  },
  'filter-forgotten': {
    what: 'A list of sites forgets for whom it is',
    file: 'libs/features/places/src/places.queries.ts',
    from: '      where ${visibleSites(actor)}\n        ${query.q ? sql`and s.name',
    to: '      where s.org_id = ${actor.organizationId}\n        ${query.q ? sql`and s.name',
    spec: MATRIX,
    only: 'of people with something to do',
  },
  'gate-forgotten': {
    what: 'Resources are shown whatever their gate says',
    file: 'libs/features/resources/src/visible-resources.ts',
    from: "and (r.see_mode = 'everyone' or",
    to: 'and (true or',
    spec: 'libs/features/search/src/gates.db.spec.ts',
  },
  'booking-gate-forgotten': {
    what: 'The gate for booking is open to everybody',
    file: 'libs/features/resources/src/visible-resources.ts',
    from: 'gates.every((it) => opensTo(it, groupIds));',
    to: 'gates.every((it) => opensTo(it, groupIds) || true);',
    spec: 'libs/features/search/src/gates.db.spec.ts',
  },
  'row-security-off': {
    what: 'A table of an organization has no row security',
    file: 'migrations/20261121231000-groups-and-roles.ts',
    from: "call guard_by_organization('people_group');",
    to: '',
    spec: 'libs/platform/database/src/row-security.db.spec.ts',
  },
  'organization-kept': {
    what: 'A connection keeps the organization of who used it last',
    file: 'libs/platform/database/src/database.ts',
    from: 'if (this.organizationOf.get(client) !== organizationId) {',
    to: 'if (this.organizationOf.get(client) === undefined) {',
    spec: 'libs/platform/database/src/row-security.db.spec.ts',
  },
  'more-than-held': {
    what: 'Roles are given without having what they allow',
    file: 'libs/features/access/src/assign-role.ts',
    from: 'demandGrantable(rights, permissions, scope, command.until ?? null);',
    to: 'void demandGrantable;',
    spec: 'libs/features/access/src/(role-edits|roles).db.spec.ts',
  },
  'token-without-scopes': {
    what: 'A token for programs may all that its owner may',
    file: 'libs/platform/auth/src/rights.ts',
    from: '(scopes?.has(permission) ?? true) &&',
    to: '(scopes?.has(permission) !== false || true) &&',
    spec: MATRIX,
    only: 'lets a token for programs',
  },
  'reach-forgotten': {
    what: 'A token of some places sees every place',
    file: 'libs/features/resources/src/visible-resources.ts',
    from: '(viewer.within ? lieIn(viewer, viewer.within) : sql`true`);',
    to: '(viewer.within ? sql`true` : sql`true`);',
    spec: MATRIX,
    only: 'lets a token of some places',
  },
  'own-elsewhere-shown': {
    what: 'A token of some places shows what its owner has reserved elsewhere',
    file: 'libs/features/reservations/src/reservations.queries.ts',
    from: '          and ${reservationsInReach(actor, sql`v.id`)}\n',
    to: '',
    spec: MATRIX,
    only: 'lets a token of some places',
  },
  'organization-forgotten': {
    what: 'A statement forgets to ask for the organization, and row security answers for it',
    file: 'libs/features/resources/src/visible-resources.ts',
    from: '  const own = sql`r.org_id = ${viewer.organizationId} and ${resourcesInReach(viewer)}`;',
    to: '  const own = resourcesInReach(viewer);',
    spec: MATRIX,
    only: 'another organization',
    isFound: false,
  },
};
