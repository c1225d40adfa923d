import { DialogRef } from '@angular/cdk/dialog';
import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Component, type ElementRef, computed, effect, inject, signal, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { PaletteEntries, type PaletteEntry } from './palette-entries';
import { Icon } from '@berth/web/ui';

const serverDelayMs = 120;

/** Jump anywhere: pages, commands and what was used last at once, resources of the server under a divider. */
@Component({
  selector: 'berth-palette',
  imports: [TranslatePipe, Icon],
  templateUrl: './palette.html',
  styleUrl: './palette.css',
})
export class Palette {
  private readonly ref = inject(DialogRef);
  private readonly router = inject(Router);
  private readonly entries = inject(PaletteEntries);
  private readonly translate = inject(TranslateService);
  private readonly announcer = inject(LiveAnnouncer);
  private readonly list = viewChild.required<ElementRef<HTMLElement>>('list');

  protected readonly titleId = `${this.ref.id}-title`;
  protected readonly query = signal('');
  protected readonly active = signal(0);
  protected readonly found = signal<readonly PaletteEntry[]>([]);
  protected readonly searching = signal(false);
  protected readonly local = computed(() => this.entries.local(this.query()));
  protected readonly all = computed(() => {
    const local = this.local();
    const known = new Set(local.map((it) => it.id));
    return [...local, ...this.found().filter((it) => !known.has(it.id))];
  });

  constructor() {
    effect((onCleanup) => {
      const query = this.query().trim();
      this.found.set([]);
      this.searching.set(query.length > 1);
      if (query.length < 2) return;
      const stop = new AbortController();
      const timer = setTimeout(() => void this.askServer(query, stop.signal), serverDelayMs);
      onCleanup(() => {
        clearTimeout(timer);
        stop.abort();
      });
    });
    effect((onCleanup) => {
      const count = this.all().length;
      const timer = setTimeout(
        () => void this.announcer.announce(String(this.translate.instant('palette.count', { count })), 'polite'),
        500,
      );
      onCleanup(() => clearTimeout(timer));
    });
  }

  protected type(text: string): void {
    this.query.set(text);
    this.active.set(0);
  }

  protected onKey(event: KeyboardEvent): void {
    const count = this.all().length;
    const target = { ArrowDown: this.active() + 1, ArrowUp: this.active() - 1 + count }[event.key];
    if (target !== undefined && count > 0) this.active.set(target % count);
    else if (event.key === 'Enter') this.choose(this.all()[this.active()]);
    else return;
    event.preventDefault();
    queueMicrotask(() => this.list().nativeElement.querySelector('.active')?.scrollIntoView({ block: 'nearest' }));
  }

  protected choose(entry: PaletteEntry | undefined): void {
    if (entry === undefined) return;
    this.entries.remember(entry);
    this.ref.close();
    if (entry.run) entry.run();
    else if (entry.url) void this.router.navigateByUrl(entry.url);
  }

  protected point(event: Event): void {
    const index = this.optionAt(event);
    if (index >= 0) this.active.set(index);
  }

  protected optionAt(event: Event): number {
    const option = (event.target as Element).closest<HTMLElement>('[data-index]');
    return option === null ? -1 : Number(option.dataset['index']);
  }

  private async askServer(query: string, signal: AbortSignal): Promise<void> {
    const found = await this.entries.fromServer(query);
    if (signal.aborted) return;
    this.found.set(found);
    this.searching.set(false);
  }
}
