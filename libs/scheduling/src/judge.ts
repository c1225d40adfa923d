import { formatInstant, isSameInterval, type Interval } from '@berth/kernel';
import { asksForApproval } from './approval';
import { heldPeriod } from './booking-policy';
import type { BookingTerms } from './booking-terms';
import { nearestAllowed } from './nearest-allowed';
import { brokenRules, type BrokenRule, type RuleName, type Wish } from './rules';

/** What the rules say about a wish. Whether the time is taken is decided by the database alone. */
export interface Verdict {
  readonly isAllowed: boolean;
  /** Every broken rule, in the order of `RuleName`. */
  readonly violations: readonly Violation[];
  /** The time to hold: the wished period with its buffers. */
  readonly held: Interval;
  readonly needsApproval: boolean;
}

export interface Violation extends BrokenRule {
  readonly suggestion?: Suggestion;
}

/** A change of the wish after which no rule is broken, except the number of units when that is broken too. */
export interface Suggestion {
  readonly action: SuggestionAction;
  /** Merge patch (RFC 7396) of the reservation asked for. */
  readonly patch: SuggestionPatch;
}

export type SuggestionAction = 'shorten' | 'lengthen' | 'start-at' | 'take-fewer';

export interface SuggestionPatch {
  readonly start?: string;
  readonly end?: string;
  readonly quantity?: number;
}

/** Judges a wish by the resource's terms; the same function answers «may I» and decides on booking. */
export function judge(terms: BookingTerms, wish: Wish, now: Date): Verdict {
  const broken = brokenRules(terms, wish, now);
  return {
    isAllowed: broken.length === 0,
    violations: broken.length === 0 ? [] : withSuggestions(broken, terms, wish, now),
    held: heldPeriod(terms.policy, wish),
    needsApproval: asksForApproval(terms, wish),
  };
}

function withSuggestions(broken: readonly BrokenRule[], terms: BookingTerms, wish: Wish, now: Date): Violation[] {
  // No other time opens a gate.
  if (broken.some((it) => it.rule === 'gated')) return [...broken];
  const nearest = nearestAllowed(terms, wish, now);
  const other = nearest && !isSameInterval(nearest, wish) ? changeOfTime(wish, nearest) : undefined;
  const quantity = Math.min(terms.units, Math.max(1, Math.floor(wish.quantity) || 1));
  const fewer: Suggestion = { action: 'take-fewer', patch: { quantity } };
  const suggestionFor = (rule: RuleName): Suggestion | undefined => (rule === 'units' ? fewer : other);
  return broken.map((it) => {
    const suggestion = suggestionFor(it.rule);
    return suggestion ? { ...it, suggestion } : it;
  });
}

function changeOfTime(wish: Interval, nearest: Interval): Suggestion {
  const start = formatInstant(nearest.start);
  const end = formatInstant(nearest.end);
  if (nearest.start.getTime() !== wish.start.getTime()) return { action: 'start-at', patch: { start, end } };
  return { action: nearest.end.getTime() < wish.end.getTime() ? 'shorten' : 'lengthen', patch: { end } };
}
