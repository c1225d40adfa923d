import { Component, computed, inject, signal } from '@angular/core';
import { formatInstant } from '@berth/kernel';
import { Booking } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import { Formats } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { judgeDraft } from '../drag/judge-draft';
import { isEditable, stateOf, type Bar, type BarState, type Span } from '../rows/bar';
import type { ResourceRow } from '../rows/catalogue';
import { defaultLength } from '../time/default-length';
import { TimelineActs } from '../timeline-acts';
import { isKnown, TimelineState } from '../timeline-state';
import { TimelineWords } from '../timeline-words';
import { linesOf, type TableLine } from './table-lines';

interface ShownLine {
  readonly key: string;
  readonly row: ResourceRow;
  readonly isFirst: boolean;
  readonly line: TableLine;
  readonly time: string;
  readonly state: BarState | 'free' | 'down';
  readonly word: string;
  readonly mayEdit: boolean;
  readonly slot: Span | null;
}

/** Enough for a screen or two; the table is read, not scrolled for ever. */
const RESOURCES_A_PAGE = 10;
const MINUTE = 60_000;

/** The same rows and bars as a plain table with buttons, for those who read or hear better than they drag. i18n: timeline.state.* */
@Component({
  selector: 'berth-timeline-table',
  imports: [TranslatePipe],
  templateUrl: './timeline-table.html',
  styleUrl: './timeline-table.css',
})
export class TimelineTable {
  private readonly state = inject(TimelineState);
  private readonly acts = inject(TimelineActs);
  protected readonly words = inject(TimelineWords);
  private readonly formats = inject(Formats);
  private readonly clock = inject(ServerClock);
  private readonly booking = inject(Booking);

  protected readonly page = signal(0);
  protected readonly pages = computed(() => Math.max(1, Math.ceil(this.state.rows().length / RESOURCES_A_PAGE)));
  private readonly first = computed(() => Math.min(this.page(), this.pages() - 1) * RESOURCES_A_PAGE);
  protected readonly position = computed(() => {
    const total = this.state.rows().length;
    return { from: this.first() + 1, to: Math.min(total, this.first() + RESOURCES_A_PAGE), total };
  });
  protected readonly shown = computed<ShownLine[]>(() =>
    this.state
      .rows()
      .slice(this.first(), this.first() + RESOURCES_A_PAGE)
      .flatMap((row) => this.linesOf(row)),
  );
  protected readonly isLoading = this.state.isLoadingTiles;

  protected turn(by: 1 | -1): void {
    this.page.set(Math.min(this.pages() - 1, Math.max(0, this.page() + by)));
    this.look();
  }

  constructor() {
    this.look();
  }

  protected async book(row: ResourceRow, slot: Span, button: HTMLElement): Promise<void> {
    const wanted = {
      resourceId: row.id,
      resourceName: row.name,
      timeZone: row.zone,
      start: formatInstant(new Date(slot.start)),
      end: formatInstant(new Date(slot.end)),
    };
    const outcome = await this.booking.open({ ...wanted, anchor: button });
    if (outcome === 'booked') await this.state.refresh(row.id).catch(() => undefined);
  }

  protected open(bar: Bar): void {
    this.state.go({ selected: bar.id });
  }

  protected move(bar: Bar, row: ResourceRow): void {
    void this.acts.moveElsewhere(bar, row.id);
  }

  protected cancel(bar: Bar, row: ResourceRow): void {
    void this.acts.cancel(bar, row.id);
  }

  private look(): void {
    this.state.look({ first: this.first(), end: this.first() + RESOURCES_A_PAGE });
  }

  private linesOf(row: ResourceRow): ShownLine[] {
    const content = this.state.board.content(row.id)();
    const { start, end, days } = this.state.scale();
    const now = this.clock.now();
    if (!isKnown(content, { start, end })) return [];
    const lines = linesOf(content, row.units, days, row.rules.slotStep * MINUTE);
    return lines.map((line, index) => ({
      key: `${row.id} ${line.kind === 'bar' ? line.bar.id : line.start}`,
      row,
      isFirst: index === 0,
      line,
      time:
        days.length === 1 && line.start >= start && line.end <= end
          ? this.formats.range(line.start, line.end, row.zone)
          : this.words.span(line, row.zone),
      ...(line.kind === 'bar' ? { state: stateOf(line.bar), word: this.words.state(line.bar) } : this.other(line.kind)),
      mayEdit: line.kind === 'bar' && isEditable(line.bar, now),
      slot: line.kind === 'free' ? this.slotIn(row, line, now) : null,
    }));
  }

  private other(kind: 'free' | 'blackout'): { readonly state: 'free' | 'down'; readonly word: string } {
    const state = kind === 'free' ? 'free' : 'down';
    return { state, word: this.words.text(`state.${state}`) };
  }

  /** The first usual booking that fits into a gap; null when the rules allow none. */
  private slotIn(row: ResourceRow, gap: Span, now: number): Span | null {
    const step = row.rules.slotStep * MINUTE;
    const start = Math.max(gap.start, Math.floor(now / step) * step);
    const draft = { start, end: Math.min(gap.end, start + defaultLength(row.rules) * MINUTE) };
    if (draft.end <= draft.start) return null;
    const verdict = judgeDraft({ row, content: this.state.board.content(row.id)(), draft, now });
    return verdict.kind === 'free' || verdict.kind === 'needs-approval' ? draft : null;
  }
}
