import type { Role } from '@berth/contracts';

/** Conditions of a group by rule; all that are there must hold, and at least one is. */
export interface GroupRule {
  /** The role of the account is one of these. */
  readonly roles?: readonly Role[];
  /** The e-mail address is proved, and at one of these domains, in lower case. */
  readonly domains?: readonly string[];
}

export interface GroupRow {
  id: string;
  name: string;
  description: string | null;
  kind: 'static' | 'rule';
  roles: Role[] | null;
  domains: string[] | null;
  member_count: number;
  may_add_members: boolean;
  version: number;
  created_at: Date;
}

/** People who share gates, approvals or roles. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly kind: 'static' | 'rule';
  /** null where members are named one by one. */
  readonly rule: GroupRule | null;
  readonly memberCount: number;
  /** Whether the reader may decide who is in it; what it gives its members they then have to have themselves. */
  readonly mayAddMembers: boolean;
  readonly version: number;
  readonly createdAt: string;
}

/** A member; of a group by rule nobody may add others. */
export interface Member {
  readonly id: string;
  readonly displayName: string;
  readonly email: string;
  readonly mayAddMembers: boolean;
  /** Name of the provider whose groups put the person here; null where somebody did. */
  readonly managedBy: string | null;
}

export const toGroup = (row: GroupRow): Group => ({
  id: row.id,
  name: row.name,
  description: row.description,
  kind: row.kind,
  rule: row.kind === 'rule' ? { ...(row.roles && { roles: row.roles }), ...(row.domains && { domains: row.domains }) } : null,
  memberCount: row.member_count,
  mayAddMembers: row.may_add_members,
  version: row.version,
  createdAt: row.created_at.toISOString(),
});
