import { Component, computed, inject } from '@angular/core';
import { Icon, MultiSelect, Select, type SelectOption } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import type { Facet } from '../rows/row-filter';
import { TimelineState } from '../timeline-state';
import { TimelineWords } from '../timeline-words';

const CAPACITIES = [2, 4, 6, 8, 12, 20, 50];
const TAGS_SHOWN = 14;
const STATES = ['mine', 'busy', 'pending', 'held', 'down', 'closed'] as const;

/** Filters as chips, and what the colours mean. i18n: timeline.state.* */
@Component({
  selector: 'berth-timeline-filters',
  imports: [Icon, MultiSelect, Select, TranslatePipe],
  host: { class: 'page-bar' },
  template: `
    @if (floors().length > 2 || state.query().floor) {
      <berth-select
        look="chip"
        [label]="'timeline.filter.floor' | translate"
        [options]="floors()"
        [value]="state.query().floor"
        (chosen)="state.go({ floor: $event })"
      />
    }
    <berth-select
      look="chip"
      [label]="'timeline.filter.type' | translate"
      [options]="types()"
      [value]="state.query().type"
      (chosen)="state.go({ type: $event })"
    />
    <berth-select
      look="chip"
      [label]="'timeline.filter.capacity' | translate"
      [options]="capacities()"
      [value]="state.query().capacity"
      (chosen)="state.go({ capacity: $event })"
    />
    @if (tags().length > 0 || state.query().tags.length > 0) {
      <berth-multi-select
        [look]="state.isPhone() ? 'open' : 'chip'"
        [label]="'timeline.filter.features' | translate"
        [several]="'timeline.filter.featureCount' | translate: { count: state.query().tags.length }"
        [options]="tags()"
        [value]="state.query().tags"
        (chosen)="state.go({ tags: $event })"
      />
    }
    @if (state.hasFavourites() || state.query().favourites) {
      <button
        type="button"
        class="chip"
        [attr.aria-pressed]="state.query().favourites"
        (click)="state.go({ favourites: !state.query().favourites })"
      >
        <svg berthIcon="star"></svg>{{ 'timeline.filter.favourites' | translate }}
      </button>
    }
    @if (state.isFiltered()) {
      <button type="button" class="chip" (click)="state.clearFilters()">
        <svg berthIcon="x"></svg>{{ 'timeline.filter.clear' | translate }}
      </button>
    }
    <span class="grow"></span>
    <ul class="legend not-phone" [attr.aria-label]="'timeline.legend' | translate">
      @for (key of states; track key) {
        <li><i [class]="key" aria-hidden="true"></i>{{ 'timeline.state.' + key | translate }}</li>
      }
    </ul>
  `,
  styles: `
    .legend li {
      display: inline-flex;
      align-items: center;
      gap: 6px;
    }
    .legend i {
      width: 16px;
      height: 12px;
      border: 1px solid transparent;
      border-radius: 3px;
    }
    .legend .mine {
      background: var(--accent);
    }
    .legend .busy {
      background: var(--busy);
      border-color: var(--bar-edge-busy);
    }
    .legend .pending {
      background: var(--pending);
      border: 1px dashed var(--pending-edge);
    }
    .legend .held {
      background: var(--held);
      border: 1px dotted var(--held-edge);
    }
    .legend .down {
      background: var(--pattern-down), var(--down);
      border-color: var(--down-edge);
    }
    .legend .closed {
      background: var(--pattern-closed), var(--closed);
    }
    @media (max-width: 719px) {
      :host {
        padding-bottom: 12px;
      }
    }
    @media print {
      :host > :not(.legend) {
        display: none;
      }
    }
  `,
})
export class TimelineFilters {
  private readonly words = inject(TimelineWords);
  protected readonly state = inject(TimelineState);

  protected readonly states = STATES;
  protected readonly floors = computed(() => this.withAll('filter.anyFloor', this.state.facets().floors));
  protected readonly types = computed(() => this.withAll('filter.anyType', this.state.facets().types));
  protected readonly capacities = computed<SelectOption<number | null>[]>(() => [
    { value: null, label: this.words.text('filter.anyCapacity') },
    ...CAPACITIES.map((value) => ({ value, label: this.words.text('filter.atLeast', { count: value }) })),
  ]);
  protected readonly tags = computed(() => {
    const { tags } = this.state.query();
    const offered = this.state.facets().tags.filter((it, index) => index < TAGS_SHOWN || tags.includes(it.value));
    return optionsOf(offered);
  });

  private withAll(key: string, facets: readonly Facet[]): SelectOption<string | null>[] {
    return [{ value: null, label: this.words.text(key) }, ...optionsOf(facets)];
  }
}

function optionsOf(facets: readonly Facet[]): SelectOption[] {
  return facets.map((it) => ({ value: it.value, label: it.label, hint: String(it.count) }));
}
