import { Component, DestroyRef, type ElementRef, computed, effect, inject, input, output, viewChild } from '@angular/core';
import { Dialogs, Icon, MultiSelect, Select } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { filterOptions, placeOf } from './filter-options';
import { FilterSheet } from './filter-sheet';
import { NO_FILTERS, filterCount, type ListQuery } from './list-url';

const TYPING_PAUSE_MS = 250;

/** Search and filters of the list, as chips; on a phone one button that opens a sheet. */
@Component({
  selector: 'berth-list-filters',
  imports: [Icon, MultiSelect, Select, TranslatePipe],
  host: { class: 'page-bar', role: 'search' },
  template: `
    <label class="find in small">
      <svg berthIcon="search"></svg>
      <span class="visually-hidden">{{ 'admin.filter.search' | translate }}</span>
      <input
        #search
        type="search"
        name="q"
        autocomplete="off"
        spellcheck="false"
        [placeholder]="'admin.filter.search' | translate"
        (input)="type(search.value)"
        (keydown.escape)="leave($event)"
      />
      <kbd class="not-phone">/</kbd>
    </label>
    <span class="chips not-phone">
      <berth-select
        look="chip"
        [label]="'admin.column.status' | translate"
        [options]="options.statuses()"
        [value]="query().status"
        (chosen)="changed.emit({ status: $event })"
      />
      <berth-select
        look="chip"
        [label]="'admin.column.place' | translate"
        [options]="options.places()"
        [value]="options.place()"
        (chosen)="changed.emit(placeOf($event))"
      />
      <berth-select
        look="chip"
        [label]="'admin.column.type' | translate"
        [options]="options.types()"
        [value]="query().type"
        (chosen)="changed.emit({ type: $event })"
      />
      <berth-select
        look="chip"
        [label]="'admin.column.seats' | translate"
        [options]="options.seats()"
        [value]="query().seats"
        (chosen)="changed.emit({ seats: $event })"
      />
      @if (options.tags().length > 0 || query().tags.length > 0) {
        <berth-multi-select
          [label]="'admin.filter.tags' | translate"
          [several]="'admin.filter.tagCount' | translate: { count: query().tags.length }"
          [options]="options.tags()"
          [value]="query().tags"
          (chosen)="changed.emit({ tags: $event })"
        />
      }
      @if (isFiltered()) {
        <button type="button" class="chip" (click)="clear()"><svg berthIcon="x"></svg>{{ 'admin.filter.clear' | translate }}</button>
      }
    </span>
    <button type="button" class="chip only-phone" [class.on]="count() > 0" (click)="openSheet()">
      <svg berthIcon="sliders-horizontal"></svg
      >{{ (count() > 0 ? 'admin.filter.filtersCount' : 'admin.filter.filters') | translate: { count: count() } }}
    </button>
  `,
  styles: `
    .find {
      flex: 0 1 232px;
      color: var(--muted);
    }
    .find:focus-within {
      outline: 2px solid var(--accent);
      outline-offset: 1px;
      border-color: transparent;
    }
    .find input {
      flex: 1;
      min-width: 0;
      border: 0;
      background: none;
      outline: none;
      color: var(--text);
      appearance: none;
    }
    .find input::placeholder {
      color: var(--muted);
      opacity: 1;
    }
    .find input::-webkit-search-cancel-button {
      display: none;
    }
    .chips {
      display: contents;
    }
    @media (max-width: 719px) {
      :host {
        flex-wrap: nowrap;
      }
      .find {
        flex: 1;
        min-height: 44px;
      }
    }
  `,
})
export class ListFilters {
  private readonly dialogs = inject(Dialogs);
  private readonly search = viewChild.required<ElementRef<HTMLInputElement>>('search');

  readonly query = input.required<ListQuery>();
  readonly changed = output<Partial<ListQuery>>();
  /** Typed words: they replace the address instead of adding to the history. */
  readonly searched = output<string>();

  protected readonly options = filterOptions(this.query);
  protected readonly placeOf = placeOf;
  protected readonly count = computed(() => filterCount(this.query()));
  protected readonly isFiltered = computed(() => this.count() > 0 || this.query().q !== '');
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    effect(() => {
      const input = this.search().nativeElement;
      // What is being typed is newer than the address.
      if (this.pause === undefined) input.value = this.query().q;
    });
    inject(DestroyRef).onDestroy(() => clearTimeout(this.pause));
  }

  focus(): void {
    this.search().nativeElement.focus();
    this.search().nativeElement.select();
  }

  protected type(words: string): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      this.pause = undefined;
      this.searched.emit(words.trim());
    }, TYPING_PAUSE_MS);
  }

  protected leave(event: Event): void {
    event.stopPropagation();
    this.search().nativeElement.blur();
  }

  protected clear(): void {
    this.changed.emit(NO_FILTERS);
  }

  protected openSheet(): void {
    this.dialogs.openSheet(FilterSheet, { data: { query: this.query, change: (patch: Partial<ListQuery>) => this.changed.emit(patch) } });
  }
}
