import type { CustomField, PolicyDocument, PolicyLevel, PolicyPatch } from '@berth/scheduling';

export const RESOURCE_STATUSES = ['available', 'maintenance', 'archived'] as const;
export type ResourceStatus = (typeof RESOURCE_STATUSES)[number];

export const RESOURCE_SORTS = ['name', '-name', 'capacity', '-capacity', 'created'] as const;
export type ResourceSort = (typeof RESOURCE_SORTS)[number];

/** A site, floor or room by its name. */
export interface NamedPlace {
  readonly id: string;
  readonly name: string;
}

/** The layer that set a rule or the hours. */
export interface Source {
  readonly level: PolicyLevel;
  readonly id?: string;
  readonly name?: string;
}

/** A rule that counts, and who set it. */
export interface RuleInForce {
  readonly value: unknown;
  readonly source: Source;
}

/** A resource as `GET /resources/{id}` gives it. */
export interface Resource {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly location: string | null;
  readonly type: { readonly id: string; readonly key: string; readonly name: string; readonly icon: string };
  readonly site: (NamedPlace & { readonly timeZone: string }) | null;
  readonly floor: NamedPlace | null;
  readonly room: NamedPlace | null;
  readonly parentId: string | null;
  readonly capacity: number | null;
  readonly units: number;
  readonly tags: readonly string[];
  /** IANA zone that counts: its own, else the site’s, else the organization’s. */
  readonly timeZone: string;
  readonly status: ResourceStatus;
  readonly statusFrom: string | null;
  readonly statusUntil: string | null;
  readonly statusReason: string | null;
  readonly bookable: boolean;
  /** Whether it is one person's own. */
  readonly assigned: boolean;
  readonly policy: PolicyDocument;
  /** Every rule that counts, by its name. */
  readonly rules: Readonly<Record<string, RuleInForce>>;
  readonly requiresApproval: boolean;
  readonly externalId: string | null;
  readonly version: number;
}

/** What a new resource can be given; what is left out is inherited. */
export interface NewResource {
  readonly name: string;
  readonly typeId?: string;
  readonly siteId?: string | null;
  readonly floorId?: string | null;
  readonly capacity?: number | null;
  readonly units?: number;
  readonly tags?: readonly string[];
}

/** Merge patch (RFC 7396) of a resource. */
export interface ResourcePatch {
  readonly name?: string;
  readonly description?: string | null;
  readonly location?: string | null;
  readonly typeId?: string;
  readonly siteId?: string | null;
  readonly floorId?: string | null;
  readonly capacity?: number | null;
  readonly units?: number;
  readonly tags?: readonly string[];
  readonly timeZone?: string | null;
  readonly bookable?: boolean;
  readonly externalId?: string | null;
  readonly policy?: PolicyPatch;
}

/** What `POST /resources/{id}/status` takes. */
export interface StatusChange {
  readonly status: ResourceStatus;
  /** Begin of a maintenance; now where it is left out. */
  readonly from?: string | null;
  /** End of a maintenance; null while nobody knows. */
  readonly until?: string | null;
  readonly reason?: string | null;
  readonly reservations?: 'refuse' | ClosingChoice;
}

/** What becomes of bookings in the way. */
export const closingChoices = ['keep', 'notify', 'move', 'cancel'] as const;
export type ClosingChoice = (typeof closingChoices)[number];

/** A booking a change of status touches, and what would become of it. */
export interface AffectedBooking {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly title: string | null;
  readonly organizer: { readonly id: string; readonly displayName: string };
  readonly outcome: 'kept' | 'notified' | 'moved' | 'cancelled' | 'not-moved';
  readonly movedTo: { readonly id: string; readonly name: string } | null;
}

/** A booking that stands against a change; whose it is, is not told. */
export interface BookingInTheWay {
  readonly id: string;
  readonly start: string;
  readonly end: string;
}

/** What a list of resources is narrowed by. */
export interface ResourceFilter {
  readonly q: string;
  readonly status: readonly ResourceStatus[] | null;
  readonly typeId: string | null;
  readonly siteId: string | null;
  readonly floorId: string | null;
  readonly tags: readonly string[];
  readonly capacity: number | null;
  readonly sort: ResourceSort;
}

export interface ResourcePage {
  readonly data: readonly Resource[];
  readonly page: { readonly nextCursor: string | null; readonly hasMore: boolean };
  readonly total?: number;
}

export interface ResourceType {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly icon: string;
  /** What calendars take its resources for. */
  readonly cutype: 'ROOM' | 'RESOURCE';
  readonly isDefault: boolean;
  /** What whoever books one is asked. */
  readonly fields: readonly CustomField[];
  readonly resourceCount: number;
  readonly version: number;
}

export interface Site {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly resourceCount: number;
}

export interface Floor {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
  readonly level: number | null;
}

export interface TagCount {
  readonly tag: string;
  readonly count: number;
}
