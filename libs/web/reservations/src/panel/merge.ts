import type { Answer, AnswerMap, Reservation, ReservationDetails } from '@berth/web/booking';

/** What can be edited without touching the time. */
export interface EditableDetails {
  readonly title: string | null;
  readonly description: string | null;
  readonly attendees: number | null;
  readonly private: boolean;
  /** Answers by the key of the question. */
  readonly customFields: AnswerMap;
}

const fields = ['title', 'description', 'attendees', 'private'] as const;

/** One thing that can differ: a field, or one answer. */
export type DetailField = (typeof fields)[number] | `customFields.${string}`;
export type DetailValue = Answer;

/** One field that two people changed differently. */
export interface Clash {
  readonly field: DetailField;
  readonly yours: DetailValue;
  readonly theirs: DetailValue;
}

export function detailsOf({ title, description, attendees, private: isPrivate, customFields = {} }: Reservation): EditableDetails {
  return { title, description, attendees, private: isPrivate, customFields };
}

/** Key of the question a field answers; null for what every booking has. */
export const questionOf = (field: DetailField): string | null => (isAnswer(field) ? field.slice('customFields.'.length) : null);

export function valueOf(details: EditableDetails, field: DetailField): DetailValue {
  return isAnswer(field) ? (details.customFields[field.slice('customFields.'.length)] ?? null) : details[field];
}

/** The merge patch that turns one into the other; empty when they are the same. */
export function patchOf(base: EditableDetails, wanted: EditableDetails): ReservationDetails {
  const changed = allFields(base, wanted).filter((it) => valueOf(base, it) !== valueOf(wanted, it));
  return documentOf(changed.map((it) => [it, valueOf(wanted, it)]));
}

/** Fields both have changed since the base, and not to the same. */
export function clashesOf(base: EditableDetails, yours: EditableDetails, theirs: EditableDetails): Clash[] {
  return allFields(base, yours, theirs)
    .map((field) => ({ field, before: valueOf(base, field), yours: valueOf(yours, field), theirs: valueOf(theirs, field) }))
    .filter((it) => it.yours !== it.before && it.theirs !== it.before && it.yours !== it.theirs)
    .map(({ field, yours: mine, theirs: other }) => ({ field, yours: mine, theirs: other }));
}

/** Everyone's changes together; where they clash, as chosen. */
export function merged(
  base: EditableDetails,
  yours: EditableDetails,
  theirs: EditableDetails,
  keepsTheirs: ReadonlySet<DetailField>,
): EditableDetails {
  const chosen = (it: DetailField): EditableDetails => (valueOf(yours, it) === valueOf(base, it) || keepsTheirs.has(it) ? theirs : yours);
  return {
    title: chosen('title').title,
    description: chosen('description').description,
    attendees: chosen('attendees').attendees,
    private: chosen('private').private,
    customFields: documentOf(answersOf(base, yours, theirs).map((it) => [it, valueOf(chosen(it), it)])).customFields ?? {},
  };
}

const isAnswer = (field: DetailField): field is `customFields.${string}` => field.startsWith('customFields.');

const answersOf = (...all: readonly EditableDetails[]): DetailField[] =>
  [...new Set(all.flatMap((it) => Object.keys(it.customFields)))].map((key) => `customFields.${key}` as const);

const allFields = (...all: readonly EditableDetails[]): DetailField[] => [...fields, ...answersOf(...all)];

function documentOf(values: readonly (readonly [DetailField, DetailValue])[]): ReservationDetails {
  const own = values.filter(([field]) => !isAnswer(field));
  const answers = values.flatMap(([field, value]) => (isAnswer(field) ? [[questionOf(field), value]] : []));
  return { ...Object.fromEntries(own), ...(answers.length > 0 && { customFields: Object.fromEntries(answers) as AnswerMap }) };
}
