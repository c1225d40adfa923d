import type { CustomField, CustomFieldKind, CustomValue } from '@berth/scheduling';
import type { ResourceType } from '../data/resource';

/** A question while it is being written. */
export interface QuestionDraft {
  /** Tells the rows of the form apart; keys can change. */
  readonly row: number;
  readonly field: CustomField;
  /** Asked already: its key is what answers are kept by, and stays. */
  readonly isStored: boolean;
}

/** What of a type can be edited. */
export interface TypeDraft {
  readonly name: string;
  readonly icon: string;
  readonly cutype: 'ROOM' | 'RESOURCE';
  readonly questions: readonly QuestionDraft[];
}

export const TYPE_ICONS = [
  'door-open',
  'lamp-desk',
  'flask-conical',
  'car-front',
  'server',
  'monitor',
  'package',
  'box',
  'wrench',
  'layout-grid',
] as const;

let nextRow = 1;

export const draftOf = ({ name, icon, cutype, fields }: Pick<ResourceType, 'name' | 'icon' | 'cutype' | 'fields'>): TypeDraft => ({
  ...{ name, icon, cutype },
  questions: fields.map((field) => ({ row: nextRow++, field, isStored: true })),
});

export const NEW_TYPE: TypeDraft = { name: '', icon: 'box', cutype: 'RESOURCE', questions: [] };

export const newQuestion = (): QuestionDraft => ({
  row: nextRow++,
  field: { key: '', label: '', kind: 'text', required: false, options: [], personal: true },
  isStored: false,
});

/** The questions as they are sent; what has no key yet gets one from its label. */
export function fieldsOf(questions: readonly QuestionDraft[]): CustomField[] {
  const taken = new Set(questions.map((it) => it.field.key));
  return questions.map(({ field }) => {
    const key = field.key || freeKey(field.label, taken);
    taken.add(key);
    return {
      ...field,
      key,
      label: field.label.trim(),
      options: field.kind === 'select' ? field.options.map((it) => it.trim()).filter(Boolean) : [],
    };
  });
}

/** A short word of the label: `Cost centre` becomes `costCentre`. */
export function keyFrom(label: string): string {
  const words = label
    .normalize('NFD')
    .replace(/[^a-zA-Z0-9 _-]/g, '')
    .split(/[^a-zA-Z0-9]+/)
    .filter(Boolean);
  const [first = 'question', ...rest] = words;
  const joined = first.toLowerCase() + rest.map((it) => it.charAt(0).toUpperCase() + it.slice(1).toLowerCase()).join('');
  return (/^[a-z]/.test(joined) ? joined : `q${joined}`).slice(0, 36);
}

/** The same for a type, which parts its words by hyphens. */
export const typeKeyFrom = (name: string): string => keyFrom(name).replace(/[A-Z]/g, (it) => `-${it.toLowerCase()}`);

/** The same question of another kind; a default that would be no answer to it goes. */
export function ofKind(field: CustomField, kind: CustomFieldKind): CustomField {
  const { default: _, ...rest } = field;
  return { ...rest, kind };
}

/** The same question with another default; null for none. */
export function withDefault(field: CustomField, value: CustomValue | null): CustomField {
  const { default: _, ...rest } = field;
  return value === null ? rest : { ...rest, default: value };
}

function freeKey(label: string, taken: ReadonlySet<string>): string {
  const key = keyFrom(label);
  let number = 2;
  if (!taken.has(key)) return key;
  while (taken.has(`${key}${number}`)) number++;
  return `${key}${number}`;
}
