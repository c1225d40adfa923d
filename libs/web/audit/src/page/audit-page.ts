import { Component, DestroyRef, computed, effect, inject, resource, signal, untracked, viewChild } from '@angular/core';
import { LiveUpdates, ProblemMessages, Session, toProblem } from '@berth/web/data';
import {
  Dialogs,
  EmptyState,
  ErrorPanel,
  fits,
  Formats,
  Icon,
  Keys,
  Select,
  type SelectOption,
  Skeleton,
  Toasts,
  Tooltip,
} from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AuditApi } from '../audit-api';
import { eventPages } from '../history/event-pages';
import type { LogFilter, LogView } from '../log-entry';
import { AuditWords } from '../words/audit-words';
import { EntryPanel } from './entry-panel';
import { EntrySheet, type EntrySheetData } from './entry-sheet';
import { ExportDialog } from './export-dialog';
import { KeepViewDialog } from './keep-view-dialog';
import { LogFilters } from './log-filters';
import { LogTable } from './log-table';
import { filterCount, isSameFilter, logUrl } from './log-url';

const NEAR_THE_END = 24;
/** What happens in one moment is read at once. */
const LIVE_PAUSE_MS = 500;

/** `/admin/audit`: who did what, when and from where. */
@Component({
  selector: 'berth-audit-page',
  imports: [EmptyState, EntryPanel, ErrorPanel, Icon, LogFilters, LogTable, Select, Skeleton, Tooltip, TranslatePipe],
  templateUrl: './audit-page.html',
  styleUrl: './audit-page.css',
  host: { class: 'page' },
})
export class AuditPage {
  private readonly api = inject(AuditApi);
  private readonly session = inject(Session);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly formats = inject(Formats);
  protected readonly words = inject(AuditWords);
  private readonly table = viewChild(LogTable);
  private readonly filters = viewChild.required(LogFilters);

  protected readonly url = logUrl();
  protected readonly filter = computed(() => this.url.query().filter, { equal: isSameFilter });
  protected readonly selected = computed(() => this.url.query().selected);
  protected readonly isLive = computed(() => this.url.query().isLive);
  protected readonly zone = this.formats.ownZone;
  protected readonly pages = eventPages(this.filter, (filter, cursor) => this.api.rows(filter, cursor));
  protected readonly isFiltered = computed(() => filterCount(this.filter()) > 0 || this.filter().q !== undefined);
  private readonly counted = resource({ params: () => this.filter(), loader: ({ params }) => this.api.facets(params) });
  protected readonly facets = computed(() => (this.counted.hasValue() ? this.counted.value() : null));
  private readonly isWide = fits('(min-width: 1100px)');
  protected readonly isSplit = computed(() => this.isWide() && this.selected() !== null);
  protected readonly mayExport = computed(() => this.session.may('audit:export'));
  /** For those who hear the page. */
  protected readonly said = signal('');

  private readonly kept = resource({ loader: () => this.api.views() });
  private readonly views = computed<readonly LogView[]>(() => (this.kept.hasValue() ? this.kept.value() : []));
  protected readonly viewOptions = computed<readonly SelectOption<string | null>[]>(() => [
    { value: null, label: this.words.text('audit.any.view') },
    ...this.views().map((it) => ({ value: it.id, label: it.name })),
  ]);
  /** The kept view that is shown now. */
  protected readonly view = computed(() => this.views().find((it) => isSameFilter(it.filter, this.filter())) ?? null);

  private readonly verified = resource({ loader: () => this.api.chain() });
  protected readonly chain = computed(() => (this.verified.hasValue() ? this.verified.value() : null));
  private readonly keeping = resource({ loader: () => this.api.retention() });
  protected readonly retention = computed(() => (this.keeping.hasValue() ? this.keeping.value() : null));
  protected readonly isChecking = computed(() => this.verified.isLoading());

  constructor() {
    this.offerKeys();
    this.openSheetsByAddress();
    this.followLive();
    effect(() => {
      const end = this.table()?.end() ?? 0;
      const isNear = end > 0 && end >= this.pages.rows().length - NEAR_THE_END;
      // Where little fits, each page may cost a search of many rows: then somebody presses for it.
      if (isNear && this.pages.problem() === null && this.pages.searchedTo() === null) untracked(() => void this.pages.more());
    });
  }

  protected narrow(more: LogFilter): void {
    void this.url.show({ ...this.filter(), ...more });
  }

  protected close(): void {
    const index = this.pages.rows().findIndex((it) => it.id === this.selected());
    void this.url.open(null).then(() => this.table()?.focus(index));
  }

  protected chooseView(id: string | null): void {
    void this.url.show(this.views().find((it) => it.id === id)?.filter ?? {});
  }

  protected keepView(): void {
    this.dialogs.open<LogView>(KeepViewDialog, { size: 'narrow', data: { filter: this.filter() } }).closed.subscribe((view) => {
      if (view === undefined) return;
      this.kept.reload();
      this.toasts.done(this.words.text('audit.kept', { name: view.name }));
    });
  }

  protected async forgetView({ id, name }: LogView): Promise<void> {
    try {
      await this.api.forgetView(id);
      this.toasts.done(this.words.text('audit.forgotten', { name }));
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
    this.kept.reload();
  }

  protected export(): void {
    this.dialogs.open(ExportDialog, { data: { filter: this.filter() } });
  }

  protected number(value: number): string {
    return new Intl.NumberFormat(this.formats.language()).format(value);
  }

  private offerKeys(): void {
    const withdraw = inject(Keys).offer(
      { combo: '/', label: 'audit.search', run: () => this.filters().focus() },
      { combo: 'j', label: 'admin.keys.next', run: () => this.table()?.step(1) },
      { combo: 'k', label: 'admin.keys.previous', run: () => this.table()?.step(-1) },
    );
    inject(DestroyRef).onDestroy(withdraw);
  }

  /** Where there is no room beside the log the event is a sheet; Back closes it. */
  private openSheetsByAddress(): void {
    effect((onCleanup) => {
      if (this.isWide() || this.selected() === null) return;
      const data: EntrySheetData = {
        id: computed(() => this.selected() ?? ''),
        open: (id) => void this.url.open(id),
        narrow: (filter) => void this.url.open(null).then(() => this.narrow(filter)),
      };
      const ref = untracked(() => this.dialogs.openSheet(EntrySheet, { size: 'wide', data }));
      const closing = ref.closed.subscribe(() => void this.url.open(null));
      onCleanup(() => {
        closing.unsubscribe();
        ref.close();
      });
    });
  }

  private followLive(): void {
    const live = inject(LiveUpdates);
    effect((onCleanup) => {
      if (!this.isLive()) return;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const look = (): void => {
        timer ??= setTimeout(() => {
          timer = undefined;
          void this.takeNew();
        }, LIVE_PAUSE_MS);
      };
      const end = live.watch('audit', look, look);
      untracked(look);
      onCleanup(() => {
        clearTimeout(timer);
        end();
      });
    });
  }

  private async takeNew(): Promise<void> {
    try {
      const { data } = await this.api.rows(this.filter(), null);
      const count = this.pages.add(data);
      if (count > 0) this.said.set(this.words.text(`audit.newRows.${count === 1 ? 'one' : 'other'}`, { count: this.number(count) }));
    } catch {
      // The next event looks again; what is shown stays.
    }
  }
}
