import { builtInRoleKeys, builtInRoles, type BuiltInRole, type Permission } from '@berth/contracts';

export interface RoleRow {
  id: string;
  name: string;
  description: string | null;
  permissions: Permission[];
  holder_count: number;
  version: number;
  created_at: Date;
}

/** A role: built in, known by its key, or an organization's own, known by its id. */
export interface Role {
  readonly id: string;
  /** null for a built-in one, whose name each reader has in their language. */
  readonly name: string | null;
  readonly description: string | null;
  readonly isBuiltIn: boolean;
  /** In alphabetical order. */
  readonly permissions: readonly Permission[];
  /** People who have it now, wherever, by name or through a group. */
  readonly holderCount: number;
  readonly version: number;
}

export const isBuiltIn = (id: string): id is BuiltInRole => (builtInRoleKeys as string[]).includes(id);

export const toRole = (row: RoleRow): Role => ({
  id: row.id,
  name: row.name,
  description: row.description,
  isBuiltIn: false,
  permissions: row.permissions.toSorted(),
  holderCount: row.holder_count,
  version: row.version,
});

export const builtInRole = (key: BuiltInRole, holderCount: number): Role => ({
  id: key,
  name: null,
  description: null,
  isBuiltIn: true,
  permissions: [...builtInRoles[key]].sort(),
  holderCount,
  version: 1,
});
