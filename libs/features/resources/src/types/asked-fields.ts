import { validationFailed } from '@berth/platform/http';
import { brokenDefaults, type CustomField } from '@berth/scheduling';

/**
 * Fields in the form they are kept: a default only where it says something, and about a person unless it is said otherwise.
 * @throws Problem `validation-failed` with a pointer to each default that is no answer to its own field
 */
export function askedFields(fields: readonly CustomField[]): CustomField[] {
  const broken = brokenDefaults(fields);
  if (broken.length === 0) return fields.map(kept);
  throw validationFailed(
    broken.map(({ key, code, detail }) => ({ pointer: `/fields/${fields.findIndex((it) => it.key === key)}/default`, code, detail })),
  );
}

function kept({ key, label, kind, required, options, default: value, personal = true }: CustomField): CustomField {
  const field = { key, label, kind, required, options, personal };
  return value === undefined || value === null || value === '' ? field : { ...field, default: value };
}
