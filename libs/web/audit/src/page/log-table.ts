import { Component, ElementRef, Injector, afterNextRender, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { PreferencesStore } from '@berth/web/data';
import { fits, VirtualRows } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import type { LogEntry } from '../log-entry';
import { AuditWords } from '../words/audit-words';

const ROW_PX = { comfortable: 48, default: 40, compact: 34 } as const;
const CARD_PX = 84;

/** The log as rows, on a phone as cards; only those in view are drawn. */
@Component({
  selector: 'berth-log-table',
  imports: [RouterLink, TranslatePipe, VirtualRows],
  templateUrl: './log-table.html',
  styleUrl: './log-table.css',
})
export class LogTable {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly injector = inject(Injector);
  private readonly preferences = inject(PreferencesStore);
  protected readonly words = inject(AuditWords);
  private readonly window = viewChild.required(VirtualRows);

  readonly rows = input.required<readonly LogEntry[]>();
  readonly openId = input.required<string | null>();
  readonly isStale = input(false);
  readonly opened = output<LogEntry>();

  /** The row the keys act on: the one that has or last had the focus. */
  readonly focused = signal<number | null>(null);
  /** End of what is drawn, so that the page knows when to fetch more. */
  readonly end = computed(() => this.window().range().end);
  protected readonly guess = computed(() => {
    const px = this.isPhone() ? CARD_PX : ROW_PX[this.preferences.density()];
    return () => px;
  });
  protected readonly isPhone = fits('(max-width: 719px)');

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
      () => this.host.nativeElement.querySelector<HTMLElement>(`[data-index="${index}"] .what a`)?.focus({ preventScroll: true }),
      { injector: this.injector },
    );
  }

  protected viaOf(row: LogEntry): string {
    return row.via?.kind === 'token' || row.via?.kind === 'client' ? this.words.via(row) : '';
  }
}
