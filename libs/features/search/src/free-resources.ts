import type { CursorKey, Interval } from '@berth/kernel';
import { encodeCursor, formatInstant, overlaps } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Clock } from '@berth/platform/runtime';
import { BusyTime, LimitsOfPerson } from '@berth/reservations';
import { mayBook, ResourceCatalogue, type ResourceTerms, wishedFor } from '@berth/resources';
import { judge, nearestSlots, nextAvailable, type Violation } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { type Candidate, type CandidateFilter, CandidatesQueries } from './candidates.queries';
import { type FoundResource, foundResource, type Reason, reasonsFor } from './found-resource';

export interface FreeSearch extends CandidateFilter {
  /** The time wished for, or, with `minutes`, in which it must lie. */
  readonly window: Interval;
  /** Length wished for, in minutes; undefined for the whole window. */
  readonly minutes?: number;
  readonly limit: number;
  readonly after?: CursorKey;
}

/** A resource that can be booked for that time at the instant it was found. */
export interface Hit {
  readonly resource: FoundResource;
  readonly start: string;
  readonly end: string;
  readonly needsApproval: boolean;
  readonly reasons: readonly Reason[];
}

/** One that matches and could be had at other times of the same day. */
export interface OtherTimes {
  readonly resource: FoundResource;
  readonly slots: readonly { readonly start: string; readonly end: string }[];
}

/** One that matches and that the rules refuse. */
export interface Refused {
  readonly resource: FoundResource;
  readonly violations: readonly Violation[];
}

export interface SearchAnswer {
  readonly data: readonly Hit[];
  /** Only on the first page. */
  readonly otherTimes: readonly OtherTimes[];
  /** Only on the first page. */
  readonly refused: readonly Refused[];
  readonly page: { readonly nextCursor: string | null; readonly hasMore: boolean };
}

/** A candidate with what was found out about it. */
interface Judged {
  readonly candidate: Candidate;
  readonly terms: ResourceTerms;
  readonly slot?: Interval;
}

const MARGIN = 8;
const WALK = 50;
const OTHERS = 10;
const OTHERS_LOOKED_AT = 40;
const NEAR_MS = 12 * 3_600_000;
const SLOTS_EACH = 3;
const MAX_BUFFER_MS = 86_400_000;

/** Finds what is free for somebody, best first. */
@Injectable()
export class FreeResources {
  constructor(
    private readonly candidates: CandidatesQueries,
    private readonly catalogue: ResourceCatalogue,
    private readonly busyTime: BusyTime,
    private readonly limits: LimitsOfPerson,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `invalid-cursor` */
  async search(actor: Actor, search: FreeSearch): Promise<SearchAnswer> {
    const now = this.clock.now();
    const { limit } = search;
    const found = search.sort === 'earliest' ? await this.earliest(actor, search, now) : await this.best(actor, search, now, limit + 1);
    const shown = found.slice(0, limit);
    const hasMore = found.length > limit && search.sort !== 'earliest';
    const last = shown.at(-1);
    const rest = search.after || hasMore ? { otherTimes: [], refused: [] } : await this.rest(actor, search, shown, now);
    return {
      data: shown.map((it) => toHit(it, search)),
      ...rest,
      page: { hasMore, nextCursor: hasMore && last ? encodeCursor(this.candidates.keyOf(search.sort, last.candidate)) : null },
    };
  }

  /** Goes through the candidates in order until enough of them are free. */
  private async best(actor: Actor, search: FreeSearch, now: Date, wanted: number): Promise<Judged[]> {
    const { window, minutes } = search;
    const size = minutes === undefined ? wanted + MARGIN : WALK;
    const found: Judged[] = [];
    for (let after = search.after; ;) {
      const page = await this.candidates.next(actor, search, { now, after, limit: size, free: minutes === undefined ? window : undefined });
      const judged = await this.judged(actor, search, page, now);
      found.push(...judged.filter((it) => it.slot));
      const last = page.at(-1);
      if (!last || page.length < size || found.length >= wanted) return found.slice(0, wanted);
      after = this.candidates.keyOf(search.sort, last);
    }
  }

  /** All that is free, soonest first; one page only, as the order is known when all are. */
  private async earliest(actor: Actor, search: FreeSearch, now: Date): Promise<Judged[]> {
    const all = await this.best(actor, search, now, Number.MAX_SAFE_INTEGER);
    const startOf = ({ slot }: Judged): number => slot?.start.getTime() ?? 0;
    return all.sort((a, b) => startOf(a) - startOf(b));
  }

  private async judged(actor: Actor, search: FreeSearch, page: readonly Candidate[], now: Date): Promise<Judged[]> {
    const terms = await this.catalogue.termsAt(actor.organizationId, page);
    const judged = page.flatMap((candidate) => {
      const known = terms.get(candidate.id);
      return known ? [{ candidate, terms: known }] : [];
    });
    const free =
      search.minutes === undefined
        ? await this.atTheWindow(actor, search, judged, now)
        : await this.withinTheWindow(actor, search, judged, search.minutes, now);
    return this.withinLimits(actor, search, free, now);
  }

  /** What the person may not have besides what they have is no hit. */
  private async withinLimits(actor: Actor, { quantity }: FreeSearch, free: readonly Judged[], now: Date): Promise<Judged[]> {
    const slots = free.flatMap(({ terms, slot }) => (slot ? [{ ...slot, resource: terms, quantity }] : []));
    const broken = await this.limits.broken(actor, slots, now);
    const refused = new Set(slots.filter((_, i) => broken[i]?.length).map((it) => it.resource.id));
    return free.map((it) => (refused.has(it.terms.id) ? { ...it, slot: undefined } : it));
  }

  /** Which may be booked for exactly the window. Whether single rooms without buffers are free, the query said already. */
  private async atTheWindow(actor: Actor, search: FreeSearch, judged: readonly Judged[], now: Date): Promise<Judged[]> {
    const { window, quantity } = search;
    const allowed = judged.flatMap((it) => {
      const verdict = judge(it.terms, { ...window, quantity, ...whom(actor, it.terms) }, now);
      return verdict.isAllowed ? [{ it, held: verdict.held }] : [];
    });
    const open = allowed.filter(({ it, held }) => !isSettled(it.terms, held, window)).map(({ it }) => it.terms);
    const busy =
      open.length === 0 ? new Map<string, Interval[]>() : await this.busyTime.of(actor, open, { quantity, window: wide(window), now });
    return allowed
      .filter(({ it, held }) => !(busy.get(it.terms.id) ?? []).some((time) => overlaps(time, held)))
      .map(({ it }) => ({ ...it, slot: window }));
  }

  private async withinTheWindow(
    actor: Actor,
    { window, quantity }: FreeSearch,
    judged: readonly Judged[],
    minutes: number,
    now: Date,
  ): Promise<Judged[]> {
    const resources = judged.map((it) => it.terms);
    const busy = await this.busyTime.of(actor, resources, { quantity, window: wide(window), now });
    return judged.map((it) => ({
      ...it,
      slot: mayBook(actor, it.terms)
        ? nextAvailable(it.terms, { window, minutes, quantity, busy: busy.get(it.terms.id) ?? [], ...whom(actor, it.terms), now })
        : undefined,
    }));
  }

  /** What matches but is not among the hits: had at another time, or refused by the rules. */
  private async rest(
    actor: Actor,
    search: FreeSearch,
    hits: readonly Judged[],
    now: Date,
  ): Promise<Pick<SearchAnswer, 'otherTimes' | 'refused'>> {
    const isHit = new Set(hits.map((it) => it.candidate.id));
    const page = await this.candidates.next(actor, search, { now, limit: OTHERS_LOOKED_AT + hits.length });
    const others = page.filter((it) => !isHit.has(it.id));
    const known = await this.catalogue.termsAt(actor.organizationId, others);
    const { window, quantity } = search;
    const minutes = search.minutes ?? Math.round((window.end.getTime() - window.start.getTime()) / 60_000);
    const near = { start: new Date(window.start.getTime() - NEAR_MS), end: new Date(window.end.getTime() + NEAR_MS) };
    const busy = await this.busyTime.of(actor, [...known.values()], { quantity, window: wide(near), now });

    const otherTimes: OtherTimes[] = [];
    const refused: Refused[] = [];
    const wish = { start: window.start, end: new Date(window.start.getTime() + minutes * 60_000), quantity };
    const looked = [...known.values()];
    const limited = await this.limits.broken(
      actor,
      looked.map((resource) => ({ ...wish, resource })),
      now,
    );
    const limits = new Map(looked.map((it, i) => [it.id, limited[i] ?? []]));
    for (const candidate of others) {
      const terms = known.get(candidate.id);
      if (!terms) continue;
      const query = { window: near, minutes, quantity, busy: busy.get(terms.id) ?? [], ...whom(actor, terms), now };
      const slots = mayBook(actor, terms) ? nearestSlots(terms, query, window.start, SLOTS_EACH).map(toTime) : [];
      const resource = foundResource(candidate);
      const ofPerson = limits.get(terms.id) ?? [];
      if (slots.length > 0 && ofPerson.length === 0) otherTimes.push({ resource, slots });
      else {
        const violations = [...judge(terms, { ...wish, ...whom(actor, terms) }, now).violations, ...ofPerson];
        if (violations.length > 0) refused.push({ resource, violations });
      }
    }
    return { otherTimes: otherTimes.slice(0, OTHERS), refused: refused.slice(0, OTHERS) };
  }
}

const whom = (actor: Actor, terms: ResourceTerms) => wishedFor(actor, terms, actor.accountId, actor.groupIds);

/** Whether the candidate query has looked at all that could be in the way. */
const isSettled = (terms: ResourceTerms, held: Interval, window: Interval): boolean =>
  held.start.getTime() === window.start.getTime() &&
  held.end.getTime() === window.end.getTime() &&
  terms.units === 1 &&
  terms.leaves.length === 1 &&
  terms.leaves[0] === terms.id;

/** The window with room for the longest buffers. */
const wide = ({ start, end }: Interval): Interval => ({
  start: new Date(start.getTime() - MAX_BUFFER_MS),
  end: new Date(end.getTime() + MAX_BUFFER_MS),
});

const toTime = ({ start, end }: Interval): { start: string; end: string } => ({ start: formatInstant(start), end: formatInstant(end) });

function toHit({ candidate, terms, slot }: Judged, search: FreeSearch): Hit {
  const time = slot ?? search.window;
  return {
    resource: foundResource(candidate),
    ...toTime(time),
    needsApproval: terms.requiresApproval,
    reasons: reasonsFor(candidate, search, time),
  };
}
