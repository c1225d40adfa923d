import { validationFailed } from '@berth/platform/http';
import { brokenDefaults, type CustomField } from '@berth/scheduling';

/**
 * Fields in the form they are kept: a default only where it says something.
 * @throws Problem `validation-failed` with a pointer to each default that is no answer to its own field
 */
export function askedFields(fields: readonly CustomField[]): CustomField[] {
  const broken = brokenDefaults(fields);
  if (broken.length === 0) return fields.map(kept);
  throw validationFailed(
    broken.map(({ key, code, detail }) => ({ pointer: `/fields/${fields.findIndex((it) => it.key === key)}/default`, code, detail })),
  );
}

function kept({ key, label, kind, required, options, default: value }: CustomField): CustomField {
  const field = { key, label, kind, required, options };
  return value === undefined || value === null || value === '' ? field : { ...field, default: value };
}
