import { Problem } from '@berth/contracts';
import { type Interval, isCivilDateTime, isTimeZone, newId, parseInstant, toInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { isReckonable } from '@berth/platform/http';
import { maySee, type ResourceTerms, wishedFor } from '@berth/resources';
import { answered, brokenFields, judge, withDefaults, type CustomField, type CustomValues, type Violation } from '@berth/scheduling';
import type { Claim, ClaimedResource } from './reservation';

/** What somebody asks for, checked for form only. */
export interface BookingWish extends Interval {
  readonly resourceIds: readonly string[];
  /** IANA zone the organizer was thinking in; undefined takes the resource's. */
  readonly timeZone?: string;
  readonly quantity: number;
  readonly title?: string | null;
  readonly description?: string | null;
  readonly private?: boolean;
  readonly attendees?: number | null;
  /** Answers to what the types of the resources ask; null keeps those that were given for the whole it is a part of. */
  readonly customFields?: Readonly<Record<string, unknown>> | null;
  /** A hold of the actor that becomes this reservation. */
  readonly holdId?: string | null;
  /** The time its reservation has now, when that is changed; what it has is not judged again. */
  readonly former?: Interval;
  /** The person it is for; undefined for the actor. */
  readonly onBehalfOf?: string | null;
}

/** For whom a wish is, and what speaks against it besides the rules of the resources. */
export interface Party {
  readonly organizer: { readonly id: string; readonly displayName: string };
  readonly bookedBy: { readonly id: string; readonly displayName: string } | null;
  /** Groups the organizer is in, which gates ask for. */
  readonly groupIds: readonly string[];
  /** Limits per person that would be broken. */
  readonly violations: readonly ResourceViolation[];
}

/** A broken rule and the resource that has it. */
export interface ResourceViolation extends Violation {
  readonly resourceId: string;
  /** The occurrence of a series it is about. */
  readonly recurrenceId?: string;
}

/**
 * The judged claim of a wish.
 * @param terms of every resource asked for that exists
 * @throws Problem `not-found` for a resource the actor may not see, `policy-violation` with every broken rule
 */
export function claimOf(
  actor: Actor,
  party: Party,
  wish: BookingWish,
  terms: ReadonlyMap<string, ResourceTerms>,
  status: 'held' | 'booked',
  holdUntil: Date | null,
  now: Date,
): Claim {
  const resources = wish.resourceIds.map((id) => {
    const found = terms.get(id);
    if (!found || !maySee(actor, found)) throw new Problem('not-found', { detail: 'There is no such resource.' });
    return found;
  });
  const judged = resources.map((resource) => {
    const whom = wishedFor(actor, resource, party.organizer.id, party.groupIds);
    return { resource, verdict: judge(resource, { ...wish, ...whom }, now) };
  });
  const violations = judged.flatMap(({ resource, verdict }) => verdict.violations.map((it) => ({ ...it, resourceId: resource.id })));
  refuse([...resources.filter((it) => !it.bookable).map(notBookable), ...takenTwice(resources), ...violations, ...party.violations]);

  const answers = status === 'booked' && wish.customFields !== null ? demandAnswers(resources, wish.customFields ?? {}) : undefined;

  const items: ClaimedResource[] = judged.map(({ resource, verdict }) => ({ resource, quantity: wish.quantity, held: verdict.held }));
  const needsApproval = judged.some((it) => it.verdict.needsApproval);
  return {
    id: newId(),
    organizer: party.organizer,
    bookedBy: party.bookedBy,
    status: status === 'held' ? 'held' : needsApproval ? 'pending' : 'confirmed',
    items,
    start: wish.start,
    end: wish.end,
    title: wish.title ?? null,
    description: wish.description ?? null,
    timeZone: wish.timeZone ?? resources[0]?.timeZone ?? 'UTC',
    private: wish.private ?? false,
    attendees: wish.attendees ?? null,
    customFields: answers,
    holdUntil,
    now,
  };
}

/**
 * The answers that count, defaults among them, when everything is answered that the types of the resources ask.
 * @throws Problem `validation-failed` with a pointer to each answer that is missing or wrong
 */
export function demandAnswers(resources: readonly Pick<ResourceTerms, 'fields'>[], given: Readonly<Record<string, unknown>>): CustomValues {
  const fields = fieldsOf(resources);
  const answers = withDefaults(fields, given);
  const broken = brokenFields(fields, answers);
  if (broken.length === 0) return answered(answers);
  throw new Problem('validation-failed', {
    detail: broken.map((it) => it.detail).join(' '),
    errors: broken.map(({ key, code, detail }) => ({ pointer: `/customFields/${key}`, code, detail })),
  });
}

/** What is asked of who books these together; a question of several is asked once. */
export const fieldsOf = (resources: readonly Pick<ResourceTerms, 'fields'>[]): CustomField[] => [
  ...new Map(resources.flatMap((it) => it.fields).map((it) => [it.key, it])).values(),
];

/** Whether somebody was refused by rules or quotas, which `extensions.violations` has all of. */
export const isRefusal = (error: unknown): error is Problem =>
  error instanceof Problem && (error.code === 'policy-violation' || error.code === 'quota-exceeded');

/** @throws Problem with all of them, unless there are none: `quota-exceeded` where quotas alone are in the way, else `policy-violation` */
export function refuse(violations: readonly ResourceViolation[]): void {
  const [first] = violations;
  if (!first) return;
  const { rule, limit, given, source } = first;
  const suggestions = [
    ...new Map(violations.flatMap((it) => (it.suggestion ? [[JSON.stringify(it.suggestion), it.suggestion] as const] : []))).values(),
  ];
  throw new Problem(violations.every((it) => it.rule === 'quota') ? 'quota-exceeded' : 'policy-violation', {
    detail: violations.map((it) => it.detail).join(' '),
    violations,
    policy: { rule, limit, given, source },
    ...(first.quota && { quota: first.quota }),
    suggestions,
  });
}

/** A bundle of a whole and of a part of it would take the part twice. */
export const takenTwice = (resources: readonly ResourceTerms[]): ResourceViolation[] =>
  resources.flatMap((resource, i) => {
    const before = resources.slice(0, i).find((it) => it.leaves.some((leaf) => resource.leaves.includes(leaf)));
    if (!before) return [];
    const source = { level: 'resource', id: resource.id, name: resource.name } as const;
    const detail = `${resource.name} and ${before.name} are parts of each other; one of them is enough.`;
    return [{ rule: 'units', limit: '1', given: '2', source, detail, resourceId: resource.id }];
  });

/** What is refused of a resource that only holds others. */
export const notBookable = (resource: ResourceTerms): ResourceViolation => ({
  rule: 'status',
  limit: 'bookable',
  given: 'not bookable',
  source: { level: 'resource', id: resource.id, name: resource.name },
  detail: `${resource.name} is not booked by itself.`,
  resourceId: resource.id,
});

/**
 * An instant from the wire: RFC 3339 with an offset, or a local time in `timeZone`.
 * @throws Problem `validation-failed`, `nonexistent-local-time` with both neighbours
 */
export function instantOf(text: string, timeZone: string | null | undefined, pointer: string): Date {
  const instant = parseInstant(text) ?? localInstant(text, timeZone, pointer);
  if (instant && isReckonable(instant)) return instant;
  throw new Problem('validation-failed', {
    errors: [{ pointer, code: 'is-instant', detail: 'is not an instant like 2026-12-01T13:00:00Z; a local time needs timeZone' }],
  });
}

/** Longer than any policy allows; what is asked about more is a mistake, and would be dear to judge. */
const LONGEST_DAYS = 366;

/** @throws Problem `validation-failed` for an empty, reversed or absurdly long time */
export function demandSpan(start: Date, end: Date): void {
  if (end <= start)
    throw new Problem('validation-failed', { errors: [{ pointer: '/end', code: 'not-after-start', detail: 'must be after start' }] });
  if (end.getTime() - start.getTime() > LONGEST_DAYS * 86_400_000) {
    throw new Problem('validation-failed', {
      errors: [{ pointer: '/end', code: 'range', detail: `must be at most ${LONGEST_DAYS} days after start` }],
    });
  }
}

function localInstant(text: string, timeZone: string | null | undefined, pointer: string): Date | undefined {
  if (!timeZone || !isTimeZone(timeZone) || !isCivilDateTime(text)) return undefined;
  const local = toInstant(text, timeZone);
  if (local.resolution !== 'gap') return local.instant;
  const suggestions = local.neighbours?.map((it) => ({ action: 'start-at', patch: { [pointer.slice(1)]: it.toISOString() } }));
  throw new Problem('nonexistent-local-time', { suggestions });
}
