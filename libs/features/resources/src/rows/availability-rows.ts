import { formatDuration } from '@berth/kernel';
import { effectivePolicy, policyValues, type BookingPolicy } from '@berth/scheduling';
import { policyLayers } from '../resource-terms';

/** What a timeline must know of a policy to refuse before the server does; durations are ISO 8601. */
export interface RowRules {
  readonly minDuration: string;
  readonly maxDuration: string;
  readonly slotStep: string;
  readonly minNotice: string;
  readonly horizon: string;
  readonly bufferBefore: string;
  readonly bufferAfter: string;
  readonly approval: boolean;
  readonly mayLeaveOpenHours: boolean;
}

/**
 * The heads of a timeline's rows, one array a property, all of one length and in the order they are shown: by site, floor
 * and name, a part below its whole. What many rows share stands once and is named by its index.
 */
export interface AvailabilityRows {
  /** Matching resources, also those beyond the limit. */
  readonly total: number;
  readonly types: readonly { readonly id: string; readonly key: string; readonly name: string; readonly icon: string }[];
  readonly sites: readonly { readonly id: string; readonly name: string; readonly timeZone: string }[];
  readonly floors: readonly { readonly id: string; readonly name: string; readonly siteId: string }[];
  readonly rules: readonly RowRules[];
  /** IANA zones. */
  readonly zones: readonly string[];
  readonly rows: {
    readonly id: readonly string[];
    readonly name: readonly string[];
    readonly type: readonly number[];
    /** -1 for none, as in the next three. */
    readonly site: readonly number[];
    readonly floor: readonly number[];
    /** Index of the row of its whole. */
    readonly parent: readonly number[];
    readonly depth: readonly number[];
    readonly capacity: readonly (number | null)[];
    readonly units: readonly number[];
    readonly status: readonly ('available' | 'maintenance')[];
    readonly bookable: readonly boolean[];
    readonly zone: readonly number[];
    readonly rules: readonly number[];
    readonly tags: readonly (readonly string[])[];
  };
}

export interface HeadRow {
  id: string;
  name: string;
  parent_id: string | null;
  capacity: number | null;
  units: number;
  tags: string[];
  status: 'available' | 'maintenance';
  bookable: boolean;
  time_zone: string;
  type_id: string;
  type_key: string;
  type_name: string;
  type_icon: string;
  site_id: string | null;
  site_name: string | null;
  site_zone: string | null;
  floor_id: string | null;
  floor_name: string | null;
  floor_level: number | null;
  /** The stored policies of organization, site, type and resource as text: equal texts make equal rules. */
  policies: string;
}

interface Head {
  readonly row: HeadRow;
  readonly parent: number;
  readonly depth: number;
}

/** @param rows in any order */
export function toAvailabilityRows(rows: readonly HeadRow[], total: number): AvailabilityRows {
  const heads = inDisplayOrder(rows);
  const column = <T>(value: (row: HeadRow) => T): T[] => heads.map((it) => value(it.row));
  const types = shared(
    heads,
    (it) => it.type_id,
    (it) => ({ id: it.type_id, key: it.type_key, name: it.type_name, icon: it.type_icon }),
  );
  const sites = shared(
    heads,
    (it) => it.site_id,
    (it) => ({ id: it.site_id ?? '', name: it.site_name ?? '', timeZone: it.site_zone ?? it.time_zone }),
  );
  const floors = shared(
    heads,
    (it) => it.floor_id,
    (it) => ({ id: it.floor_id ?? '', name: it.floor_name ?? '', siteId: it.site_id ?? '' }),
  );
  const zones = shared(
    heads,
    (it) => it.time_zone,
    (it) => it.time_zone,
  );
  const rules = sharedRules(heads);
  return {
    total,
    types: types.values,
    sites: sites.values,
    floors: floors.values,
    rules: rules.values,
    zones: zones.values,
    rows: {
      id: column((it) => it.id),
      name: column((it) => it.name),
      type: types.index,
      site: sites.index,
      floor: floors.index,
      parent: heads.map((it) => it.parent),
      depth: heads.map((it) => it.depth),
      capacity: column((it) => it.capacity),
      units: column((it) => it.units),
      status: column((it) => it.status),
      bookable: column((it) => it.bookable),
      zone: zones.index,
      rules: rules.index,
      tags: column((it) => it.tags),
    },
  };
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const LAST = Number.POSITIVE_INFINITY;

/** By site, floor and name; rows without one come last. «Room 2» stands before «Room 10». */
function compare(a: HeadRow, b: HeadRow): number {
  return (
    Number(a.site_id === null) - Number(b.site_id === null) ||
    byName.compare(a.site_name ?? '', b.site_name ?? '') ||
    Number(a.floor_id === null) - Number(b.floor_id === null) ||
    (a.floor_level ?? LAST) - (b.floor_level ?? LAST) ||
    byName.compare(a.floor_name ?? '', b.floor_name ?? '') ||
    byName.compare(a.name, b.name) ||
    (a.id < b.id ? -1 : 1)
  );
}

/** A part whose whole is not among the rows stands for itself. */
function inDisplayOrder(rows: readonly HeadRow[]): Head[] {
  const present = new Set(rows.map((it) => it.id));
  const parts = Map.groupBy([...rows].sort(compare), (it) => (it.parent_id !== null && present.has(it.parent_id) ? it.parent_id : null));
  const heads: Head[] = [];
  const place = (whole: string | null, parent: number, depth: number): void => {
    for (const row of parts.get(whole) ?? []) {
      const index = heads.push({ row, parent, depth }) - 1;
      place(row.id, index, depth + 1);
    }
  };
  place(null, -1, 0);
  return heads;
}

/** Each distinct thing once, in the order it first appears, and which of them each row has; -1 for none. */
function shared<T>(
  heads: readonly Head[],
  keyOf: (row: HeadRow) => string | null,
  valueOf: (row: HeadRow) => T,
): { values: T[]; index: number[] } {
  const places = new Map<string, number>();
  const values: T[] = [];
  const index = heads.map(({ row }) => {
    const key = keyOf(row);
    if (key === null) return -1;
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, values.length);
    return values.push(valueOf(row)) - 1;
  });
  return { values, index };
}

/** Rules are worked out once for each combination of stored policies, and those that come out equal are one. */
function sharedRules(heads: readonly Head[]): { values: RowRules[]; index: number[] } {
  const byPolicies = new Map<string, string>();
  const textOf = (row: HeadRow): string => {
    const known = byPolicies.get(row.policies) ?? JSON.stringify(rulesOf(row));
    byPolicies.set(row.policies, known);
    return known;
  };
  return shared(heads, textOf, (row) => JSON.parse(textOf(row)) as RowRules);
}

function rulesOf(row: HeadRow): RowRules {
  const policies = JSON.parse(row.policies) as [unknown, unknown, unknown, unknown];
  const places = { id: '', name: '', type_id: '', type_name: '', site_id: null, site_name: null, org_id: '', organization_name: '' };
  return toRowRules(policyValues(effectivePolicy(policyLayers({ ...places, policies }))));
}

const toRowRules = (policy: BookingPolicy): RowRules => ({
  minDuration: formatDuration(policy.minDuration),
  maxDuration: formatDuration(policy.maxDuration),
  slotStep: formatDuration(policy.slotStep),
  minNotice: formatDuration(policy.minNotice),
  horizon: formatDuration(policy.horizon),
  bufferBefore: formatDuration(policy.bufferBefore),
  bufferAfter: formatDuration(policy.bufferAfter),
  approval: policy.approval.mode === 'required',
  mayLeaveOpenHours: policy.mayLeaveOpenHours,
});
