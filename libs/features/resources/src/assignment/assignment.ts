/** Whose a resource is. Instants are RFC 3339 in UTC, days `YYYY-MM-DD` by the clock of the resource. */
export interface ResourceAssignment {
  /** null where the reader may not know. */
  readonly person: { readonly id: string; readonly displayName: string } | null;
  /** Whether it is the reader's. */
  readonly mine: boolean;
  readonly from: string;
  /** null where nobody has said when it ends. */
  readonly until: string | null;
  /** Days from today on that others may have, in order. */
  readonly sharedDays: readonly string[];
}

/** Whose a resource is at a version of it. */
export interface AssignmentSeen {
  /** null for nobody's. */
  readonly assignment: ResourceAssignment | null;
  /** What `If-Match` names where it is assigned. */
  readonly resourceVersion: number;
}

/** What is somebody's own, with what it is. */
export interface OwnResource extends ResourceAssignment {
  readonly resource: { readonly id: string; readonly name: string; readonly typeId: string; readonly timeZone: string };
  readonly place: string | null;
}

export interface AssignmentRow {
  readonly resource_id: string;
  readonly account_id: string;
  readonly display_name: string;
  readonly starts_at: Date;
  readonly ends_at: Date | null;
  readonly days: readonly string[];
}
