import type { QuotaRule, QuotaWish } from './quotas-api';

export const holders = ['everyone', 'person', 'group', 'role'] as const;
export const objects = ['everything', 'type', 'site', 'resource'] as const;
export const measures = ['time', 'count', 'concurrent', 'ahead'] as const;
export const windows = ['day', 'week', 'month'] as const;

/** Somebody or something a quota is about. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** What is being written of a quota. */
export interface QuotaDraft {
  readonly name: string;
  readonly whoKind: QuotaWish['who']['kind'];
  readonly who: Named | null;
  readonly whatKind: QuotaWish['what']['kind'];
  readonly what: Named | null;
  readonly measure: QuotaWish['measure'];
  readonly window: 'day' | 'week' | 'month';
  /** Hours of time, else a number. */
  readonly amount: number;
}

const named = (id: string | null, name: string | null): Named | null => (id === null ? null : { id, name: name ?? id });

export const draftOf = (rule: QuotaRule | null): QuotaDraft => ({
  name: rule?.name ?? '',
  whoKind: rule?.who.kind ?? 'everyone',
  who: rule ? named(rule.who.id, rule.whoName) : null,
  whatKind: rule?.what.kind ?? 'everything',
  what: rule ? named(rule.what.id, rule.whatName) : null,
  measure: rule?.measure ?? 'time',
  window: rule?.window ?? 'week',
  amount: rule === null ? 10 : rule.measure === 'time' ? rule.limit / 60 : rule.limit,
});

/** Whether a measure is counted by the calendar. */
export const hasWindow = (measure: QuotaDraft['measure']): boolean => measure === 'time' || measure === 'count';

/** What is sent of a draft: hours as minutes, and a window only where there is one. */
export const wishOf = (draft: QuotaDraft): QuotaWish => ({
  name: draft.name.trim(),
  who: { kind: draft.whoKind, id: draft.whoKind === 'everyone' ? null : (draft.who?.id ?? null) },
  what: { kind: draft.whatKind, id: draft.whatKind === 'everything' ? null : (draft.what?.id ?? null) },
  measure: draft.measure,
  window: hasWindow(draft.measure) ? draft.window : null,
  limit: draft.measure === 'time' ? Math.round(draft.amount * 60) : draft.amount,
});

/** Whether nothing is missing that the server would miss. */
export const isWhole = (draft: QuotaDraft): boolean =>
  draft.name.trim() !== '' &&
  Number.isFinite(draft.amount) &&
  draft.amount >= 0 &&
  (draft.whoKind === 'everyone' || draft.who !== null) &&
  (draft.whatKind === 'everything' || draft.what !== null);
