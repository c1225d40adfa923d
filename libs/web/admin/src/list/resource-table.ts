import { Component, ElementRef, Injector, afterNextRender, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { PreferencesStore } from '@berth/web/data';
import { Icon, fits, Tooltip, type Selection, VirtualRows } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import type { Resource, ResourceSort } from '../data/resource';

const ROW_PX = { comfortable: 56, default: 48, compact: 40 } as const;
const CARD_PX = 104;

/** The resources as rows, on a phone as cards; only those in view are drawn. */
@Component({
  selector: 'berth-resource-table',
  imports: [Icon, RouterLink, Tooltip, TranslatePipe, VirtualRows],
  templateUrl: './resource-table.html',
  styleUrl: './resource-table.css',
})
export class ResourceTable {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly injector = inject(Injector);
  private readonly preferences = inject(PreferencesStore);
  protected readonly words = inject(AdminWords);
  private readonly window = viewChild.required(VirtualRows);

  readonly rows = input.required<readonly Resource[]>();
  readonly total = input.required<number | null>();
  readonly sort = input.required<ResourceSort>();
  readonly selection = input.required<Selection<Resource>>();
  readonly openId = input.required<string | null>();
  /** Resources with changes nobody has saved. */
  readonly unsaved = input.required<ReadonlySet<string>>();
  readonly isStale = input(false);
  readonly opened = output<Resource>();
  readonly sorted = output<'name' | 'capacity'>();

  /** The row the keys act on: the one that has or last had the focus. */
  readonly focused = signal<number | null>(null);
  /** End of what is drawn, so that the list knows when to fetch more. */
  readonly end = computed(() => this.window().range().end);

  protected readonly isPhone = fits('(max-width: 719px)');
  protected readonly guess = computed(() => {
    const px = this.isPhone() ? CARD_PX : ROW_PX[this.preferences.density()];
    return () => px;
  });

  /** Moves the focus by rows; the first time to the first row. */
  step(by: 1 | -1): void {
    const at = this.focused();
    this.focus(at === null ? 0 : Math.min(this.rows().length - 1, Math.max(0, at + by)));
  }

  focus(index: number): void {
    if (this.rows()[index] === undefined) return;
    this.focused.set(index);
    this.window().reveal(index);
    afterNextRender(
      () => this.host.nativeElement.querySelector<HTMLElement>(`[data-index="${index}"] .name a`)?.focus({ preventScroll: true }),
      {
        injector: this.injector,
      },
    );
  }

  /** The resource the keys act on. */
  current(): Resource | null {
    return this.rows()[this.focused() ?? -1] ?? null;
  }

  /** What the columns say, on a card. */
  protected factsOf(row: Resource): string {
    const place = this.words.place(row);
    const seats = row.capacity === null ? '' : this.words.count('admin.seats.', row.capacity);
    const units = row.units === 1 ? '' : this.words.count('admin.units.', row.units);
    return [row.type.name, place === '–' ? '' : place, seats, units, row.tags.slice(0, 3).join(', ')].filter(Boolean).join(' · ');
  }

  protected direction(column: 'name' | 'capacity'): 'ascending' | 'descending' | null {
    if (this.sort() === column) return 'ascending';
    return this.sort() === `-${column}` ? 'descending' : null;
  }

  protected tick(row: Resource, event: MouseEvent): void {
    this.selection().tick(row.id, event.shiftKey);
  }
}
