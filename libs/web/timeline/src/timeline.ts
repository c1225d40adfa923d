import { Component, DestroyRef, type ElementRef, computed, effect, inject, signal, untracked, viewChild } from '@angular/core';
import { Booking } from '@berth/web/booking';
import { Dialogs, EmptyState, ErrorPanel, Keys, PageTitle } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { TimelineGrid } from './grid/timeline-grid';
import { TimelineBar } from './head/timeline-bar';
import { TimelineFilters } from './head/timeline-filters';
import { BookingSheet, Inspector } from './panel/inspector';
import { RefusalPopover } from './panel/refusal-popover';
import { TimelinePhone } from './phone/timeline-phone';
import { TimelineTable } from './table/timeline-table';
import { TIMELINE_VIEWS } from './time/time-scale';
import { TimelineActs } from './timeline-acts';
import { TimelineLive } from './timeline-live';
import { TimelineSkeleton } from './timeline-skeleton';
import { TimelineState } from './timeline-state';
import { TimelineWords } from './timeline-words';

/** Many resources side by side over time, to compare and to book. */
@Component({
  selector: 'berth-timeline',
  imports: [
    EmptyState,
    ErrorPanel,
    Inspector,
    TimelineBar,
    TimelineFilters,
    TimelineGrid,
    TimelinePhone,
    TimelineSkeleton,
    TimelineTable,
    TranslatePipe,
  ],
  providers: [TimelineState, TimelineLive, TimelineActs],
  host: { class: 'page' },
  templateUrl: './timeline.html',
  styleUrl: './timeline.css',
})
export class Timeline {
  private readonly live = inject(TimelineLive);
  private readonly acts = inject(TimelineActs);
  private readonly dialogs = inject(Dialogs);
  private readonly words = inject(TimelineWords);
  private readonly body = viewChild<ElementRef<HTMLElement>>('body');
  protected readonly state = inject(TimelineState);

  protected readonly selected = computed(() => this.state.query().selected);
  /** Changes of others, told at most every ten seconds. */
  protected readonly news = signal('');

  constructor() {
    const destroy = inject(DestroyRef);
    const withdraw = inject(Keys).offer(...this.shortcuts());
    const telling = setInterval(() => this.tellChanges(), 10_000);
    const booking = inject(Booking);
    effect(() => booking.startInView.set(this.state.startInView()));
    destroy.onDestroy(() => {
      booking.startInView.set(null);
      withdraw();
      clearInterval(telling);
    });
    effect(() => this.explainRefusal());
    effect(() => this.openSheet());
    const page = inject(PageTitle);
    effect(() => {
      this.state.tilesChanged();
      const id = this.selected();
      const known = id ? this.state.board.find(id) : undefined;
      page.thing.set(known ? (known.bar.title ?? this.state.row(known.resourceId)?.name ?? null) : null);
    });
  }

  protected close(): void {
    this.state.go({ selected: null });
    this.body()?.nativeElement.querySelector<HTMLElement>('[role=grid]')?.focus({ preventScroll: true });
  }

  private shortcuts() {
    const { state } = this;
    return [
      { combo: 't', label: 'timeline.keys.today', group: 'page' as const, run: () => state.show(state.today()) },
      { combo: '[', label: 'timeline.keys.previous', group: 'page' as const, run: () => state.step(-1) },
      { combo: ']', label: 'timeline.keys.next', group: 'page' as const, run: () => state.step(1) },
      ...TIMELINE_VIEWS.map((view, index) => ({
        combo: String(index + 1),
        label: `timeline.view.${view}`,
        group: 'page' as const,
        run: () => state.show(state.date(), view),
      })),
      {
        combo: 'v',
        label: 'timeline.keys.table',
        group: 'page' as const,
        run: () => state.go({ mode: state.query().mode === 'table' ? 'grid' : 'table' }),
      },
      { combo: 'Escape', label: 'timeline.keys.close', group: 'page' as const, run: () => this.selected() !== null && this.close() },
    ];
  }

  private explainRefusal(): void {
    const refusal = this.acts.refusal();
    if (!refusal) return;
    untracked(() => {
      const anchor = document.querySelector(`[data-bar="${CSS.escape(refusal.bar.id)}"]`) ?? this.body()?.nativeElement ?? document.body;
      const ref = this.dialogs.openPopover(RefusalPopover, anchor, { data: { refusal, acts: this.acts } });
      ref.closed.subscribe(() => this.acts.refusal.set(null));
    });
  }

  private openSheet(): void {
    const id = this.selected();
    if (!this.state.isPhone() || id === null) return;
    untracked(() => {
      const title = this.words.title(this.state.board.find(id)?.bar);
      const sheet = this.dialogs.openSheet(BookingSheet, { data: { id, title, state: this.state, acts: this.acts } });
      sheet.closed.subscribe(() => this.selected() === id && this.state.go({ selected: null }));
    });
  }

  private tellChanges(): void {
    const count = this.live.changes();
    if (count > 0) this.news.set(this.words.text(count === 1 ? 'said.oneChange' : 'said.changes', { count }));
    this.live.changes.set(0);
  }
}
