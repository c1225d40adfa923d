import { validationFailed } from '@berth/platform/http';
import { formatPolicy, parsePolicy, type PolicyDocument, type PolicyPatch } from '@berth/scheduling';

/**
 * One layer of policy after a merge patch (RFC 7396), in the form it is stored; null takes a value, or all of them, back.
 * @throws Problem `validation-failed` with a pointer below `/policy` to everything that is wrong
 */
export function patchedPolicy(stored: PolicyDocument, patch: PolicyPatch | null | undefined): PolicyDocument {
  if (patch === undefined) return stored;
  const { policy, errors } = parsePolicy(patch === null ? {} : mergePatch(stored, patch), '/policy');
  if (errors.length > 0) throw validationFailed(errors);
  return formatPolicy(policy);
}

/** RFC 7396 §2. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
