import { Component, ElementRef, computed, effect, inject, linkedSignal, untracked, viewChildren } from '@angular/core';
import { Formats, Select, Skeleton, type SelectOption } from '@berth/web/ui';
import { FindDays } from '../find-days';
import { FindState } from '../find-state';
import { FindWords } from '../find-words';
import { SORTS, type Sort } from '../query/find-query';
import { NothingFree } from './nothing-free';
import { OtherRow } from './other-row';
import { RefusedList } from './refused-list';
import { ResultRow } from './result-row';

const HOUR = 3_600_000;

/** What was found: free then, free at other times, and what the rules refuse. i18n: find.sort.* */
@Component({
  selector: 'berth-result-list',
  imports: [NothingFree, OtherRow, RefusedList, ResultRow, Select, Skeleton],
  templateUrl: './result-list.html',
  styleUrl: './result-list.css',
  host: { '[attr.aria-busy]': 'state.isLoading() || null' },
})
export class ResultList {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly formats = inject(Formats);
  protected readonly days = inject(FindDays);
  protected readonly state = inject(FindState);
  protected readonly words = inject(FindWords);
  private readonly rows = viewChildren(ResultRow);

  protected readonly answer = this.state.answer;
  protected readonly selected = linkedSignal<unknown, number>({ source: this.state.answered, computation: () => 0 });
  protected readonly sorts = computed<SelectOption<Sort>[]>(() =>
    SORTS.map((value) => ({ value, label: this.words.text(`sort.${value}`) })),
  );
  protected readonly title = computed(() => {
    const answer = this.answer();
    if (answer === null) return '';
    const { data, page } = answer;
    return page.hasMore ? this.words.text('found.more', { count: data.length }) : this.words.counted('found', data.length);
  });
  /** Hours over the strips. */
  protected readonly hours = computed(() => {
    const { start, end } = this.days.shown();
    const count = Math.round((end - start) / HOUR);
    const step = count <= 14 ? 2 : count <= 26 ? 4 : 24;
    return Array.from({ length: Math.floor(count / step) + 1 }, (_, i) => {
      const at = start + i * step * HOUR;
      const hour = this.formats.format(at, this.state.zone(), { hour: '2-digit', hourCycle: this.formats.hourCycle() });
      return { left: ((i * step) / count) * 100, text: hour.replace(/\s?(Uhr|h)$/, '') };
    });
  });

  /** Set while the keyboard moves the time: the row it is on may go with what is found then. */
  private returns = false;

  constructor() {
    effect(() => {
      this.state.answered();
      const rows = this.rows();
      if (!this.returns || rows.length === 0 || this.state.isLoading()) return;
      this.returns = false;
      untracked(() => this.focus());
    });
  }

  protected moved(slots: 1 | -1): void {
    this.returns = true;
    this.state.move(slots);
  }

  /** Brings the keyboard to the list. */
  focus(step: 0 | 1 | -1 = 0): void {
    const rows = this.rows();
    const index = Math.min(rows.length - 1, Math.max(0, this.selected() + step));
    if (index < 0) return;
    this.selected.set(index);
    rows[index]?.focus();
  }

  /** Whether a row has the focus. */
  hasFocus(): boolean {
    return this.host.nativeElement.contains(document.activeElement);
  }
}
