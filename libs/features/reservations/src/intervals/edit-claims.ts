import { Problem } from '@berth/contracts';
import { type Interval, intersection, merge, newId, overlaps, subtract } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { maySee, type ResourceTerms, wishedFor } from '@berth/resources';
import { editIntervals, isFinal, judge } from '@berth/scheduling';
import type { Claim } from '../reservation';
import { notBookable, refuse, type ResourceViolation } from '../wish';
import { type Family, type Member, timeOf } from './family';

/** One reservation as it will be. */
export interface EditedClaim {
  readonly claim: Claim;
  /** The reservation that changes, or whose details a new one takes. */
  readonly source: Member;
  readonly isNew: boolean;
  /** Whether somebody has to agree to time nobody agreed to yet. */
  readonly asks: boolean;
}

/** What an edit will do, judged by the rules. */
export interface JudgedEdit {
  readonly family: Family;
  /** What shrinks first, then what grows, then what is new: no moment holds more than the end does. */
  readonly claims: readonly EditedClaim[];
  readonly gone: readonly Member[];
}

/** @throws Problem `invalid-state`, `policy-violation`, `not-found` for a resource the actor may not see */
export function judgeEdit(
  actor: Actor,
  family: Family,
  wanted: readonly Interval[],
  terms: ReadonlyMap<string, ResourceTerms>,
  groupIds: readonly string[],
  now: Date,
): JudgedEdit {
  const { target, neighbours } = family;
  demandOpen(target, now);
  const timed = (it: Member) => ({ id: it.id, ...timeOf(it) });
  const edit = editIntervals(timed(target), neighbours.map(timed), wanted);
  const members = [target, ...neighbours];
  const memberOf = new Map(members.map((it) => [it.id, it]));
  const gone = edit.gone.flatMap((id) => memberOf.get(id) ?? []);
  const pieces = [
    ...edit.changed.map((it) => ({ id: it.id, from: it.id, start: it.start, end: it.end, isNew: false })),
    ...edit.added.map((it) => ({ id: newId(), from: it.from, start: it.start, end: it.end, isNew: true })),
  ];
  demandPastStays(gone, edit.changed, memberOf, now);

  const violations: ResourceViolation[] = [];
  const claims = pieces.flatMap((piece) => {
    const source = memberOf.get(piece.from);
    if (!source) return [];
    const judged = judgePiece(actor, piece, source, members, terms, groupIds, now);
    violations.push(...judged.violations);
    return [judged.edited];
  });
  refuse(violations);
  const grows = (it: EditedClaim): number => (it.isNew ? 1 : 0) + (subtract([it.claim], [timeOf(it.source)]).length > 0 ? 1 : 0);
  return { family, claims: claims.toSorted((a, b) => grows(a) - grows(b)), gone };
}

function judgePiece(
  actor: Actor,
  piece: { id: string; start: Date; end: Date; isNew: boolean },
  source: Member,
  members: readonly Member[],
  terms: ReadonlyMap<string, ResourceTerms>,
  groupIds: readonly string[],
  now: Date,
): { edited: EditedClaim; violations: ResourceViolation[] } {
  const former = formerTime(piece, members);
  const items = source.items.map(({ resourceId, quantity }) => {
    const resource = terms.get(resourceId);
    if (!resource || !maySee(actor, resource)) throw new Problem('not-found', { detail: 'There is no such resource.' });
    const whom = wishedFor(actor, resource, source.organizer_id, groupIds);
    return { resource, quantity, verdict: judge(resource, { start: piece.start, end: piece.end, quantity, former, ...whom }, now) };
  });
  const isMore = subtract([piece], members.map(timeOf)).length > 0;
  const asking = items.filter((it) => it.verdict.needsApproval);
  const asks = asking.length > 0 && isMore;
  const waits = asking.length > 0 && members.some((it) => it.status === 'pending' && overlaps(timeOf(it), piece));
  const violations = items.flatMap((it) => [
    ...(isMore && !it.resource.bookable ? [notBookable(it.resource)] : []),
    ...it.verdict.violations.map((broken) => ({ ...broken, resourceId: it.resource.id })),
  ]);
  if (asks && piece.start <= now) violations.push(...asking.map((it) => tooLateToAsk(it.resource)));
  const claim: Claim = {
    id: piece.id,
    organizer: { id: source.organizer_id, displayName: '' },
    bookedBy: source.booked_by_id === null ? null : { id: source.booked_by_id, displayName: '' },
    status: asks || waits ? 'pending' : 'confirmed',
    items: items.map((it) => ({ resource: it.resource, quantity: it.quantity, held: it.verdict.held })),
    start: piece.start,
    end: piece.end,
    title: source.title,
    description: source.description,
    timeZone: source.time_zone,
    private: source.private,
    attendees: source.attendees,
    customFields: source.custom_fields,
    holdUntil: null,
    now,
  };
  const keepsWaiting = !piece.isNew && source.status === 'pending' && !asks;
  return { edited: { claim, source, isNew: piece.isNew, asks: claim.status === 'pending' && !keepsWaiting }, violations };
}

/** The block of time the family has already that the piece has most of; what it has is not judged again. */
function formerTime(piece: Interval, members: readonly Member[]): Interval | undefined {
  const shared = (it: Interval): number => {
    const part = intersection(it, piece);
    return part ? part.end.getTime() - part.start.getTime() : 0;
  };
  const [most] = merge(members.map(timeOf)).toSorted((a, b) => shared(b) - shared(a));
  return most && shared(most) > 0 ? most : undefined;
}

/** @throws Problem `invalid-state` for what is over or decided */
function demandOpen(row: Member, now: Date): void {
  if (isFinal(row.status)) throw new Problem('invalid-state', { state: row.status });
  if (row.ends_at <= now) throw new Problem('invalid-state', { detail: 'It is over already.', state: row.status });
}

/** What has passed of a running reservation stays as it was. @throws Problem `invalid-state` */
function demandPastStays(
  gone: readonly Member[],
  changed: readonly (Interval & { readonly id: string })[],
  memberOf: ReadonlyMap<string, Member>,
  now: Date,
): void {
  const rewritten =
    gone.some((it) => it.starts_at <= now) ||
    changed.some((it) => {
      const before = memberOf.get(it.id);
      return before !== undefined && before.starts_at <= now && (it.start.getTime() !== before.starts_at.getTime() || it.end < now);
    });
  if (rewritten) throw new Problem('invalid-state', { detail: 'What has begun keeps its start and what has passed of it.' });
}

const tooLateToAsk = (resource: ResourceTerms): ResourceViolation => ({
  rule: 'approval',
  limit: 'before the start',
  given: 'running',
  source: resource.policy.approval.source,
  detail: `It is running, and more time of ${resource.name} needs an approval; book that by itself.`,
  resourceId: resource.id,
});
