export const scopeKinds = ['all', 'sites', 'types', 'resources'] as const;
export type ScopeKind = (typeof scopeKinds)[number];

/** Where things must happen for a webhook to be told. */
export interface Scope {
  readonly kind: ScopeKind;
  /** Sites, types or resources; none for `all`. */
  readonly ids: readonly string[];
  /** Of resources also what they consist of. */
  readonly descendants: boolean;
}

/** Where something happened. */
export interface Whereabouts {
  readonly siteIds: readonly string[];
  readonly typeIds: readonly string[];
  readonly resources: readonly {
    readonly id: string;
    readonly typeId: string;
    readonly siteId: string | null;
    /** The resource and all it is a part of. */
    readonly wholes: readonly string[];
  }[];
}

/** Whether something that happened there is in the scope. What happens nowhere, as a change of a role, is in `all` alone. */
export function isInScope({ kind, ids, descendants }: Scope, { siteIds, typeIds, resources }: Whereabouts): boolean {
  if (kind === 'all') return true;
  const names = new Set(ids);
  if (kind === 'sites') return siteIds.some((it) => names.has(it)) || resources.some((it) => it.siteId !== null && names.has(it.siteId));
  if (kind === 'types') return typeIds.some((it) => names.has(it)) || resources.some((it) => names.has(it.typeId));
  return resources.some((it) => (descendants ? it.wholes.some((whole) => names.has(whole)) : names.has(it.id)));
}
