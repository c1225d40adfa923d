import type { PolicyDocument } from '@berth/scheduling';
import type { Resource, ResourcePatch } from '../data/resource';
import { mergePatch } from '../rules/merge-patch';

/** What of a resource can be edited in the panel; the policy holds its own rules only. */
export interface DraftValues {
  readonly name: string;
  readonly description: string | null;
  readonly typeId: string;
  readonly siteId: string | null;
  readonly floorId: string | null;
  readonly location: string | null;
  readonly capacity: number | null;
  readonly units: number;
  readonly tags: readonly string[];
  /** Its own zone; null takes that of its site. */
  readonly timeZone: string | null;
  readonly bookable: boolean;
  readonly externalId: string | null;
  readonly policy: PolicyDocument;
}

/** One thing that can differ: a field, or one rule of the policy. */
export type DraftKey = Exclude<keyof DraftValues, 'policy'> | `policy.${keyof PolicyDocument}`;

/** One difference, for the save bar and for the merge. */
export interface Change {
  readonly key: DraftKey;
  readonly from: unknown;
  readonly to: unknown;
}

/** @param organizationZone zone of what has no site */
export function valuesOf(resource: Resource, organizationZone: string): DraftValues {
  const inherited = resource.site?.timeZone ?? organizationZone;
  return {
    name: resource.name,
    description: resource.description,
    typeId: resource.type.id,
    siteId: resource.site?.id ?? null,
    floorId: resource.floor?.id ?? null,
    location: resource.location,
    capacity: resource.capacity,
    units: resource.units,
    tags: resource.tags,
    // The server tells the zone that counts; one that equals the inherited one means the same either way.
    timeZone: resource.timeZone === inherited ? null : resource.timeZone,
    bookable: resource.bookable,
    externalId: resource.externalId,
    policy: resource.policy,
  };
}

/** Every difference between two states, fields first. */
export function changesBetween(before: DraftValues, after: DraftValues): Change[] {
  const { policy: rulesBefore, ...fieldsBefore } = before;
  const { policy: rulesAfter, ...fieldsAfter } = after;
  return [
    ...differences(fieldsBefore, fieldsAfter),
    ...differences(rulesBefore, rulesAfter).map((it) => ({ ...it, key: `policy.${it.key}` })),
  ] as Change[];
}

/** The merge patch that makes the changes; a rule that is gone is inherited again. */
export function patchOf(changes: readonly Change[]): ResourcePatch {
  const patch: Record<string, unknown> = {};
  const policy: Record<string, unknown> = {};
  for (const { key, from, to } of changes) {
    if (key.startsWith('policy.')) policy[key.slice('policy.'.length)] = mergePatch(from, to ?? undefined);
    else patch[key] = to;
  }
  // Site and floor go together, so that a floor of the old site is never left beside a new one.
  if ('siteId' in patch && !('floorId' in patch)) patch['floorId'] = null;
  return Object.keys(policy).length > 0 ? { ...patch, policy } : patch;
}

/** The state with one change made. */
export function withChange(values: DraftValues, { key, to }: Pick<Change, 'key' | 'to'>): DraftValues {
  if (!key.startsWith('policy.')) return { ...values, [key]: to };
  const { [key.slice('policy.'.length) as keyof PolicyDocument]: _old, ...rest } = values.policy;
  return { ...values, policy: to === undefined || to === null ? rest : { ...rest, [key.slice('policy.'.length)]: to } };
}

/** Two values of JSON, whatever the order of their keys. */
export function isSame(a: unknown, b: unknown): boolean {
  return stable(a) === stable(b);
}

function differences(before: object, after: object): { key: string; from: unknown; to: unknown }[] {
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return keys.filter((key) => !isSame(old[key], now[key])).map((key) => ({ key, from: old[key], to: now[key] }));
}

function stable(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, it: unknown) =>
    typeof it === 'object' && it !== null && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)))
      : it,
  );
}
