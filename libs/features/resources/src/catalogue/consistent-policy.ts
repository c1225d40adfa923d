import { validationFailed } from '@berth/platform/http';
import { contradictions, policyValues } from '@berth/scheduling';
import type { PolicyPlaces } from '../resource-terms';
import { effectivePolicyOf } from './resource';

/**
 * What a resource says and what it inherits must leave something that can be booked.
 * @throws Problem `validation-failed` with the limits that exclude each other
 */
export function demandConsistentPolicy(row: PolicyPlaces): void {
  const errors = contradictions(policyValues(effectivePolicyOf(row)), '/policy');
  if (errors.length > 0) throw validationFailed(errors);
}
