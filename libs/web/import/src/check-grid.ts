import { Component, type ElementRef, computed, effect, inject, viewChild } from '@angular/core';
import { Icon, VirtualRows, fits } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { BookingWords } from '@berth/web/booking';
import { FixRow } from './fix-row';
import { columnWidths, numericColumns, type CheckedRow } from './import-report';
import { ImportState } from './import-state';

const ROW_PX = 34;
const WHY_PX = 45;
const CARD_PX = 76;
const CARD_WHY_PX = 132;
const TAGS = {
  create: { look: 'free', icon: 'plus' },
  update: { look: 'accent', icon: 'pencil' },
  unchanged: { look: '', icon: null },
  skip: { look: '', icon: null },
  error: { look: 'error', icon: 'triangle-alert' },
} as const;

/**
 * Every row of the file with what becomes of it: new values beside the old ones, wrong cells marked, the reason and a way to put
 * it right below. Ten thousand rows are fine, only those in view are drawn.
 */
@Component({
  selector: 'berth-check-grid',
  imports: [FixRow, Icon, TranslatePipe, VirtualRows],
  templateUrl: './check-grid.html',
  styleUrl: './check-grid.css',
})
export class CheckGrid {
  private readonly scroll = viewChild.required<ElementRef<HTMLElement>>('scroll');
  protected readonly state = inject(ImportState);
  protected readonly words = inject(BookingWords);

  protected readonly tags = TAGS;
  protected readonly isPhone = fits('(max-width: 719px)');
  protected readonly rows = this.state.shown;
  private readonly report = computed(() => this.state.report()!);
  protected readonly columns = computed(() => {
    const widths = columnWidths(this.report());
    const numeric = numericColumns(this.report());
    return this.report().columns.map((name, index) => ({ name, width: widths[index]!, isNumber: numeric.has(name) }));
  });
  protected readonly width = computed(() => 152 + this.columns().reduce((sum, it) => sum + it.width, 0));
  protected readonly guess = computed(() => {
    const rows = this.rows();
    const [row, why] = this.isPhone() ? [CARD_PX, CARD_WHY_PX] : [ROW_PX, WHY_PX];
    return (index: number): number => row + why * ((rows[index]?.errors.length ?? 0) + (rows[index]?.note === undefined ? 0 : 1));
  });
  protected readonly ignored = computed(() => this.report().ignoredColumns);
  /** What comes to be with the import besides the rows, in one sentence. */
  protected readonly news = computed(() => {
    const news = (this.report().news ?? []).filter((it) => it.names.length > 0);
    if (news.length === 0) return null;
    const what = this.words.list(news.map((it) => this.words.count(it.count, it.names.length)));
    return { line: this.words.text('import.newThings', { what }), names: news.flatMap((it) => it.names) };
  });

  constructor() {
    effect(() => {
      this.state.filter();
      this.scroll().nativeElement.scrollTop = 0;
    });
  }

  protected wrong(row: CheckedRow, column: string): boolean {
    return row.errors.some((it) => it.column === column);
  }

  /** Cells of a card: what changes and what is wrong, then the rest in one line. */
  protected cardOf(row: CheckedRow): { readonly marked: readonly string[]; readonly rest: string } {
    const columns = this.columns().map((it) => it.name);
    const marked = columns.filter((it) => row.changes?.[it] !== undefined || this.wrong(row, it));
    const rest = columns.filter((it) => !marked.includes(it) && row.cells[it] && row.cells[it] !== row.name).map((it) => row.cells[it]);
    return { marked, rest: rest.join(' · ') };
  }
}
