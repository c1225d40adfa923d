import type { Alternative, Conflict, Problem, Violation } from '@berth/web/data';
import type { WishPatch } from '../form/wish';

/** Why a wish cannot be had, and what could be had instead. */
export interface Refusal {
  readonly reasons: readonly Reason[];
  /** The nearest first. */
  readonly choices: readonly Choice[];
}

export type Reason =
  | {
      readonly kind: 'rule';
      readonly rule: string;
      readonly limit: string;
      readonly given: string;
      readonly setOn: string | null;
      readonly detail: string;
      /** Whose it is, where one may know. */
      readonly person?: { readonly displayName: string };
    }
  | { readonly kind: 'taken'; readonly title: string | null; readonly start: number; readonly end: number }
  /** Somebody is booking it at this moment. */
  | { readonly kind: 'held'; readonly start: number; readonly end: number };

/** One way out, as a change of the wish. */
export interface Choice {
  readonly action: 'shorten' | 'lengthen' | 'start-at' | 'take-fewer' | 'elsewhere' | 'other-time';
  readonly patch: WishPatch;
  /** Name of the other resource. */
  readonly name: string | null;
}

const CHOICES_AT_MOST = 4;
const actions = ['shorten', 'lengthen', 'start-at', 'take-fewer'] as const;

/** Reads a refusal out of a failed call; null when the failure was of another kind. */
export function refusalOf(problem: Pick<Problem, 'violations' | 'conflicts'>, resourceId: string | null): Refusal | null {
  const { violations, conflicts } = problem;
  const reasons = [...violations.map(ruleReason), ...conflicts.map(conflictReason)];
  if (reasons.length === 0) return null;
  const choices = [...violations.flatMap(suggestedChoice), ...alternativeChoices(conflicts, resourceId)];
  return { reasons: unique(reasons), choices: unique(choices).slice(0, CHOICES_AT_MOST) };
}

/** Whether the server refused because a question of the type is not answered: only the dialog asks them. */
export const wantsAnswers = (problem: Pick<Problem, 'errors'>): boolean =>
  problem.errors.some((it) => it.pointer.startsWith('/customFields/'));

function ruleReason(it: Violation): Reason {
  const isOrdinary = it.source === undefined || it.source.level === 'default';
  return {
    kind: 'rule',
    rule: it.rule,
    limit: String(it.limit),
    given: String(it.given),
    setOn: isOrdinary ? null : (it.source?.name ?? null),
    detail: it.detail ?? it.rule,
    ...(it.person && { person: it.person }),
  };
}

function conflictReason({ reason, title, busy }: Conflict): Reason {
  const time = { start: Date.parse(busy.start), end: Date.parse(busy.end) };
  return reason === 'held' ? { kind: 'held', ...time } : { kind: 'taken', title, ...time };
}

function suggestedChoice({ suggestion }: Violation): Choice[] {
  const { action, patch } = (suggestion ?? {}) as { action?: string; patch?: WishPatch };
  const known = actions.find((it) => it === action);
  return known === undefined || patch === undefined ? [] : [{ action: known, patch, name: null }];
}

function alternativeChoices(conflicts: readonly Conflict[], resourceId: string | null): Choice[] {
  const all = conflicts.flatMap((it) => it.alternatives);
  return [...all].sort((a, b) => b.score - a.score).map((it) => alternativeChoice(it, resourceId));
}

function alternativeChoice({ resourceId, name, start, end }: Alternative, wanted: string | null): Choice {
  const patch = { resourceId, start, ...(end === undefined ? {} : { end }) };
  return resourceId === wanted ? { action: 'other-time', patch, name: null } : { action: 'elsewhere', patch, name: name ?? null };
}

function unique<T>(all: readonly T[]): T[] {
  return [...new Map(all.map((it) => [JSON.stringify(it), it])).values()];
}
