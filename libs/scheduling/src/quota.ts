/** What of a person's reservations is counted: their time, how many start, how many at once, or how far ahead one may lie. */
export const QUOTA_MEASURES = ['time', 'count', 'concurrent', 'ahead'] as const;
export type QuotaMeasure = (typeof QUOTA_MEASURES)[number];

/** Within what time and number are counted: by the calendar of the resource's zone, weeks from Monday. */
export const QUOTA_WINDOWS = ['day', 'week', 'month'] as const;
export type QuotaWindow = (typeof QUOTA_WINDOWS)[number];

export const QUOTA_HOLDERS = ['everyone', 'person', 'group', 'role'] as const;
export const QUOTA_OBJECTS = ['everything', 'type', 'site', 'resource'] as const;

/** How much each of some people may have of some resources. */
export interface Quota {
  readonly id: string;
  readonly name: string;
  /** Whose; each of them by themselves. `id` is null for everyone. */
  readonly who: { readonly kind: (typeof QUOTA_HOLDERS)[number]; readonly id: string | null };
  /** Of what. `id` is null for everything. */
  readonly what: { readonly kind: (typeof QUOTA_OBJECTS)[number]; readonly id: string | null };
  readonly measure: QuotaMeasure;
  /** null for what is counted at once or ahead. */
  readonly window: QuotaWindow | null;
  /** Minutes of time, a number of reservations or of units at once, days ahead. */
  readonly limit: number;
}

/** For a while a person has another limit. */
export interface QuotaException {
  readonly quotaId: string;
  /** null is without limit. */
  readonly limit: number | null;
  readonly until: Date;
}

/** A person, as far as quotas ask. */
export interface QuotaHolder {
  readonly accountId: string;
  readonly groupIds: readonly string[];
  /** The role of the account, and those assigned anywhere: keys of built-in ones, ids of the others. */
  readonly roleIds: readonly string[];
  readonly exceptions: readonly QuotaException[];
}

/** How much of a quota a person has used, where a wish falls. In the unit of the limit. */
export interface QuotaUse {
  readonly quotaId: string;
  readonly name: string;
  readonly measure: QuotaMeasure;
  readonly window: QuotaWindow | null;
  readonly used: number;
  readonly limit: number;
  /** When there is more again, RFC 3339. */
  readonly freesAt: string;
}
