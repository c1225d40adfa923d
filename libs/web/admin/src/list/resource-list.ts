import { Component, DestroyRef, type ElementRef, computed, effect, inject, untracked, viewChild } from '@angular/core';
import { Session, Texts } from '@berth/web/data';
import { Dialogs, EmptyState, ErrorPanel, Icon, Keys, fits, PageTitle, selection, Skeleton, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import type { BulkDone } from '../bulk/bulk-acts';
import { BulkBar } from '../bulk/bulk-bar';
import { Catalogue } from '../data/catalogue';
import type { Resource } from '../data/resource';
import { Drafts } from '../detail/drafts';
import { ResourcePanel } from '../detail/resource-panel';
import { ResourceSheet, type ResourceSheetData } from '../detail/resource-sheet';
import { LeaveDialog } from './leave-dialog';
import { ListFilters } from './list-filters';
import { NO_FILTERS, filterCount, filterOf, listUrl, nextSort } from './list-url';
import { resourceRows } from './resource-rows';
import { ResourceTable } from './resource-table';

const NEAR_THE_END = 24;

/** `/admin/resources`: all resources in a list, one of them open beside it. */
@Component({
  selector: 'berth-resource-list',
  imports: [BulkBar, EmptyState, ErrorPanel, Icon, ListFilters, ResourcePanel, ResourceTable, Skeleton, TranslatePipe],
  templateUrl: './resource-list.html',
  styleUrl: './resource-list.css',
  host: { class: 'page' },
})
export class ResourceList {
  protected readonly session = inject(Session);
  private readonly dialogs = inject(Dialogs);
  private readonly texts = inject(Texts);
  private readonly toasts = inject(Toasts);
  private readonly catalogue = inject(Catalogue);
  private readonly title = inject(PageTitle);
  private readonly list = viewChild.required<ElementRef<HTMLElement>>('list');
  private readonly table = viewChild(ResourceTable);
  private readonly filters = viewChild.required(ListFilters);
  private readonly panel = viewChild(ResourcePanel);
  protected readonly words = inject(AdminWords);
  protected readonly drafts = inject(Drafts);

  protected readonly url = listUrl();
  private readonly filter = computed(() => filterOf(this.url.query()), { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
  protected readonly rows = resourceRows(this.filter);
  protected readonly ticked = selection(this.rows.rows);
  protected readonly noFilters = NO_FILTERS;
  protected readonly isFiltered = computed(() => filterCount(this.url.query()) > 0 || this.url.query().q !== '');
  private readonly isWide = fits('(min-width: 1100px)');
  private readonly selected = computed(() => this.url.query().selected);
  /** The open resource stands beside the list. */
  protected readonly isSplit = computed(() => this.isWide() && this.selected() !== null);
  protected readonly known = computed(() => this.rows.rows().find((it) => it.id === this.selected()) ?? null);
  /** The one filled button is then the one that saves. */
  protected readonly isEditing = computed(() => this.isSplit() && this.drafts.ids().has(this.selected()!));

  constructor() {
    this.offerKeys();
    this.openSheetsByAddress();
    this.openDialogsByAddress();
    effect(() => {
      const end = this.table()?.end() ?? 0;
      if (end > 0 && end >= this.rows.rows().length - NEAR_THE_END && this.rows.problem() === null) untracked(() => void this.rows.more());
    });
    effect(() => {
      this.filter();
      this.list().nativeElement.scrollTop = 0;
    });
    effect(() => this.title.thing.set(this.known()?.name ?? null));
  }

  /** Asked before another page is shown. */
  mayLeave(): boolean | Promise<boolean> {
    const count = this.drafts.ids().size;
    if (count === 0) return true;
    const ref = this.dialogs.open<'discard'>(LeaveDialog, { size: 'narrow', data: this.words.count('admin.leave.text.', count) });
    return new Promise((resolve) =>
      ref.closed.subscribe((answer) => {
        if (answer === 'discard') this.drafts.forgetAll();
        resolve(answer === 'discard');
      }),
    );
  }

  protected open(id: string): void {
    void this.url.go({ selected: id });
  }

  protected close(): void {
    const id = this.selected();
    const index = this.rows.rows().findIndex((it) => it.id === id);
    void this.url.go({ selected: null, tab: 'overview' }).then(() => this.table()?.focus(index));
  }

  protected sortBy(column: 'name' | 'capacity'): void {
    void this.url.go({ sort: nextSort(this.url.query().sort, column) });
  }

  protected async selectAll(): Promise<void> {
    await this.rows.all();
    this.ticked.all();
  }

  protected afterBulk({ message, undo }: BulkDone): void {
    this.ticked.clear();
    void this.refresh();
    this.toasts.undoable(message, () => void undo().then(() => this.refresh()));
  }

  private async refresh(): Promise<void> {
    await Promise.all([this.rows.reload(), this.catalogue.load()]);
  }

  private offerKeys(): void {
    const withdraw = inject(Keys).offer(
      { combo: '/', label: 'admin.keys.search', run: () => this.filters().focus() },
      { combo: 'j', label: 'admin.keys.next', run: () => this.table()?.step(1) },
      { combo: 'k', label: 'admin.keys.previous', run: () => this.table()?.step(-1) },
      { combo: 'x', label: 'admin.keys.select', run: () => this.withCurrent((it) => this.ticked.tick(it.id)) },
      { combo: 'e', label: 'admin.keys.edit', run: () => this.edit() },
    );
    inject(DestroyRef).onDestroy(withdraw);
  }

  private edit(): void {
    const target = this.table()?.current() ?? this.known();
    if (target === null) return;
    void this.url.go({ selected: target.id, tab: 'overview' }).then(() => setTimeout(() => this.panel()?.edit()));
  }

  private withCurrent(act: (resource: Resource) => void): void {
    const current = this.table()?.current();
    if (current) act(current);
  }

  /** Where there is no room beside the list the resource is a sheet; Back closes it. */
  private openSheetsByAddress(): void {
    effect((onCleanup) => {
      const id = this.selected();
      if (id === null || this.isWide()) return;
      const data: ResourceSheetData = {
        id,
        known: this.known,
        tab: computed(() => this.url.query().tab),
        changeTab: (tab) => void this.url.go({ tab }, { replaces: true }),
        changed: (resource) => this.rows.put(resource),
      };
      const ref = untracked(() => this.dialogs.openSheet(ResourceSheet, { size: 'wide', data }));
      ref.closed.subscribe(() => {
        if (this.selected() === id && !this.isWide()) void this.url.go({ selected: null, tab: 'overview' });
      });
      onCleanup(() => ref.close());
    });
  }

  private openDialogsByAddress(): void {
    const dialog = computed(() => this.url.query().dialog);
    effect((onCleanup) => {
      const which = dialog();
      if (which === null) return;
      let isOver = false;
      let shut: () => void = () => undefined;
      onCleanup(() => {
        isOver = true;
        shut();
      });
      const closed = (): void => {
        if (!isOver) void this.url.go({ dialog: null });
      };
      untracked(async () => {
        const close = which === 'new' ? await this.openCreate(closed) : await this.openImport(closed);
        if (isOver) close();
        else shut = close;
      });
    });
  }

  /** @returns what closes it */
  private async openCreate(closed: () => void): Promise<() => void> {
    const { CreateDialog } = await import('../create/create-dialog');
    if (this.catalogue.types().length === 0) await this.catalogue.load();
    const { type, site, floor } = this.url.query();
    const ref = this.dialogs.open<Resource>(CreateDialog, { data: { typeId: type, siteId: site, floorId: floor } });
    ref.closed.subscribe((added) => {
      if (added === undefined) return;
      this.toasts.done(this.words.text('admin.create.done', { name: added.name }), {
        actions: [{ label: this.words.text('admin.create.open'), run: () => this.open(added.id) }],
      });
      void this.refresh();
    });
    ref.closed.subscribe(closed);
    return () => ref.close();
  }

  /** @returns what closes it */
  private async openImport(closed: () => void): Promise<() => void> {
    const { ResourceImportSheet } = await this.texts.with(['import'], () => import('../import/resource-import-sheet'));
    const ref = this.dialogs.openSheet<'changed'>(ResourceImportSheet, { size: 'wide', staysOpen: true });
    ref.closed.subscribe((answer) => {
      if (answer === 'changed') void this.refresh();
    });
    ref.closed.subscribe(closed);
    return () => ref.close();
  }
}
