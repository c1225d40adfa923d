import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { ReservationsApi, overlaps, type Page, type Reservation, type Scope, type Span } from '@berth/web/booking';
import { LiveUpdates, ServerClock, toProblem, type LiveEvent, type Problem } from '@berth/web/data';
import { agendaOf } from './agenda-days';

const PAGE = 25;
const PAGE_AT_MOST = 200;
const IN_A_SPAN_AT_MOST = 1000;
/** What no longer stands in a calendar. */
const LEFT: ReadonlySet<string> = new Set(['cancelled', 'rejected', 'expired', 'released']);

/** What the stream tells of a reservation. */
interface Told {
  readonly reservationId: string;
  readonly version: number;
}

/** One's own reservations of one scope, page after page, or all of a span of time; kept up to date. */
@Injectable()
export class Agenda {
  private readonly api = inject(ReservationsApi);
  private readonly now = inject(ServerClock).minute;
  private readonly list = signal<readonly Reservation[]>([]);
  private readonly savingIds = signal<ReadonlySet<string>>(new Set());
  private readonly span = signal<Span | null>(null);
  private cursor: string | null = null;
  private turn = 0;
  private isInUse = false;

  readonly scope = signal<Scope>('upcoming');
  readonly isLoading = signal(true);
  readonly isLoadingMore = signal(false);
  readonly hasMore = signal(false);
  readonly problem = signal<Problem | null>(null);
  /** Changes by others that are not shown yet, because somebody is reading the list. */
  readonly unseen = signal(0);
  readonly reservations = this.list.asReadonly();
  readonly view = computed(() => agendaOf(this.list(), this.scope(), this.now()));
  readonly isEmpty = computed(() => !this.isLoading() && this.problem() === null && this.list().length === 0);

  constructor() {
    const live = inject(LiveUpdates);
    const end = live.watch(
      'me',
      (event) => this.hear(event as LiveEvent<Told>),
      () => void this.reload(),
    );
    inject(DestroyRef).onDestroy(end);
  }

  /** Shows another scope; the old list goes at once, it is not the same thing. */
  show(scope: Scope): void {
    this.span.set(null);
    this.scope.set(scope);
    this.list.set([]);
    this.hasMore.set(false);
    void this.reload();
  }

  /** Shows all of a span instead of a scope; what lies in the next span stays while the rest is fetched. */
  showSpan(span: Span): void {
    this.span.set(span);
    this.hasMore.set(false);
    this.list.update((all) => all.filter((it) => this.belongs(it)));
    void this.reload();
  }

  /** Fetches as much as is shown; what is shown stays until the answer is there. */
  async reload(): Promise<void> {
    const turn = ++this.turn;
    this.isLoading.set(true);
    const page = await this.fetch(Math.min(PAGE_AT_MOST, Math.max(PAGE, this.list().length)), null, turn);
    if (page === null) return;
    this.list.set(page.data);
    this.unseen.set(0);
  }

  async more(): Promise<void> {
    if (!this.hasMore() || this.isLoadingMore() || this.isLoading()) return;
    const turn = ++this.turn;
    this.isLoadingMore.set(true);
    const page = await this.fetch(PAGE, this.cursor, turn);
    if (page !== null) this.list.update((all) => [...all, ...page.data.filter((it) => !all.some((known) => known.id === it.id))]);
  }

  find(id: string): Reservation | null {
    return this.list().find((it) => it.id === id) ?? null;
  }

  /** Takes over what the server has said about one; one that is not of the list is left out. */
  put(reservation: Reservation): void {
    if (!this.belongs(reservation)) return this.remove(reservation.id);
    this.list.update((all) => [...all.filter((it) => it.id !== reservation.id), reservation]);
  }

  remove(id: string): void {
    this.list.update((all) => all.filter((it) => it.id !== id));
  }

  /** Whether the pointer or focus is in the list; then nothing moves under it. */
  setInUse(isInUse: boolean): void {
    this.isInUse = isInUse;
  }

  /** Marks one as sent until the act has ended. */
  async saving<T>(id: string, act: () => Promise<T>): Promise<T> {
    this.savingIds.update((all) => new Set([...all, id]));
    try {
      return await act();
    } finally {
      this.savingIds.update((all) => new Set([...all].filter((it) => it !== id)));
    }
  }

  isSaving(id: string): boolean {
    return this.savingIds().has(id);
  }

  private async fetch(limit: number, cursor: string | null, turn: number): Promise<Page<Reservation> | null> {
    const span = this.span();
    try {
      const page = span === null ? await this.api.mine(this.scope(), limit, cursor) : await this.allWithin(span);
      if (turn !== this.turn) return null;
      this.cursor = page.page.nextCursor;
      this.hasMore.set(page.page.hasMore);
      this.problem.set(null);
      return page;
    } catch (error) {
      if (turn === this.turn) this.problem.set(toProblem(error));
      return null;
    } finally {
      if (turn === this.turn) {
        this.isLoading.set(false);
        this.isLoadingMore.set(false);
      }
    }
  }

  private async allWithin(span: Span): Promise<Page<Reservation>> {
    let page = await this.api.within(span);
    const data = [...page.data];
    while (page.page.nextCursor !== null && data.length < IN_A_SPAN_AT_MOST) {
      page = await this.api.within(span, page.page.nextCursor);
      data.push(...page.data);
    }
    return { data, page: { nextCursor: null, hasMore: false } };
  }

  /** One's own acts are in the list already; they come back with a version that is known. */
  private hear({ type, data }: LiveEvent<Told>): void {
    if (!type.startsWith('reservation.')) return;
    const known = this.find(data.reservationId);
    if (known !== null && known.version >= data.version) return;
    if (this.isSaving(data.reservationId)) return;
    if (this.isInUse) this.unseen.update((it) => it + 1);
    else void this.reload();
  }

  private belongs({ status, start, end }: Reservation): boolean {
    const span = this.span();
    if (span !== null) return !LEFT.has(status) && overlaps(span, { start: Date.parse(start), end: Date.parse(end) });
    const isOver = Date.parse(end) <= this.now();
    const isDead = ['cancelled', 'rejected', 'expired', 'no_show'].includes(status);
    if (this.scope() === 'cancelled') return isDead;
    return this.scope() === 'past' ? isOver && !isDead : !isOver && !isDead;
  }
}
