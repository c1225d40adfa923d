export const flexibilities = ['exact', 'around', 'day'] as const;

/** What is searched for, without a date: it holds for any. */
export interface SavedQuery {
  readonly q?: string;
  /** Key of a type. */
  readonly type?: string;
  readonly siteId?: string;
  readonly floorId?: string;
  readonly capacity?: number;
  readonly tags?: readonly string[];
  /** `HH:MM`; without it, now. */
  readonly start?: string;
  readonly durationMinutes?: number;
  readonly flexible?: (typeof flexibilities)[number];
  readonly sort?: string;
}

/** A search somebody keeps under a name. */
export interface SavedSearch {
  readonly id: string;
  readonly name: string;
  readonly query: SavedQuery;
  readonly version: number;
}

/** One person keeps so many at most. */
export const SAVED_AT_MOST = 100;
