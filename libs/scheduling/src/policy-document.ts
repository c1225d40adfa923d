import { formatDuration, isId, parseDuration } from '@berth/kernel';
import {
  DEFAULT_POLICY,
  LONGEST_ALLOWED,
  LONGEST_BUFFER,
  POLICY_KEYS,
  type ApprovalCauses,
  type ApprovalMode,
  type ApprovalRule,
  type Approver,
  type BookingPolicy,
  type CheckInMode,
  type CheckInRule,
  type EffectivePolicy,
  type Limit,
  type PartialPolicy,
  type PolicySource,
  type TitleAudience,
} from './booking-policy';
import { below, isJsonObject, outOfRange, refuseOthers, unknownField, wrongType, type FieldError } from './field-error';

/** A policy as it travels and is stored: durations in ISO 8601, absent keys are inherited. */
export interface PolicyDocument {
  readonly minDuration?: string;
  readonly maxDuration?: string;
  readonly slotStep?: string;
  readonly minNotice?: string;
  readonly horizon?: string;
  readonly bufferBefore?: string;
  readonly bufferAfter?: string;
  readonly approval?: ApprovalDocument;
  readonly tentativeBlocks?: true;
  readonly titlesVisibleTo?: TitleAudience;
  readonly mayLeaveOpenHours?: boolean;
  readonly cancellationNotice?: string;
  readonly maxConcurrentPerPerson?: Limit;
  readonly maxPerWeekPerPerson?: string;
  readonly checkIn?: CheckInDocument;
}

export interface CheckInDocument {
  readonly mode: CheckInMode;
  readonly before: string;
  readonly after: string;
}

export interface ApprovalDocument {
  readonly mode: ApprovalMode;
  readonly deadline: string;
  readonly approvers: readonly Approver[];
  /** Steps after the first. */
  readonly then?: readonly (readonly Approver[])[];
  readonly requiredFor?: { readonly longerThan?: string; readonly outOfHours?: boolean };
}

/** A merge patch (RFC 7396) of one layer: null takes a value back, lists are replaced, objects merged. */
export type PolicyPatch = MergePatch<PolicyDocument>;

type MergePatch<T> = { readonly [K in keyof T]?: Patched<T[K]> | null };
type Patched<T> = T extends string | number | boolean | readonly unknown[] | undefined ? T : MergePatch<T>;

export interface ParsedPolicy {
  /** What could be read; to be used only when there are no errors. */
  readonly policy: PartialPolicy;
  readonly errors: readonly FieldError[];
}

/** One value with its source, as the explain API shows it. */
export interface ExplainedRule {
  readonly rule: keyof BookingPolicy;
  readonly value: PolicyDocument[keyof PolicyDocument];
  readonly source: PolicySource;
}

/** Reads one JSON value, or says what is wrong with it. */
type Reader<T> = (json: unknown, pointer: string, errors: FieldError[]) => T | undefined;

const DAY = 1440;
const FURTHEST = 5 * 366 * DAY;
const MOST_APPROVERS = 50;
/** Besides the first. */
const MOST_STEPS = 9;

const readers: { readonly [K in keyof BookingPolicy]: Reader<BookingPolicy[K]> } = {
  minDuration: duration(1, LONGEST_ALLOWED),
  maxDuration: duration(1, LONGEST_ALLOWED),
  slotStep: duration(1, DAY),
  minNotice: duration(0, LONGEST_ALLOWED),
  horizon: duration(1, FURTHEST),
  bufferBefore: duration(0, LONGEST_BUFFER),
  bufferAfter: duration(0, LONGEST_BUFFER),
  approval: approval,
  tentativeBlocks: onlyTrue('A request that waits for approval always holds its time; this cannot be switched off.'),
  titlesVisibleTo: oneOf<TitleAudience>('organization', 'attendees', 'managers'),
  mayLeaveOpenHours: flag,
  cancellationNotice: orNone(duration(0, LONGEST_ALLOWED)),
  maxConcurrentPerPerson: orNone(count(1, 10_000)),
  maxPerWeekPerPerson: orNone(duration(1, 7 * DAY)),
  checkIn: checkIn,
};

/**
 * Reads one layer of policy. Strict: an unknown key is an error, so a misspelt limit is never silently no limit; null
 * means the same as absent, as merge patch (RFC 7396) leaves it.
 * @param pointer where the policy stands in the request, in front of every error's pointer
 */
export function parsePolicy(json: unknown, pointer = ''): ParsedPolicy {
  const errors: FieldError[] = [];
  if (!isJsonObject(json)) return { policy: {}, errors: [wrongType(pointer, 'an object')] };

  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(json)) {
    if (!isPolicyKey(key)) errors.push(unknownField(below(pointer, key), key));
    else if (value !== null && value !== undefined) values[key] = readers[key](value, below(pointer, key), errors);
  }
  const policy: PartialPolicy = values;
  return { policy, errors: [...errors, ...contradictions(policy, pointer)] };
}

/** The layer in the form `parsePolicy` reads. */
export function formatPolicy(policy: PartialPolicy): PolicyDocument {
  const present = POLICY_KEYS.filter((key) => policy[key] !== undefined);
  return Object.fromEntries(present.map((key) => [key, onWire(key, policy)]));
}

/** Every value that counts for a resource with the layer that set it. */
export function explainPolicy(policy: EffectivePolicy): ExplainedRule[] {
  return POLICY_KEYS.map((key) => ({
    rule: key,
    value: onWire(key, { [key]: policy[key].value }),
    source: policy[key].source,
  }));
}

/**
 * Limits that exclude each other, so that nothing could ever be booked. One layer is checked when it is read; what
 * layers make together, where they are joined.
 */
export function contradictions(policy: PartialPolicy, pointer = ''): FieldError[] {
  const { minDuration, maxDuration, minNotice, horizon } = policy;
  const errors: FieldError[] = [];
  if (minDuration !== undefined && maxDuration !== undefined && minDuration > maxDuration) {
    const detail = `The shortest duration ${formatDuration(minDuration)} is longer than the longest ${formatDuration(maxDuration)}.`;
    errors.push({ pointer: below(pointer, 'minDuration'), code: 'inconsistent', detail });
  }
  if (minNotice !== undefined && horizon !== undefined && minNotice > horizon) {
    const detail = `The notice ${formatDuration(minNotice)} reaches beyond the horizon ${formatDuration(horizon)}.`;
    errors.push({ pointer: below(pointer, 'minNotice'), code: 'inconsistent', detail });
  }
  return errors;
}

function onWire(key: keyof BookingPolicy, policy: PartialPolicy): PolicyDocument[keyof PolicyDocument] {
  if (key === 'approval') return policy.approval && approvalOnWire(policy.approval);
  if (key === 'checkIn') return policy.checkIn && checkInOnWire(policy.checkIn);
  const value = policy[key];
  return typeof value === 'number' && key !== 'maxConcurrentPerPerson' ? formatDuration(value) : value;
}

function approvalOnWire(rule: ApprovalRule): ApprovalDocument {
  const { longerThan, outOfHours } = rule.requiredFor;
  return {
    mode: rule.mode,
    deadline: formatDuration(rule.deadlineMinutes),
    approvers: rule.approvers,
    ...(rule.then.length > 0 && { then: rule.then }),
    ...((longerThan !== null || outOfHours) && {
      requiredFor: { ...(longerThan !== null && { longerThan: formatDuration(longerThan) }), ...(outOfHours && { outOfHours }) },
    }),
  };
}

function checkInOnWire({ mode, beforeMinutes, afterMinutes }: CheckInRule): CheckInDocument {
  return { mode, before: formatDuration(beforeMinutes), after: formatDuration(afterMinutes) };
}

function duration(least: number, most: number): Reader<number> {
  return (json, pointer, errors) => {
    const minutes = typeof json === 'string' ? parseDuration(json) : undefined;
    if (minutes === undefined) {
      errors.push({ pointer, code: 'not-a-duration', detail: 'An ISO 8601 duration of whole minutes is needed, such as PT45M.' });
    } else if (minutes < least || minutes > most) {
      errors.push(outOfRange(pointer, formatDuration(least), formatDuration(most)));
    } else {
      return minutes;
    }
    return undefined;
  };
}

function count(least: number, most: number): Reader<number> {
  return (json, pointer, errors) => {
    if (typeof json !== 'number' || !Number.isInteger(json)) errors.push(wrongType(pointer, 'a whole number'));
    else if (json < least || json > most) errors.push(outOfRange(pointer, least, most));
    else return json;
    return undefined;
  };
}

function orNone(reader: Reader<number>): Reader<Limit> {
  return (json, pointer, errors) => (json === 'none' ? 'none' : reader(json, pointer, errors));
}

function oneOf<T extends string>(...words: readonly T[]): Reader<T> {
  return (json, pointer, errors) => {
    const word = words.find((it) => it === json);
    if (word === undefined) errors.push({ pointer, code: 'not-allowed', detail: `Must be one of ${words.join(', ')}.` });
    return word;
  };
}

function flag(json: unknown, pointer: string, errors: FieldError[]): boolean | undefined {
  if (typeof json === 'boolean') return json;
  errors.push(wrongType(pointer, 'true or false'));
  return undefined;
}

/** A rule that is told with the others, but holds everywhere. */
function onlyTrue(detail: string): Reader<true> {
  return (json, pointer, errors) => {
    const value = flag(json, pointer, errors);
    if (value === false) errors.push({ pointer, code: 'not-allowed', detail });
    return value || undefined;
  };
}

const checkInMode = oneOf<CheckInMode>('off', 'required');
const checkInWindow = duration(1, DAY);

/** The bare mode is enough; the window then is the usual one. */
function checkIn(json: unknown, pointer: string, errors: FieldError[]): CheckInRule | undefined {
  const fallback = DEFAULT_POLICY.checkIn;
  if (typeof json === 'string') {
    const mode = checkInMode(json, pointer, errors);
    return mode && { ...fallback, mode };
  }
  if (!isJsonObject(json)) {
    errors.push(wrongType(pointer, 'an object, or its mode alone'));
    return undefined;
  }
  refuseOthers(json, ['mode', 'before', 'after'], pointer, errors);
  const mode = checkInMode(json['mode'], below(pointer, 'mode'), errors);
  const beforeMinutes = checkInWindow(json['before'] ?? formatDuration(fallback.beforeMinutes), below(pointer, 'before'), errors);
  const afterMinutes = checkInWindow(json['after'] ?? formatDuration(fallback.afterMinutes), below(pointer, 'after'), errors);
  return mode && beforeMinutes !== undefined && afterMinutes !== undefined ? { mode, beforeMinutes, afterMinutes } : undefined;
}

const approvalMode = oneOf<ApprovalMode>('none', 'required', 'requiredFor');
const approvalDeadline = duration(1, LONGEST_ALLOWED);
const approverKind = oneOf<Approver['kind']>('user', 'group');

/** The bare mode is enough; the rest then has its defaults. */
function approval(json: unknown, pointer: string, errors: FieldError[]): ApprovalRule | undefined {
  const fallback = DEFAULT_POLICY.approval;
  if (typeof json === 'string') {
    const mode = approvalMode(json, pointer, errors);
    return mode && { ...fallback, mode };
  }
  if (!isJsonObject(json)) {
    errors.push(wrongType(pointer, 'an object, or its mode alone'));
    return undefined;
  }
  refuseOthers(json, ['mode', 'deadline', 'approvers', 'then', 'requiredFor'], pointer, errors);
  const mode = approvalMode(json['mode'], below(pointer, 'mode'), errors);
  const deadline = json['deadline'] ?? formatDuration(fallback.deadlineMinutes);
  const deadlineMinutes = approvalDeadline(deadline, below(pointer, 'deadline'), errors);
  const approvers = readApprovers(json['approvers'] ?? [], below(pointer, 'approvers'), errors);
  const then = readSteps(json['then'] ?? [], below(pointer, 'then'), errors);
  const requiredFor = readCauses(json['requiredFor'] ?? {}, below(pointer, 'requiredFor'), errors);
  if (mode === 'requiredFor' && requiredFor?.longerThan === null && !requiredFor.outOfHours) {
    const detail = 'It must be said what asks for approval: longerThan, outOfHours or both.';
    errors.push({ pointer: below(pointer, 'requiredFor'), code: 'inconsistent', detail });
  }
  if (!mode || !approvers || !then || !requiredFor || deadlineMinutes === undefined) return undefined;
  return { mode, deadlineMinutes, approvers, then, requiredFor };
}

const longerThan = duration(1, LONGEST_ALLOWED);

function readCauses(json: unknown, pointer: string, errors: FieldError[]): ApprovalCauses | undefined {
  if (!isJsonObject(json)) {
    errors.push(wrongType(pointer, 'an object'));
    return undefined;
  }
  refuseOthers(json, ['longerThan', 'outOfHours'], pointer, errors);
  return {
    longerThan: json['longerThan'] == null ? null : (longerThan(json['longerThan'], below(pointer, 'longerThan'), errors) ?? null),
    outOfHours: json['outOfHours'] == null ? false : (flag(json['outOfHours'], below(pointer, 'outOfHours'), errors) ?? false),
  };
}

function readSteps(json: unknown, pointer: string, errors: FieldError[]): Approver[][] | undefined {
  if (!Array.isArray(json)) {
    errors.push(wrongType(pointer, 'a list of lists'));
    return undefined;
  }
  if (json.length > MOST_STEPS) {
    errors.push(outOfRange(pointer, 0, MOST_STEPS));
    return undefined;
  }
  const steps = json.map((it: unknown, index) => readApprovers(it, below(pointer, index), errors));
  return steps.filter((it) => it !== undefined);
}

function readApprovers(json: unknown, pointer: string, errors: FieldError[]): Approver[] | undefined {
  if (!Array.isArray(json)) {
    errors.push(wrongType(pointer, 'a list'));
    return undefined;
  }
  if (json.length > MOST_APPROVERS) {
    errors.push(outOfRange(pointer, 0, MOST_APPROVERS));
    return undefined;
  }
  const approvers = json.map((it: unknown, index) => approver(it, below(pointer, index), errors));
  return approvers.filter((it) => it !== undefined);
}

function approver(json: unknown, pointer: string, errors: FieldError[]): Approver | undefined {
  if (!isJsonObject(json)) {
    errors.push(wrongType(pointer, 'an object'));
    return undefined;
  }
  refuseOthers(json, ['kind', 'id'], pointer, errors);
  const kind = approverKind(json['kind'], below(pointer, 'kind'), errors);
  const id = json['id'];
  if (typeof id !== 'string' || !isId(id)) {
    errors.push({ pointer: below(pointer, 'id'), code: 'not-an-id', detail: 'The id of a person or a group is needed.' });
    return undefined;
  }
  return kind && { kind, id };
}

const isPolicyKey = (key: string): key is keyof BookingPolicy => Object.hasOwn(readers, key);
