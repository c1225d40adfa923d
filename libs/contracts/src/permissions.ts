/** Every right in Berth, written `noun:verb`. What a permission allows is documented here and nowhere else. */
export const permissions = {
  'organization:read': 'See the name, zone and settings of the organization',
  'organization:manage': 'Remove the demo data and bring it back',
  'system:read': 'See how the installation is doing',
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
  'profile:manage': 'Read and change one’s own profile and preferences',
  'stream:connect': 'Follow live updates',
} as const satisfies Record<string, string>;

export type Permission = keyof typeof permissions;

export const allPermissions = Object.keys(permissions) as Permission[];

export const roles = ['admin', 'user', 'guest'] as const;
/** The built-in roles; an organization adds its own in a later release. */
export type Role = (typeof roles)[number];

const guest: readonly Permission[] = [
  'organization:read',
  'place:read',
  'resource:read',
  'availability:read',
  'profile:manage',
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
];

/** What each built-in role may do. */
export const permissionsOf: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  admin: new Set(allPermissions),
  user: new Set(user),
  guest: new Set(guest),
};
