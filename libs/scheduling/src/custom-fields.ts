import { isCivilDate } from '@berth/kernel';

export const CUSTOM_FIELD_KINDS = ['text', 'number', 'boolean', 'select', 'date'] as const;
export type CustomFieldKind = (typeof CUSTOM_FIELD_KINDS)[number];

/** A question a kind of resources asks whoever books one. */
export interface CustomField {
  /** Stable word for programs and files. */
  readonly key: string;
  readonly label: string;
  readonly kind: CustomFieldKind;
  readonly required: boolean;
  /** What a `select` takes; empty for the others. */
  readonly options: readonly string[];
  /** The answer of who says nothing; a null is not nothing. */
  readonly default?: CustomValue;
  /** Whether answers say something about a person, and go when that person is erased; where nothing is said, they do. */
  readonly personal?: boolean;
}

export type CustomValue = string | number | boolean;
/** Answers by the key of the field. */
export type CustomValues = Readonly<Record<string, CustomValue>>;

/** What is wrong with one answer; `key` is that of the field. */
export interface BrokenField {
  readonly key: string;
  readonly code: 'required' | 'unknown-field' | 'wrong-type' | 'not-an-option' | 'too-long';
  readonly detail: string;
}

const LONGEST_TEXT = 1_000;

/** Everything that is wrong with the answers to fields; an empty text and null answer nothing. */
export function brokenFields(fields: readonly CustomField[], given: Readonly<Record<string, unknown>>): BrokenField[] {
  const unknown = Object.keys(given).filter((key) => !fields.some((it) => it.key === key));
  return [
    ...unknown.map((key) => ({ key, code: 'unknown-field' as const, detail: `There is no field “${key.slice(0, 60)}” here.` })),
    ...fields.flatMap((field) => brokenField(field, given[field.key])),
  ];
}

/** What is wrong with the fields themselves: defaults nobody could have answered. In the order of the fields. */
export const brokenDefaults = (fields: readonly CustomField[]): BrokenField[] =>
  fields.flatMap((it) => brokenField({ ...it, required: false }, it.default));

/** The answers as they count: where nothing is said, the default of the field. */
export function withDefaults(fields: readonly CustomField[], given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const defaults = fields.flatMap(({ key, default: value }) => (value === undefined ? [] : [[key, value] as const]));
  return { ...Object.fromEntries(defaults), ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}

/** Only what the fields ask. */
export const answersTo = (fields: readonly CustomField[], given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(given).filter(([key]) => fields.some((it) => it.key === key)));

/** The answers that say something. */
export const answered = (given: Readonly<Record<string, unknown>>): CustomValues =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => !isNothing(value))) as CustomValues;

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

function brokenField({ key, label, kind, required, options }: CustomField, value: unknown): BrokenField[] {
  if (isNothing(value)) return required ? [{ key, code: 'required', detail: `${label} is needed.` }] : [];
  if (!isOfKind(kind, value)) return [{ key, code: 'wrong-type', detail: `${label} must be ${wanted[kind]}.` }];
  if (kind === 'select' && !options.includes(value as string))
    return [{ key, code: 'not-an-option', detail: `${label} is one of ${options.join(', ')}.`.slice(0, 500) }];
  if (typeof value === 'string' && value.length > LONGEST_TEXT)
    return [{ key, code: 'too-long', detail: `${label} takes ${LONGEST_TEXT} characters at most.` }];
  return [];
}

const wanted: Readonly<Record<CustomFieldKind, string>> = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  select: 'one of its options',
  date: 'a date like 2026-12-01',
};

function isOfKind(kind: CustomFieldKind, value: unknown): boolean {
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value);
  if (kind === 'boolean') return typeof value === 'boolean';
  if (typeof value !== 'string') return false;
  return kind !== 'date' || isCivilDate(value);
}
