import { Injectable, computed, effect, inject, resource, signal, untracked } from '@angular/core';
import { PreferencesStore, ServerClock, Session, toProblem, type Problem } from '@berth/web/data';
import { catalogueOf, facetsOf, usualStep } from './data/catalogue';
import { FindApi, type SearchAnswer, type SearchRequest } from './data/find-api';
import { findUrl, type FindQuery } from './query/find-query';
import type { Vocabulary } from './phrase/phrase';
import { clockStart, movedBy, wishOf } from './query/wish';

const PAGE = 25;
const MINUTE = 60_000;

/** What is searched and what was found. */
@Injectable()
export class FindState {
  private readonly api = inject(FindApi);
  private readonly session = inject(Session);
  private readonly preferences = inject(PreferencesStore);
  private readonly minute = inject(ServerClock).minute;
  private readonly url = findUrl();
  private turn = 0;

  /** What the address says. */
  readonly query = this.url.query;
  /** What a phrase that is being typed would change. */
  readonly draft = signal<Partial<FindQuery> | null>(null);
  /** What the chips show: the search with the phrase that is being typed. */
  readonly shown = computed<FindQuery>(() => ({ ...this.query(), ...this.draft() }));

  private readonly rows = resource({ loader: () => this.api.catalogue() });
  readonly catalogue = computed(() => (this.rows.hasValue() ? catalogueOf(this.rows.value()) : null));
  /** Names a phrase may hold. */
  readonly vocabulary = computed<Vocabulary | null>(() => {
    const catalogue = this.catalogue();
    if (catalogue === null) return null;
    const { types, sites, floors, rows } = catalogue;
    return { types, sites, floors, tags: [...new Set([...rows.values()].flatMap((it) => it.tags))] };
  });
  readonly siteId = computed(() => this.siteOf(this.query()));
  readonly facets = computed(() => {
    const catalogue = this.catalogue();
    return catalogue === null ? { types: [], floors: [], tags: [] } : facetsOf(catalogue, { ...this.query(), siteId: this.siteId() });
  });
  /** The zone times are asked in: of the chosen site, else of the organization. */
  readonly zone = computed(() => this.zoneOf(this.siteId()));
  readonly step = computed(() => usualStep([...(this.catalogue()?.rows.values() ?? [])]));
  readonly wish = computed(() => wishOf(this.query(), { zone: this.zone(), now: this.minute(), step: this.step() }), { equal: sameJson });
  readonly today = computed(() => clockStart(this.minute(), this.zone()).date);
  readonly request = computed<SearchRequest>(() => this.requestOf(this.query()), { equal: sameJson });

  /** What was found last; kept while it is asked for again. */
  readonly answer = signal<SearchAnswer | null>(null);
  /** The search `answer` belongs to. */
  readonly answered = signal<SearchRequest | null>(null);
  readonly isLoading = signal(true);
  readonly isLoadingMore = signal(false);
  readonly problem = signal<Problem | null>(null);

  constructor() {
    effect(() => {
      const request = this.request();
      // Without the catalogue the step of slots and the zone are guesses: one search, and the right one.
      if (this.catalogue() === null && !this.rows.error()) return;
      untracked(() => void this.run(request));
    });
  }

  go(patch: Partial<FindQuery>, options?: { readonly replaces?: boolean }): void {
    this.url.go({ ...this.draft(), ...patch }, options);
    this.draft.set(null);
  }

  /** Moves the start by whole slots. */
  move(slots: number): void {
    this.go({ ...movedBy(this.wish().span, slots, this.zone(), this.step()), flex: 'exact' }, { replaces: true });
  }

  retry(): void {
    if (this.rows.error()) this.rows.reload();
    void this.run(this.request());
  }

  async more(): Promise<void> {
    const known = this.answer();
    const cursor = known?.page.nextCursor;
    if (!known || !cursor || this.isLoadingMore()) return;
    const turn = this.turn;
    this.isLoadingMore.set(true);
    try {
      const next = await this.api.search({ ...this.request(), cursor });
      if (turn === this.turn) this.answer.set({ ...known, data: [...known.data, ...next.data], page: next.page });
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.isLoadingMore.set(false);
    }
  }

  /** The call a query stands for. */
  requestOf(query: FindQuery, limit = PAGE): SearchRequest {
    const siteId = this.siteOf(query);
    const { window } = wishOf(query, { zone: this.zoneOf(siteId), now: this.minute(), step: this.step() });
    const usual = this.preferences.value().defaultSiteId;
    return {
      from: onWire(window.start),
      to: onWire(window.end),
      ...(query.flex === 'exact' ? {} : { durationMinutes: query.minutes }),
      ...(query.words.trim() === '' ? {} : { q: query.words.trim() }),
      ...(query.type === null ? {} : { type: query.type }),
      ...(siteId === null ? {} : { siteId }),
      ...(query.floor === null ? {} : { floorId: query.floor }),
      ...(query.people === null ? {} : { capacity: query.people }),
      ...(query.tags.length === 0 ? {} : { tags: query.tags }),
      ...(siteId === null && usual !== null ? { near: { siteId: usual } } : {}),
      sort: query.sort,
      limit,
    };
  }

  private async run(request: SearchRequest): Promise<void> {
    const turn = ++this.turn;
    this.isLoading.set(true);
    try {
      const answer = await this.api.search(request);
      if (turn !== this.turn) return;
      this.problem.set(null);
      this.answered.set(request);
      this.answer.set(answer);
    } catch (error) {
      if (turn === this.turn) this.problem.set(toProblem(error));
    } finally {
      if (turn === this.turn) this.isLoading.set(false);
    }
  }

  private siteOf({ site }: FindQuery): string | null {
    return site === 'all' ? null : (site ?? this.preferences.value().defaultSiteId);
  }

  private zoneOf(siteId: string | null): string {
    const site = this.catalogue()?.sites.find((it) => it.id === siteId);
    return site?.timeZone ?? this.session.user()?.organization.timeZone ?? this.preferences.timeZone();
  }
}

/** RFC 3339 without seconds that nobody asked for. */
export const onWire = (instant: number): string => new Date(Math.floor(instant / MINUTE) * MINUTE).toISOString().replace('.000Z', 'Z');

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
