import type { Named } from './assignments.queries';

/** A role that a person or a group has somewhere, for a time. */
export interface Assignment {
  readonly id: string;
  /** Id of the organization's own role, or key of a built-in one, which has no name. */
  readonly role: { readonly id: string; readonly name: string | null };
  readonly holder: Named & { readonly kind: 'person' | 'group' };
  readonly place: Named & { readonly kind: 'organization' | 'site' | 'resource' };
  /** RFC 3339; null is open. */
  readonly from: string | null;
  readonly until: string | null;
  readonly grantedBy: Named | null;
  readonly createdAt: string;
}
