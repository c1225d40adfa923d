/** Every right in Berth, written `noun:verb`. What a permission allows is documented here and nowhere else. */
export const permissions = {
  'organization:read': 'See the name, zone and settings of the organization',
  'organization:manage': 'Remove the demo data and bring it back',
  'system:read': 'See how the installation is doing',
  'system:manage': 'Hand events over again to a part of Berth that missed them',
  'event:read': 'Follow everything that happens in the event log, as far as one may see it',
  'place:read': 'See sites, floors and rooms',
  'place:manage': 'Create and change sites, floors and rooms',
  'resource:read': 'See resources, their types and tags',
  'resource:manage': 'Create, change, import and archive resources and their types; set their hours, blackouts and status',
  'availability:read': 'See when resources are free or busy',
  'reservation:read': 'See reservations',
  'reservation:create': 'Hold and book resources',
  'reservation:book-for': 'Book on behalf of others',
  'reservation:update': 'Change and move one’s own reservations',
  'reservation:cancel': 'Cancel one’s own reservations',
  'reservation:manage': 'Change, move and cancel the reservations of others',
  'approval:decide': 'See and answer the requests for approval one is asked about, and follow one’s own',
  'approval:manage': 'See and answer every request for approval',
  'user:read': 'See the people of the organization',
  'user:manage': 'Create people and change their roles',
  'group:read': 'See groups and who is in them',
  'group:manage': 'Create, change and delete groups; decide who is in them',
  'role:read': 'See roles, who has them and where, and why somebody can or cannot do something',
  'role:assign': 'Give roles to people and groups, and take them away; never more than one has oneself in that place',
  'role:manage': 'Create, change and delete roles; never with more than one has oneself',
  'quota:manage': 'See how many requests people send, and set how many they may',
  'webhook:manage': 'Set up webhooks, see what was sent to them and send it again',
  'webhook:provision': 'Set up webhooks that are told the public keys of people and what they answered',
  'client:manage': 'Register programs that ask for tokens, and see and revoke the tokens of everybody; never with a token',
  'audit:read': 'Read the log of who did what, and check that nothing of it was changed',
  'audit:export': 'Take the log along as a file',
  'profile:manage': 'Read and change one’s own profile and preferences',
  'account:secure': 'Change one’s own second factor, sessions, tokens and keys; never with a token',
  'account:stand-in':
    'Act as somebody else who may do no more than oneself, for half an hour and a reason they are told; never with a token',
  'stream:connect': 'Follow live updates',
} as const satisfies Record<string, string>;

export type Permission = keyof typeof permissions;

export const allPermissions = Object.keys(permissions) as Permission[];

/** Rights a token for programs can have: not those that would let it make itself more of, or need a session. */
export const tokenScopes = allPermissions.filter(
  (it) => it !== 'account:secure' && it !== 'account:stand-in' && it !== 'client:manage' && it !== 'stream:connect',
);

/**
 * What nobody does while they act as somebody else: what makes a way in, hands out rights, or goes on after they stopped. Who may
 * do it does it under their own name.
 */
export const closedToStandIns: ReadonlySet<Permission> = new Set<Permission>([
  'account:secure',
  'account:stand-in',
  'client:manage',
  'group:manage',
  'organization:manage',
  'role:assign',
  'role:manage',
  'system:manage',
  'user:manage',
  'webhook:manage',
  'webhook:provision',
]);

export const roles = ['admin', 'user', 'guest'] as const;
/** The role every person has in the whole organization; what they have besides is assigned. An admin owns the organization. */
export type Role = (typeof roles)[number];

/** Rights that can be given at a site or a resource alone; any other counts in the whole organization or not at all. */
export const placeable: ReadonlySet<Permission> = new Set<Permission>([
  'place:manage',
  'resource:manage',
  'reservation:manage',
  'approval:manage',
  'role:read',
  'role:assign',
]);

/** Rights that say something about a place: the only ones a token has that is limited to some places. */
export const scopesInPlaces: ReadonlySet<Permission> = new Set<Permission>([
  ...(['place:read', 'place:manage', 'resource:read', 'resource:manage', 'availability:read'] as const),
  ...(['reservation:read', 'reservation:create', 'reservation:book-for', 'reservation:update', 'reservation:cancel'] as const),
  ...(['reservation:manage', 'approval:decide', 'approval:manage'] as const),
]);

const guest: readonly Permission[] = [
  'organization:read',
  'place:read',
  'resource:read',
  'availability:read',
  'profile:manage',
  'account:secure',
  'stream:connect',
];
const user: readonly Permission[] = [
  ...guest,
  'reservation:read',
  'reservation:create',
  'reservation:update',
  'reservation:cancel',
  'approval:decide',
  'user:read',
  'group:read',
];

/** What each role that every organization has allows. It grows with the releases; an organization makes roles of its own besides. */
export const builtInRoles = {
  admin: new Set(allPermissions),
  user: new Set(user),
  guest: new Set(guest),
  'site-manager': new Set<Permission>([
    'place:manage',
    'resource:manage',
    'reservation:manage',
    'approval:manage',
    'role:read',
    'role:assign',
  ]),
  'resource-manager': new Set<Permission>(['resource:manage', 'reservation:manage', 'approval:manage', 'role:read', 'role:assign']),
  approver: new Set<Permission>(['approval:manage']),
} as const satisfies Record<string, ReadonlySet<Permission>>;
export type BuiltInRole = keyof typeof builtInRoles;

export const builtInRoleKeys = Object.keys(builtInRoles) as BuiltInRole[];

/** What the role of a person allows in the whole organization. */
export const permissionsOf: Readonly<Record<Role, ReadonlySet<Permission>>> = builtInRoles;
