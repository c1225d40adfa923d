import { parseDuration } from '@berth/kernel';
import type { BookableResource, Rule } from '../resources-api';
import { DAY, MINUTE } from '../span';

/** The rules a form shows and offers times by, in milliseconds unless said otherwise. */
export interface ResourceRules {
  readonly shortest: number;
  readonly longest: number;
  /** Minutes. */
  readonly step: number;
  readonly notice: number;
  readonly horizon: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly mayLeaveOpenHours: boolean;
  /** A later cancellation counts as late; null where it never does. */
  readonly cancellationNotice: number | null;
  /** Who set the longest length; null where nobody did. */
  readonly longestSetOn: string | null;
}

/** What holds until the resource is known; the server judges anyway. */
const unknown: ResourceRules = {
  shortest: 15 * MINUTE,
  longest: DAY,
  step: 15,
  notice: 0,
  horizon: 90 * DAY,
  bufferBefore: 0,
  bufferAfter: 0,
  mayLeaveOpenHours: false,
  cancellationNotice: null,
  longestSetOn: null,
};

export function rulesOf(resource: BookableResource | null): ResourceRules {
  if (resource === null) return unknown;
  const { rules } = resource;
  const length = (key: string, fallback: number): number => lengthOf(rules[key]) ?? fallback;
  const longest = rules['maxDuration'];
  return {
    shortest: length('minDuration', unknown.shortest),
    longest: length('maxDuration', unknown.longest),
    step: length('slotStep', unknown.step * MINUTE) / MINUTE,
    notice: length('minNotice', 0),
    horizon: length('horizon', unknown.horizon),
    bufferBefore: length('bufferBefore', 0),
    bufferAfter: length('bufferAfter', 0),
    mayLeaveOpenHours: rules['mayLeaveOpenHours']?.value === true,
    cancellationNotice: lengthOf(rules['cancellationNotice']) ?? null,
    longestSetOn: longest && longest.source.level !== 'default' ? (longest.source.name ?? resource.name) : null,
  };
}

function lengthOf(rule: Rule | undefined): number | undefined {
  const minutes = typeof rule?.value === 'string' ? parseDuration(rule.value) : undefined;
  return minutes === undefined ? undefined : minutes * MINUTE;
}
