import { DestroyRef, Injectable, computed, effect, inject, linkedSignal, resource, signal, untracked } from '@angular/core';
import { addDays, formatInstant, startOfDay, toCivil, toInstant, type Weekday } from '@berth/kernel';
import { Favourites, PreferencesStore, ServerClock, Session, toProblem } from '@berth/web/data';
import { fits } from '@berth/web/ui';
import type { Span } from './rows/bar';
import { favouritesFirst, inGroups, relativesOf, resourceRows, timelineLines, type ResourceRow, type RowsAnswer } from './rows/catalogue';
import { RowBoard, isFreeAt, type BarChange, type RowContent } from './rows/row-board';
import { facetsOf, matches, type RowChoice } from './rows/row-filter';
import { TILE_ROWS, TileLoader, blocksOf, type TileRequest } from './rows/tiles';
import { percentOf, utilisationOf } from './rows/utilisation';
import { GROUP_HEIGHT, ROW_HEIGHT, stackRows } from './rows/viewport';
import { datesOf, fittingRate, startOfWeek, stepDate, timeScale, type DayHours, type TimelineView } from './time/time-scale';
import { ROWS_AT_MOST, TimelineApi } from './timeline-api';
import { timelineUrl } from './timeline-url';

/** Hours that fill the width of a day; nights are folded around them where several days are shown. */
export const WORKING_HOURS: DayHours = { from: 7, to: 20 };

/** Rows whose present state is fetched beyond what is in view, so that the header can count what is free. */
const COUNTED_ROWS = 600;
const ROWS_A_REQUEST = 200;
/** Pixels beside the row headers on A4 across; A3 is the same larger. */
const PAPER_WIDTH = 812;
/** So long the first bars have the line for themselves. */
const PRESENT_AFTER_MS = 500;
/** Changes of one burst are followed up together. */
const FOLLOW_UP_MS = 50;
const FOLLOW_UP_AGAIN_MS = 5_000;
/** The longest time one request may ask about. */
const LONGEST_TILE = 62 * 86_400_000;
const MINUTE = 60_000;
/** When a day begins for who has not said anything else. */
const MORNING = '09:00';

/** Which lines are in view, as indices of resources in display order; `end` exclusive. */
export interface OrderRange {
  readonly first: number;
  readonly end: number;
}

/** Everything the parts of the timeline share: what the address says, the rows, the scale, and the bars that are loaded. */
@Injectable()
export class TimelineState {
  private readonly api = inject(TimelineApi);
  private readonly session = inject(Session);
  private readonly preferences = inject(PreferencesStore);
  private readonly clock = inject(ServerClock);
  private readonly favourites = inject(Favourites);
  private readonly destroy = inject(DestroyRef);
  private readonly url = timelineUrl();

  readonly query = this.url.query;
  readonly go = this.url.go;
  readonly board = new RowBoard();
  readonly now = this.clock.minute;
  /** Pixels the bars may take, without the row headers; set by whoever draws them. */
  readonly bodyWidth = signal(1120);
  /** Narrow screens show one day, from top to bottom. */
  readonly isPhone = fits('(max-width: 719px)');
  /** Paper shows everything there is room for, and cannot be scrolled. */
  readonly isPrinting = signal(false);
  readonly collapsed = signal<ReadonlySet<string>>(new Set());
  /** Changes whenever a tile comes, goes or fails. */
  readonly tilesChanged = signal(0);

  /** Too many rows to have them all: then the server filters too. */
  private readonly serverFilters = signal(false);
  private readonly answer = resource({
    params: () => (this.serverFilters() ? this.choice() : null),
    loader: ({ params, abortSignal }) =>
      this.api.rows(
        params ? { siteId: params.siteId ?? undefined, capacity: params.capacity ?? undefined, tags: params.tags } : {},
        abortSignal,
      ),
  });
  private readonly loader = new TileLoader(
    (request, signal) => this.fetchTile(request, signal),
    () => this.tilesChanged.update((it) => it + 1),
  );
  private readonly inView = signal<OrderRange>({ first: 0, end: 0 });

  /** The last rows told; kept while they are asked for again. */
  private readonly rowsAnswer = linkedSignal<RowsAnswer | undefined, RowsAnswer | undefined>({
    source: () => (this.answer.hasValue() ? this.answer.value() : undefined),
    computation: (fresh, previous) => fresh ?? previous?.value,
  });
  readonly isLoadingRows = computed(() => this.rowsAnswer() === undefined && this.answer.isLoading());
  readonly problem = computed(() => (this.answer.error() && this.rowsAnswer() === undefined ? toProblem(this.answer.error()) : null));
  readonly allRows = computed<readonly ResourceRow[]>(() => {
    const answer = this.rowsAnswer();
    return answer ? favouritesFirst(resourceRows(answer), this.favourites.ids()) : [];
  });
  /** Whether there is anything to filter by. */
  readonly hasFavourites = computed(() => this.allRows().some((it) => it.isFavourite));
  private readonly relatives = computed(() => relativesOf(this.allRows()));
  private favouritesAsked: Promise<void> | null = null;
  private followUp: FollowUp | null = null;
  private readonly rowsById = computed(() => new Map(this.allRows().map((it) => [it.id, it])));
  /** How many resources there are beyond those that could be told. */
  readonly untold = computed(() => Math.max(0, (this.rowsAnswer()?.total ?? 0) - this.allRows().length));

  readonly choice = computed<RowChoice>(() => {
    const { site, floor, type, capacity, tags, favourites } = this.query();
    const usual = this.preferences.value().defaultSiteId;
    return { siteId: site === 'all' ? null : (site ?? usual), floor, type, capacity, tags, favourites };
  });
  readonly grouping = computed(() => this.query().group);
  /** In the order they are shown. */
  readonly rows = computed(() =>
    inGroups(
      this.allRows().filter((it) => matches(it, this.choice())),
      this.grouping(),
    ),
  );
  readonly lines = computed(() => timelineLines(this.rows(), this.collapsed(), this.grouping()));
  readonly facets = computed(() => {
    const answer = this.rowsAnswer();
    return answer ? facetsOf(this.allRows(), answer, this.choice()) : { sites: [], floors: [], types: [], tags: [] };
  });
  /** How many filters are set. */
  readonly filterCount = computed(() => {
    const { floor, type, capacity, tags, favourites } = this.query();
    return [floor, type, capacity].filter((it) => it !== null).length + tags.length + (favourites ? 1 : 0);
  });
  readonly isFiltered = computed(() => this.filterCount() > 0);

  readonly rowHeight = computed(() => ROW_HEIGHT[this.preferences.density()]);
  readonly stack = computed(() => stackRows(this.lines().map((it) => (it.kind === 'group' ? GROUP_HEIGHT : this.rowHeight()))));

  /** The zone the axis is drawn in: that of the rows when they share one, else the organization's. */
  readonly zone = computed(() => {
    const zones = new Set(this.rows().map((it) => it.zone));
    const [only] = zones;
    return zones.size === 1 && only ? only : (this.session.user()?.organization.timeZone ?? this.preferences.timeZone());
  });
  readonly weekStart = computed(() => this.preferences.weekStart() as Weekday);
  readonly today = computed(() => toCivil(new Date(this.now()), this.zone()).date);
  readonly date = computed(() => this.query().date ?? this.today());
  readonly view = computed(() => (this.isPhone() ? 'day' : this.query().view));
  readonly hours = computed(() => (this.isPrinting() && this.view() === 'day' ? WORKING_HOURS : hoursOf(this.view(), this.query().nights)));
  readonly pxPerHour = computed(() => {
    const width = this.isPrinting() ? PAPER_WIDTH : this.bodyWidth();
    const fit =
      this.view() === 'day' && !this.isPrinting()
        ? width / (WORKING_HOURS.to - WORKING_HOURS.from)
        : fittingRate(this.view(), this.date(), this.weekStart(), this.hours(), width);
    return this.isPrinting() ? fit : fit * this.query().zoom;
  });
  readonly scale = computed(() =>
    timeScale({
      view: this.view(),
      date: this.date(),
      zone: this.zone(),
      weekStart: this.weekStart(),
      pxPerHour: this.pxPerHour(),
      hours: this.hours(),
    }),
  );
  /** The beginning of the chosen day, epoch milliseconds. */
  readonly dayStart = computed(() => startOfDay(this.date(), this.zone()).getTime());
  /** Where a booking begins whose time nobody chose: the morning of the day shown; null while now is in view, or all of it is over. */
  readonly startInView = computed(() => {
    if (this.scale().start <= this.now()) return null;
    return formatInstant(toInstant(`${this.date()}T${MORNING}`, this.zone()).instant);
  });

  private readonly weeks = computed(
    () => [...new Set(datesOf(this.view(), this.date(), this.weekStart()).map((it) => startOfWeek(it, this.weekStart())))],
    { equal: (a, b) => a.join() === b.join() },
  );
  readonly isLoadingTiles = computed(() => (this.tilesChanged(), this.loader.isBusy));
  readonly hasFailedTiles = computed(() => (this.tilesChanged(), this.loader.hasFailed));

  /** The time shown, the same object while it is the same time. */
  private readonly period = computed<Span>(() => ({ start: this.scale().start, end: this.scale().end }), {
    equal: (a, b) => a.start === b.start && a.end === b.end,
  });

  /** How many of the rows are free now; null while that is not known of all of them. */
  readonly freeNow = computed(() => {
    const now = this.now();
    let free = 0;
    for (const row of this.rows()) {
      const content = this.board.content(row.id)();
      if (!isKnown(content, { start: now, end: now + 1 })) return null;
      if (row.status === 'available' && isFreeAt(content, row.units, now)) free++;
    }
    return free;
  });

  constructor() {
    effect(() => {
      if ((this.rowsAnswer()?.total ?? 0) > ROWS_AT_MOST) this.serverFilters.set(true);
    });
    let chosenSite = this.preferences.value().defaultSiteId;
    effect(() => {
      // Another site chosen in the shell counts more than the one of a pasted link.
      const site = this.preferences.value().defaultSiteId;
      if (site === chosenSite) return;
      chosenSite = site;
      untracked(() => this.go({ site: null, floor: null }));
    });
    effect(() => {
      // The order of the rows decides what a block is.
      this.rows();
      untracked(() => this.loader.clear());
    });
    effect(() => {
      const { first, end } = this.inView();
      const weeks = this.weeks();
      this.rows();
      this.zone();
      untracked(() => this.loader.want(blocksOf(first, end), weeks));
    });
    effect((onCleanup) => {
      if (this.isLoadingTiles() || this.hasFailedTiles() || this.tilesChanged() === 0 || !this.loader.hasReady) return;
      this.rows();
      this.now();
      const timer = setTimeout(() => {
        void this.fetchPresent();
        void this.askFavourites();
      }, PRESENT_AFTER_MS);
      onCleanup(() => clearTimeout(timer));
    });
    effect((onCleanup) => {
      const at = this.board.nextRelease();
      if (at === null) return;
      const timer = setTimeout(() => this.board.release(at), Math.max(0, at - this.clock.now()));
      onCleanup(() => clearTimeout(timer));
    });
    this.destroy.onDestroy(() => this.followUp && clearTimeout(this.followUp.timer));
  }

  /** Tells which rows are in view; their bars are fetched when they are not here yet. */
  look(range: OrderRange): void {
    this.inView.update((it) => (it.first === range.first && it.end === range.end ? it : range));
  }

  /** Percent of the open time shown in which the rows are booked; null while that is not known of all of them, or nothing is open. */
  utilisation(rows: readonly ResourceRow[]): number | null {
    const period = this.period();
    const contents = rows.map((it) => ({ content: this.board.content(it.id)(), units: it.units }));
    if (!contents.every((it) => isKnown(it.content, period))) return null;
    return percentOf(contents.map((it) => utilisationOf(it.content, it.units, period)));
  }

  row(resourceId: string): ResourceRow | undefined {
    return this.rowsById().get(resourceId);
  }

  step(direction: 1 | -1): void {
    this.go({ date: stepDate(this.view(), this.date(), direction) });
  }

  show(date: string, view: TimelineView = this.view()): void {
    this.go({ date: date === this.today() ? null : date, view });
  }

  /** Takes the filters away; the site too where nothing stands in it. */
  clearFilters(): void {
    const { siteId } = this.choice();
    const isEmptySite = siteId !== null && !this.allRows().some((it) => it.siteId === siteId);
    this.go({ site: isEmptySite ? 'all' : this.query().site, floor: null, type: null, capacity: null, tags: [], favourites: false });
  }

  retry(): void {
    if (this.problem()) this.answer.reload();
    this.loader.forgetFailures();
    this.inView.update((it) => ({ ...it }));
  }

  /** Asks for the rows again: something about the resources themselves has changed. */
  reloadRows(): void {
    this.answer.reload();
  }

  /** Events may have been missed: everything in view is fetched again, and shown as it was meanwhile. */
  refetch(): void {
    this.board.expire();
    this.loader.clear();
    this.inView.update((it) => ({ ...it }));
  }

  /**
   * Shows a change, and asks the server what it means for wholes and parts of what was booked.
   * @returns whether any row was touched
   */
  apply(change: BarChange, flashes: boolean): boolean {
    const ids = change.resourceIds.flatMap((it) => this.relatives().get(it) ?? []);
    if (ids.length > 0) this.follow(ids, { start: change.bar.heldStart, end: change.bar.heldEnd }, FOLLOW_UP_MS);
    return this.board.apply(change, flashes);
  }

  /** Fetches one row of the period again. */
  async refresh(resourceId: string): Promise<void> {
    const { start, end } = this.scale();
    this.board.put(await this.api.tile(start, end, [resourceId]));
  }

  private follow(ids: Iterable<string>, span: Span, after: number): void {
    const earlier = this.followUp;
    if (earlier) clearTimeout(earlier.timer);
    this.followUp = {
      ids: new Set([...(earlier?.ids ?? []), ...ids]),
      span: earlier ? { start: Math.min(earlier.span.start, span.start), end: Math.max(earlier.span.end, span.end) } : span,
      timer: setTimeout(() => void this.fetchFollowUp(), after),
    };
  }

  private async fetchFollowUp(): Promise<void> {
    const { followUp } = this;
    if (!followUp) return;
    this.followUp = null;
    const { ids, span } = followUp;
    if (span.end - span.start > LONGEST_TILE) {
      this.refetch();
      return;
    }
    const rows = [...ids].filter((it) => this.board.content(it)().loaded.length > 0);
    for (let from = 0; from < rows.length; from += ROWS_A_REQUEST) {
      const asked = rows.slice(from, from + ROWS_A_REQUEST);
      await this.api.tile(span.start, span.end, asked).then(
        (it) => this.board.put(it),
        () => this.destroy.destroyed || this.follow(asked, span, FOLLOW_UP_AGAIN_MS),
      );
    }
  }

  private async fetchTile(request: TileRequest, signal: AbortSignal): Promise<void> {
    const span = this.spanOf(request.weeks);
    const block = this.rows().slice(request.block * TILE_ROWS, (request.block + 1) * TILE_ROWS);
    const missing = block.filter((it) => !isKnown(this.board.content(it.id)(), span));
    if (missing.length === 0) return;
    const answer = await this.api.tile(
      span.start,
      span.end,
      missing.map((it) => it.id),
      signal,
    );
    if (!signal.aborted) this.board.put(answer);
  }

  /** What is going on right now in the rows nobody has scrolled to. */
  private async fetchPresent(): Promise<void> {
    const now = this.now();
    const span = { start: now - MINUTE, end: now + 15 * MINUTE };
    const unknown = this.rows().filter((it) => !isKnown(this.board.content(it.id)(), { start: now, end: now + 1 }));
    if (unknown.length === 0 || this.rows().length > COUNTED_ROWS) return;
    for (let from = 0; from < unknown.length; from += ROWS_A_REQUEST) {
      const ids = unknown.slice(from, from + ROWS_A_REQUEST).map((it) => it.id);
      // Only a number in a corner: when it cannot be had the corner stays without it.
      await this.api.tile(span.start, span.end, ids).then(
        (it) => this.board.put(it),
        () => undefined,
      );
    }
  }

  /** Once; rows without their marks are in another place, and nothing else is wrong with them. */
  private askFavourites(): Promise<void> {
    return (this.favouritesAsked ??= this.favourites.load().catch(() => undefined));
  }

  private spanOf(weeks: readonly string[]): Span {
    const first = weeks[0]!;
    const last = weeks.at(-1)!;
    return { start: startOfDay(first, this.zone()).getTime(), end: startOfDay(addDays(last, 7), this.zone()).getTime() };
  }
}

/** Rows to ask about again, and when. */
interface FollowUp {
  readonly ids: ReadonlySet<string>;
  readonly span: Span;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Whether everything of the span is loaded. */
export function isKnown(content: RowContent, span: Span): boolean {
  return content.loaded.some((it) => it.start <= span.start && span.end <= it.end);
}

function hoursOf(view: TimelineView, nights: boolean): DayHours | undefined {
  return (view === 'week' || view === 'work-week') && !nights ? WORKING_HOURS : undefined;
}
