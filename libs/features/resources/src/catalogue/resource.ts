import { formatInstant } from '@berth/kernel';
import {
  effectivePolicy,
  explainPolicy,
  needsApproval,
  type EffectivePolicy,
  type ExplainedRule,
  type PolicyDocument,
  type PolicySource,
  type ResourceStatus,
} from '@berth/scheduling';
import { policyLayers, type PolicyPlaces } from '../resource-terms';
import type { CalendarUserType } from '../types/resource-type';

/** A value that counts for a resource, in the form policies travel in, and where it was set. */
export interface RuleInForce {
  readonly value: ExplainedRule['value'];
  readonly source: PolicySource;
}

/** Something that can be reserved, or that holds such things, as it is shown. Instants are RFC 3339 in UTC. */
export interface Resource {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** Free text; place ids say it exactly. */
  readonly location: string | null;
  readonly type: {
    readonly id: string;
    readonly key: string;
    readonly name: string;
    readonly icon: string;
    readonly cutype: CalendarUserType;
  };
  readonly site: { readonly id: string; readonly name: string; readonly timeZone: string } | null;
  readonly floor: { readonly id: string; readonly name: string } | null;
  readonly room: { readonly id: string; readonly name: string } | null;
  readonly parentId: string | null;
  readonly capacity: number | null;
  readonly units: number;
  readonly tags: readonly string[];
  /** IANA zone that counts: its own, else of its site, else of the organization. */
  readonly timeZone: string;
  readonly status: ResourceStatus;
  /** Begin of a maintenance, which may lie ahead: the status is then `available` still. */
  readonly statusFrom: string | null;
  readonly statusUntil: string | null;
  readonly statusReason: string | null;
  readonly bookable: boolean;
  /** Whether it is one person's own at this moment; whose, its assignment says to those who may know. */
  readonly assigned: boolean;
  /** What it says itself; the rest is inherited. */
  readonly policy: PolicyDocument;
  readonly rules: Readonly<Record<string, RuleInForce>>;
  readonly requiresApproval: boolean;
  readonly externalId: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ResourceRow extends PolicyPlaces {
  readonly description: string | null;
  readonly location: string | null;
  readonly type_key: string;
  readonly type_icon: string;
  readonly type_cutype: CalendarUserType;
  readonly site_zone: string | null;
  readonly floor_id: string | null;
  readonly floor_name: string | null;
  readonly room_id: string | null;
  readonly room_name: string | null;
  readonly parent_id: string | null;
  readonly capacity: number | null;
  readonly units: number;
  readonly tags: string[];
  readonly own_zone: string | null;
  readonly time_zone: string;
  readonly status: ResourceStatus;
  readonly status_since: Date | null;
  readonly status_until: Date | null;
  readonly unavailable_since: Date | null;
  readonly status_reason: string | null;
  readonly bookable: boolean;
  readonly assigned_from: Date | null;
  readonly assigned_until: Date | null;
  readonly external_id: string | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly sort_name: string;
}

/** What is stored of a resource by its own; ids of the type and of places instead of what they are. */
export interface ResourceValues {
  readonly name: string;
  readonly typeId: string;
  readonly siteId: string | null;
  readonly floorId: string | null;
  readonly roomId: string | null;
  readonly parentId: string | null;
  readonly description: string | null;
  readonly location: string | null;
  readonly capacity: number | null;
  readonly units: number;
  readonly tags: readonly string[];
  /** null takes the site's zone, then the organization's. */
  readonly timeZone: string | null;
  readonly policy: PolicyDocument;
  readonly externalId: string | null;
  readonly bookable: boolean;
}

export const valuesOf = (row: ResourceRow): ResourceValues => ({
  name: row.name,
  typeId: row.type_id,
  siteId: row.site_id,
  floorId: row.floor_id,
  roomId: row.room_id,
  parentId: row.parent_id,
  description: row.description,
  location: row.location,
  capacity: row.capacity,
  units: row.units,
  tags: row.tags,
  timeZone: row.own_zone,
  policy: ownPolicy(row),
  externalId: row.external_id,
  bookable: row.bookable,
});

export function toResource(row: ResourceRow, now: Date): Resource {
  const policy = effectivePolicyOf(row);
  const state = statusAt(row, now);
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    location: row.location,
    type: { id: row.type_id, key: row.type_key, name: row.type_name, icon: row.type_icon, cutype: row.type_cutype },
    site: row.site_id ? { id: row.site_id, name: row.site_name ?? '', timeZone: row.site_zone ?? row.time_zone } : null,
    floor: row.floor_id ? { id: row.floor_id, name: row.floor_name ?? '' } : null,
    room: row.room_id ? { id: row.room_id, name: row.room_name ?? '' } : null,
    parentId: row.parent_id,
    capacity: row.capacity,
    units: row.units,
    tags: row.tags,
    timeZone: row.time_zone,
    status: state.status,
    statusFrom: state.from && formatInstant(state.from),
    statusUntil: state.until && formatInstant(state.until),
    statusReason: state.reason,
    bookable: row.bookable,
    assigned: isAssigned(row, now),
    policy: ownPolicy(row),
    rules: Object.fromEntries(explainPolicy(policy).map(({ rule, value, source }) => [rule, { value, source }])),
    requiresApproval: needsApproval(policy),
    externalId: row.external_id,
    version: row.version,
    createdAt: formatInstant(row.created_at),
    updatedAt: formatInstant(row.updated_at),
  };
}

export const effectivePolicyOf = (row: PolicyPlaces): EffectivePolicy => effectivePolicy(policyLayers(row));

/** The status at an instant: a maintenance counts from its begin to its end, whether or not a worker has seen either. */
export function statusAt(
  row: Pick<ResourceRow, 'status' | 'status_since' | 'status_until' | 'status_reason'>,
  now: Date,
): { status: ResourceStatus; from: Date | null; until: Date | null; reason: string | null } {
  const isOver = row.status === 'maintenance' && row.status_until !== null && row.status_until.getTime() <= now.getTime();
  if (isOver) return { status: 'available', from: null, until: null, reason: null };
  const isMaintenance = row.status === 'maintenance';
  const isAhead = isMaintenance && row.status_since !== null && row.status_since.getTime() > now.getTime();
  return {
    status: isAhead ? 'available' : row.status,
    from: isMaintenance ? row.status_since : null,
    until: row.status_until,
    reason: row.status_reason,
  };
}

const isAssigned = ({ assigned_from: from, assigned_until: until }: ResourceRow, now: Date): boolean =>
  from !== null && from <= now && (until === null || until > now);

const ownPolicy = (row: PolicyPlaces): PolicyDocument => (row.policies[3] ?? {}) as PolicyDocument;
