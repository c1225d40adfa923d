import { Component, DestroyRef, ElementRef, computed, inject, signal, viewChild } from '@angular/core';
import { Favourites } from '@berth/web/data';
import { Dialogs, ErrorPanel, Formats, Icon, Keys, fits } from '@berth/web/ui';
import { FacetList } from './bar/facet-list';
import { FilterSheet } from './bar/filter-sheet';
import { PhraseField } from './bar/phrase-field';
import { QueryChips } from './bar/query-chips';
import { FindActs } from './find-acts';
import { FindDays } from './find-days';
import { FindState } from './find-state';
import { FindWords } from './find-words';
import { ResultList } from './results/result-list';
import { SaveSearchAct } from './saved/save-search-act';
import { SavedList } from './saved/saved-list';

const TELL_MS = 10_000;

/** Find & book: any suitable thing, at this time, near here. */
@Component({
  selector: 'berth-find',
  imports: [ErrorPanel, FacetList, Icon, PhraseField, QueryChips, ResultList, SavedList],
  providers: [FindState, FindDays, FindActs],
  host: { class: 'page', '(document:keydown)': 'press($event)' },
  templateUrl: './find.html',
  styleUrl: './find.css',
})
export class Find {
  private readonly dialogs = inject(Dialogs);
  private readonly formats = inject(Formats);
  private readonly days = inject(FindDays);
  private readonly saving = inject(SaveSearchAct);
  private readonly acts = inject(FindActs);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly phrase = viewChild(PhraseField);
  private readonly results = viewChild(ResultList);
  protected readonly state = inject(FindState);
  protected readonly words = inject(FindWords);

  protected readonly isPhone = fits('(max-width: 719px)');
  /** Changes of others, told at most every ten seconds. */
  protected readonly news = signal('');

  /** The search in two lines, for a phone. */
  protected readonly summary = computed(() => {
    const { type, tags, people, words } = this.state.query();
    const name = this.state.catalogue()?.types.find((it) => it.key === type)?.name;
    const what = [words, name ?? this.words.text('anyType'), ...tags].filter(Boolean).join(', ');
    return people === null ? what : `${what} · ${this.words.counted('people', people)}`;
  });
  protected readonly when = computed(() => {
    const { span } = this.state.wish();
    const { flex, minutes } = this.state.query();
    const zone = this.state.zone();
    const site = this.state.catalogue()?.sites.find((it) => it.id === this.state.siteId())?.name;
    const time = flex === 'day' ? this.formats.duration(minutes * 60_000) : this.formats.range(span.start, span.end, zone);
    return [`${this.formats.date(span.start, zone)}, ${time}`, flex === 'exact' ? null : this.words.text(`flex.${flex}`), site]
      .filter(Boolean)
      .join(' · ');
  });
  protected readonly filterCount = computed(() => {
    const { type, floor, people, tags } = this.state.query();
    return [type, floor, people].filter((it) => it !== null).length + tags.length;
  });

  constructor() {
    // Stars that cannot be had are missing, and nothing else.
    void inject(Favourites)
      .load()
      .catch(() => undefined);
    const withdraw = inject(Keys).offer(
      { combo: '/', label: 'find.keys.phrase', group: 'page', run: () => this.ask() },
      { combo: 'j', label: 'find.keys.next', group: 'page', run: () => this.results()?.focus(this.results()?.hasFocus() ? 1 : 0) },
      { combo: 'k', label: 'find.keys.previous', group: 'page', run: () => this.results()?.focus(this.results()?.hasFocus() ? -1 : 0) },
      { combo: 't', label: 'find.keys.now', group: 'page', run: () => this.state.go({ date: null, start: null }) },
      { combo: '[', label: 'find.keys.earlier', group: 'page', run: () => this.state.move(-1) },
      { combo: ']', label: 'find.keys.later', group: 'page', run: () => this.state.move(1) },
    );
    const telling = setInterval(() => this.tell(), TELL_MS);
    inject(DestroyRef).onDestroy(() => {
      withdraw();
      clearInterval(telling);
    });
  }

  protected toResults(): void {
    this.results()?.focus();
  }

  protected save(): void {
    this.saving.open(this.state);
  }

  protected openFilters(): void {
    this.dialogs.openSheet(FilterSheet, { data: this.state });
  }

  /** Arrows reach the list from where nothing else wants them. */
  protected press(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const isNowhere = event.target === document.body || (event.target instanceof HTMLElement && event.target.tagName === 'MAIN');
    if (!isNowhere || !this.host.nativeElement.isConnected) return;
    event.preventDefault();
    this.toResults();
  }

  private ask(): void {
    if (this.isPhone()) this.openFilters();
    else this.phrase()?.focus();
  }

  private tell(): void {
    const count = this.days.changes();
    const lost = this.acts.lost().size;
    this.days.changes.set(0);
    if (count > 0) this.news.set(lost > 0 ? this.words.counted('news.lost', lost) : this.words.counted('news.changed', count));
  }
}
