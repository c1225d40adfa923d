import type { CustomField, PolicyDocument } from '@berth/scheduling';

export const calendarUserTypes = ['ROOM', 'RESOURCE'] as const;
/** What calendars take its resources for (RFC 5545 §3.2.3). */
export type CalendarUserType = (typeof calendarUserTypes)[number];

/** A kind of resources, with what they have in common. */
export interface ResourceType {
  readonly id: string;
  /** Stable word for programs and files. */
  readonly key: string;
  readonly name: string;
  /** Name of an icon of the console's set. */
  readonly icon: string;
  readonly cutype: CalendarUserType;
  /** Taken where a new resource names none. */
  readonly isDefault: boolean;
  readonly policy: PolicyDocument;
  /** What whoever books one is asked. */
  readonly fields: readonly CustomField[];
  /** Resources of it that are not archived. */
  readonly resourceCount: number;
  readonly version: number;
}

export interface ResourceTypeRow {
  id: string;
  key: string;
  name: string;
  icon: string;
  cutype: CalendarUserType;
  is_default: boolean;
  policy: PolicyDocument;
  fields: CustomField[];
  resource_count: number;
  version: number;
  sort_name: string;
}

export const toResourceType = (row: ResourceTypeRow): ResourceType => ({
  id: row.id,
  key: row.key,
  name: row.name,
  icon: row.icon,
  cutype: row.cutype,
  isDefault: row.is_default,
  policy: row.policy,
  fields: row.fields.map((it) => ({ ...it, personal: it.personal ?? true })),
  resourceCount: row.resource_count,
  version: row.version,
});
