import { Problem } from '@berth/contracts';
import type { Sql } from '@berth/platform/database';
import {
  effectivePolicy,
  needsApproval,
  parseHours,
  parsePolicy,
  type Assignment,
  type Blackout,
  type BookingTerms,
  type CustomField,
  type Gate,
  type GateMode,
  type PolicyLayer,
  type PolicySource,
  type Quota,
  type ResourceState,
  type ResourceStatus,
  type Sourced,
  type WeeklyHours,
} from '@berth/scheduling';
import { type AssignmentRow, assignmentsSharing, toAssignment } from './assignment/assignments-sharing';
import { recurrenceOf, stillCounts, storedRecurrence, type StoredRecurrence } from './times/recurring-blackout';

/** All that booking asks of a resource, as it was at `version` and `epoch`. */
export interface ResourceTerms extends BookingTerms {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly typeId: string;
  readonly siteId: string | null;
  readonly siteName: string | null;
  readonly floorId: string | null;
  readonly floorName: string | null;
  /** People it takes; null where that means nothing. */
  readonly capacity: number | null;
  /** False for what only holds others, such as a rack that is never booked as a whole. */
  readonly bookable: boolean;
  /** Ids of the leaves it occupies when it is booked, in order of id; its own where it has no parts. */
  readonly leaves: readonly string[];
  readonly requiresApproval: boolean;
  /** The resource and all it is a part of, from itself up. */
  readonly wholes: readonly string[];
  /** Whom it is shown to, by the site and by itself. */
  readonly seeGates: readonly Gate[];
  /** Who may book it, by the site and by itself. */
  readonly gates: readonly Gate[];
  /** Of itself, and of what shares its time: its wholes and its parts. */
  readonly assignments: readonly Assignment[];
  /** Quotas of people that are about it. */
  readonly quotas: readonly Quota[];
  /** What its type asks of whoever books it. */
  readonly fields: readonly CustomField[];
  /** Version of the resource these terms were read at. */
  readonly version: number;
  /** Epoch of the organization these terms were read at. */
  readonly epoch: number;
}

interface TermsRow {
  id: string;
  org_id: string;
  name: string;
  type_id: string;
  type_name: string;
  fields: CustomField[];
  site_id: string | null;
  site_name: string | null;
  floor_id: string | null;
  floor_name: string | null;
  organization_name: string;
  capacity: number | null;
  units: number;
  bookable: boolean;
  status: ResourceStatus;
  status_since: Date | null;
  status_until: Date | null;
  time_zone: string;
  policies: [organization: unknown, site: unknown, type: unknown, resource: unknown];
  hours: [organization: unknown, site: unknown, resource: unknown];
  leaves: string[];
  wholes: string[];
  /** Modes of the site, null where there is none, and of the resource. */
  gates: { level: 'site' | 'resource'; see: GateMode; book: GateMode }[];
  quotas: Quota[];
  gate_groups: { level: 'site' | 'resource'; verb: 'see' | 'book'; id: string }[];
  blackouts: BlackoutRow[];
  assignments: AssignmentRow[];
  version: number;
  epoch: number;
}

interface BlackoutRow {
  /** Milliseconds since 1970. */
  s: number;
  e: number;
  reason: string | null;
  recurrence: StoredRecurrence | null;
  level: 'organization' | 'site' | 'resource';
}

/**
 * Reads the terms of resources of one organization in one statement; ids it does not have are left out.
 * @param since blackouts that were over by then do not count any more
 */
export async function readTerms(db: Sql, organizationId: string, ids: readonly string[], since: Date): Promise<ResourceTerms[]> {
  const rows = await db.sql<TermsRow>`
    select r.id, r.org_id, r.name, r.type_id, t.name as type_name, t.fields, r.site_id, s.name as site_name, r.floor_id, f.name as floor_name,
           o.name as organization_name, r.capacity, r.units, r.bookable, r.status, r.status_since, r.status_until,
           coalesce(r.time_zone, s.time_zone, o.time_zone) as time_zone,
           jsonb_build_array(o.policy, s.policy, t.policy, r.policy) as policies,
           jsonb_build_array(o.hours, s.hours, r.hours) as hours,
           array(select l.leaf_id from resource_leaf l where l.org_id = r.org_id and l.resource_id = r.id order by l.leaf_id)::text[] as leaves,
           array(with recursive up as (
                   select r.id, r.parent_id, 0 as distance
                   union all
                   select p.id, p.parent_id, up.distance + 1 from up join resource p on p.org_id = r.org_id and p.id = up.parent_id
                 ) select id from up order by distance)::text[] as wholes,
           jsonb_build_array(
             jsonb_build_object('level', 'site', 'see', coalesce(s.see_mode, 'everyone'), 'book', coalesce(s.book_mode, 'everyone')),
             jsonb_build_object('level', 'resource', 'see', r.see_mode, 'book', r.book_mode)) as gates,
           (select coalesce(jsonb_agg(jsonb_build_object(
                     'level', case when g.site_id is null then 'resource' else 'site' end, 'verb', g.verb, 'id', g.group_id) order by g.group_id), '[]')
            from gate_group g where g.org_id = r.org_id and (g.resource_id = r.id or g.site_id = r.site_id)) as gate_groups,
           (select coalesce(jsonb_agg(jsonb_build_object(
                     'id', q.id, 'name', q.name, 'who', jsonb_build_object('kind', q.who_kind, 'id', q.who_id), 'what', jsonb_build_object('kind', q.what_kind, 'id', q.what_id),
                     'measure', q.measure, 'window', q.window_kind, 'limit', q.limit_value) order by q.id), '[]')
            from quota_rule q
            where q.org_id = r.org_id and (q.what_kind = 'everything' or q.what_id in (r.id, r.type_id, r.site_id))) as quotas,
           (select coalesce(jsonb_agg(jsonb_build_object(
                     's', (extract(epoch from b.starts_at) * 1000)::bigint, 'e', (extract(epoch from b.ends_at) * 1000)::bigint, 'reason', b.reason,
                     'recurrence', case when b.rrule is not null then ${storedRecurrence} end,
                     'level', case when b.resource_id is not null then 'resource' when b.site_id is not null then 'site' else 'organization' end)
                     order by b.starts_at, b.id), '[]')
            from blackout b
            where b.org_id = r.org_id
              and ${stillCounts(since)}
              and (b.resource_id = r.id or b.site_id = r.site_id or num_nonnulls(b.resource_id, b.site_id) = 0)) as blackouts,
           ${assignmentsSharing(since)} as assignments,
           r.version, o.epoch
    from resource r
    join organization o on o.id = r.org_id
    join resource_type t on t.org_id = r.org_id and t.id = r.type_id
    left join site s on s.org_id = r.org_id and s.id = r.site_id
    left join floor f on f.org_id = r.org_id and f.id = r.floor_id
    where r.org_id = ${organizationId} and r.id = any(${ids}::uuid[])`;
  return rows.map(toTerms);
}

function toTerms(row: TermsRow): ResourceTerms {
  const policy = effectivePolicy(policyLayers(row));
  return {
    id: row.id,
    organizationId: row.org_id,
    name: row.name,
    typeId: row.type_id,
    siteId: row.site_id,
    siteName: row.site_name,
    floorId: row.floor_id,
    floorName: row.floor_name,
    capacity: row.capacity,
    units: row.units,
    bookable: row.bookable,
    timeZone: row.time_zone,
    policy,
    requiresApproval: needsApproval(policy),
    fields: row.fields,
    quotas: row.quotas,
    hours: hoursOf(row),
    blackouts: row.blackouts.map((it) => blackoutOf(it, row)),
    state: stateOf(row),
    leaves: row.leaves,
    wholes: row.wholes,
    seeGates: gatesOf(row, 'see'),
    gates: gatesOf(row, 'book'),
    assignments: row.assignments.map((it) => toAssignment(it, row.time_zone, sourceOf('resource', row))),
    version: row.version,
    epoch: row.epoch,
  };
}

/** What is open to everyone is no gate. */
function gatesOf(row: TermsRow, verb: 'see' | 'book'): Gate[] {
  return row.gates
    .filter((it) => it[verb] !== 'everyone')
    .map(({ level, [verb]: mode }) => ({
      mode,
      groupIds: row.gate_groups.filter((it) => it.level === level && it.verb === verb).map((it) => it.id),
      source: sourceOf(level, row),
    }));
}

/** What names the four places a policy may be set in. */
export interface PolicyPlaces {
  readonly id: string;
  readonly name: string;
  readonly type_id: string;
  readonly type_name: string;
  readonly site_id: string | null;
  readonly site_name: string | null;
  readonly org_id: string;
  readonly organization_name: string;
  /** As stored: of the organization, the site, the type and the resource; null where there is none. */
  readonly policies: readonly [organization: unknown, site: unknown, type: unknown, resource: unknown];
}

/** The stored policies that count for a resource, from the most general on. */
export function policyLayers(row: PolicyPlaces): PolicyLayer[] {
  const levels = ['organization', 'site', 'type', 'resource'] as const;
  return levels.flatMap((level, i) => {
    const stored = row.policies[i];
    return stored === null ? [] : [{ source: sourceOf(level, row), policy: parsePolicy(stored).policy }];
  });
}

/** Where a value of that level was set. */
export function sourceOf(level: 'organization' | 'site' | 'type' | 'resource', row: Omit<PolicyPlaces, 'policies'>): PolicySource {
  const [id, name] = {
    organization: [row.org_id, row.organization_name],
    site: [row.site_id, row.site_name],
    type: [row.type_id, row.type_name],
    resource: [row.id, row.name],
  }[level];
  return { level, id: id ?? undefined, name: name ?? undefined };
}

function hoursOf(row: TermsRow): Sourced<WeeklyHours> | undefined {
  const [organization, site, resource] = row.hours;
  const [level, stored] =
    resource !== null
      ? (['resource', resource] as const)
      : site !== null
        ? (['site', site] as const)
        : (['organization', organization] as const);
  if (stored === null) return undefined;
  const { hours } = parseHours(stored);
  if (!hours) throw new Problem('internal-error', { detail: 'Stored hours cannot be read.' });
  return { value: hours, source: sourceOf(level, row) };
}

function blackoutOf(blackout: BlackoutRow, row: TermsRow): Blackout {
  return {
    start: new Date(blackout.s),
    end: new Date(blackout.e),
    reason: blackout.reason ?? undefined,
    ...(blackout.recurrence && { recurrence: recurrenceOf(blackout.recurrence) }),
    source: sourceOf(blackout.level, row),
  };
}

/** The state as the rules take it: a maintenance that ended by its own time refuses nothing later, so nothing has to end it. */
export function stateOf(row: { status: ResourceStatus; status_since: Date | null; status_until: Date | null }): ResourceState {
  if (row.status !== 'maintenance' || !row.status_since) return { status: row.status };
  return { status: row.status, maintenance: { start: row.status_since, end: row.status_until ?? undefined } };
}
