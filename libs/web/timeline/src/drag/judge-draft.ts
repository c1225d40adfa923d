import { DEFAULT_POLICY, brokenRules, effectivePolicy, type BookingTerms, type BrokenRule, type EffectivePolicy } from '@berth/scheduling';
import { overlaps, type Bar, type Span } from '../rows/bar';
import type { ResourceRow, ResourceRules } from '../rows/catalogue';
import type { RowContent } from '../rows/row-board';

/** What would happen if the draft were booked now, as far as this page knows. */
export type DraftVerdict =
  | { readonly kind: 'free' }
  | { readonly kind: 'needs-approval' }
  | { readonly kind: 'taken'; readonly by: Bar }
  | {
      readonly kind: 'refused';
      readonly rule: RefusalRule;
      readonly limit: string;
      readonly given: string;
      readonly detail: string;
      readonly reason: string | null;
    };

/** The rules of the server, and the two it reports in its own way. */
export type RefusalRule = BrokenRule['rule'];

export interface DraftQuestion {
  readonly row: ResourceRow;
  readonly content: RowContent;
  readonly draft: Span;
  /** Epoch milliseconds of the server's clock. */
  readonly now: number;
  /** The bar being moved, which does not stand in its own way. */
  readonly ignoring?: string;
}

const MINUTE = 60_000;
const SOURCE = { level: 'resource' } as const;

/**
 * Judges a draft while it is dragged, by the very rules the server books with. Hours and blackouts come as the spans the
 * server worked out, so that only one of the two has to know about calendars.
 */
export function judgeDraft({ row, content, draft, now, ignoring }: DraftQuestion): DraftVerdict {
  if (!row.bookable) return { kind: 'refused', rule: 'status', limit: 'bookable', given: 'not-bookable', detail: '', reason: null };
  const wish = { start: new Date(draft.start), end: new Date(draft.end), quantity: 1 };
  const refusal = brokenRules(termsOf(row, content, draft), wish, new Date(now))[0];
  if (refusal)
    return {
      kind: 'refused',
      rule: refusal.rule,
      limit: refusal.limit,
      given: refusal.given,
      detail: refusal.detail,
      reason: reasonOf(refusal, content, draft),
    };

  const closed = row.rules.mayLeaveOpenHours ? undefined : content.closed.find((it) => overlaps(it, draft));
  if (closed) return { kind: 'refused', rule: 'opening-hours', limit: '', given: '', detail: '', reason: null };

  const rival = rivalOf(row, content, draft, ignoring);
  if (rival) return { kind: 'taken', by: rival };
  return { kind: row.rules.needsApproval ? 'needs-approval' : 'free' };
}

/**
 * Judges the same time on several rows, which are had together or not at all: what stands in the way on the first that cannot be
 * had, else who has to agree, else that all are free. Undefined without rows.
 */
export function judgeTogether<Row extends Pick<DraftQuestion, 'row' | 'content'>>(
  rows: readonly Row[],
  question: Omit<DraftQuestion, 'row' | 'content'>,
): { readonly verdict: DraftVerdict; readonly at: Row } | undefined {
  const all = rows.map((at) => ({ at, verdict: judgeDraft({ row: at.row, content: at.content, ...question }) }));
  const isRefused = ({ verdict }: { verdict: DraftVerdict }): boolean => !isBookable(verdict);
  return all.find(isRefused) ?? all.find((it) => it.verdict.kind === 'needs-approval') ?? all[0];
}

/** Whether it can be booked, if only for somebody to agree. */
export function isBookable({ kind }: DraftVerdict): boolean {
  return kind === 'free' || kind === 'needs-approval';
}

/** The bar that leaves no unit free for the draft; undefined when one is left throughout. */
function rivalOf(row: ResourceRow, content: RowContent, draft: Span, ignoring: string | undefined): Bar | undefined {
  const held = heldSpan(row.rules, draft);
  const near = content.bars.filter(
    (it) => it.id !== ignoring && !(it.mine && it.status === 'held') && overlaps({ start: it.heldStart, end: it.heldEnd }, held),
  );
  if (row.units <= 1) return near[0];
  // The peak of use is reached where some bar begins, or at the draft's own start.
  const moments = [held.start, ...near.map((it) => Math.max(it.heldStart, held.start))];
  const full = moments.find(
    (at) => near.reduce((sum, it) => (it.heldStart <= at && at < it.heldEnd ? sum + it.quantity : sum), 0) >= row.units,
  );
  return full === undefined ? undefined : near.find((it) => it.heldStart <= full && full < it.heldEnd);
}

/** The draft with the buffers it would need. */
export function heldSpan(rules: Pick<ResourceRules, 'bufferBefore' | 'bufferAfter'>, draft: Span): Span {
  return { start: draft.start - rules.bufferBefore * MINUTE, end: draft.end + rules.bufferAfter * MINUTE };
}

function termsOf(row: ResourceRow, content: RowContent, draft: Span): BookingTerms {
  return {
    policy: policyOf(row.rules),
    timeZone: row.zone,
    blackouts: content.blackouts
      .filter((it) => !it.assigned && overlaps(it, draft))
      .map((it) => ({ start: new Date(it.start), end: new Date(it.end), reason: it.reason ?? undefined, source: SOURCE })),
    assignments: content.blackouts
      .filter((it) => it.assigned && overlaps(it, draft))
      .map((it) => ({
        person: { id: '', displayName: it.assigned?.person ?? '' },
        start: new Date(it.start),
        end: new Date(it.end),
        shared: [],
        source: SOURCE,
      })),
    // A maintenance that ends is told as a blackout; one without end refuses everything.
    state: { status: row.status === 'maintenance' && content.blackouts.every((it) => it.assigned) ? 'maintenance' : 'available' },
    units: row.units,
  };
}

const policies = new WeakMap<ResourceRules, EffectivePolicy>();

/** Rows share their rules, so a policy is built once for each set of them. */
function policyOf(rules: ResourceRules): EffectivePolicy {
  let policy = policies.get(rules);
  if (!policy) {
    const { minDuration, maxDuration, slotStep, minNotice, horizon, bufferBefore, bufferAfter } = rules;
    const own = { ...DEFAULT_POLICY, minDuration, maxDuration, slotStep, minNotice, horizon, bufferBefore, bufferAfter };
    policies.set(rules, (policy = effectivePolicy([{ source: SOURCE, policy: own }])));
  }
  return policy;
}

function reasonOf(refusal: BrokenRule, content: RowContent, draft: Span): string | null {
  const written = content.blackouts.find((it) => !it.assigned && overlaps(it, draft))?.reason;
  return (refusal.rule === 'blackout' ? written : null) ?? null;
}
