import { Component, DestroyRef, computed, inject, input, resource, signal } from '@angular/core';
import { Sites } from '@berth/web/data';
import { Field } from '@berth/web/ui';
import { Combobox, type ComboOption } from './combobox/combobox';
import { busyTimeOf, fullTime } from './day/busy-day';
import { BookingWords } from './form/booking-words';
import type { BookingForm } from './form/booking-form';
import { ResourcesApi, type BookableResource } from './resources-api';
import { overlaps, type Span } from './span';

interface Found {
  readonly resource: BookableResource;
  /** null while the wanted time is not known. */
  readonly isFree: boolean | null;
}

const SEARCH_AFTER_MS = 150;

/** Which resource: type a part of its name, place or tags. Each one found says whether it is free at the wanted time. */
@Component({
  selector: 'berth-resource-field',
  imports: [Combobox, Field],
  template: `
    <berth-field [label]="words.text('booking.resource')" [error]="form().lacksResource() ? words.text('booking.resourceMissing') : null">
      <berth-combobox
        name="resource"
        [label]="words.text('booking.resource')"
        [text]="form().resourceName() ?? ''"
        [placeholder]="words.text('booking.resourcePlaceholder')"
        [options]="options()"
        [current]="current()"
        [disabled]="locked()"
        [emptyText]="found.isLoading() ? words.text('booking.searching') : words.text('booking.nothingFound')"
        (focusin)="look()"
        (typed)="search($event)"
        (chosen)="form().choose($event)"
        (committed)="takeBest($event)"
      />
    </berth-field>
  `,
  styles: `
    :host {
      display: contents;
    }
    berth-combobox {
      width: 236px;
    }
    @media (max-width: 719px) {
      berth-field {
        flex: 1 1 100%;
      }
      berth-combobox {
        width: 100%;
      }
    }
  `,
})
export class ResourceField {
  private readonly api = inject(ResourcesApi);
  private readonly sites = inject(Sites);
  protected readonly words = inject(BookingWords);
  private timer: ReturnType<typeof setTimeout> | null = null;

  readonly form = input.required<BookingForm>();
  readonly locked = input(false);

  private readonly query = signal<string | null>(null);
  protected readonly found = resource({
    params: () => {
      const words = this.query();
      return words === null
        ? undefined
        : { words, span: this.form().wish.span(), siteId: words === '' ? (this.sites.selected()?.id ?? null) : null };
    },
    loader: async ({ params: { words, span, siteId } }) => this.withFreedom(await this.api.find(words, siteId), span),
  });
  private readonly shown = computed<readonly Found[]>(() => (this.found.hasValue() ? this.found.value() : []));
  protected readonly options = computed(() => this.shown().map((it) => this.option(it)));
  protected readonly current = computed(() => this.shown().findIndex((it) => it.resource.id === this.form().wish.resourceId()));

  constructor() {
    inject(DestroyRef).onDestroy(() => this.timer !== null && clearTimeout(this.timer));
  }

  protected look(): void {
    if (this.query() === null) this.query.set('');
  }

  protected search(words: string): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.query.set(words.trim()), SEARCH_AFTER_MS);
  }

  /** Enter without a choice takes the best match: the name that was typed, else the first that begins so. */
  protected async takeBest(text: string): Promise<void> {
    const typed = text.trim().toLocaleLowerCase();
    if (typed === '') return;
    const all = await this.api.find(typed, null).catch(() => []);
    const named = (test: (name: string) => boolean) => all.find((it) => test(it.name.toLocaleLowerCase()));
    const best = named((name) => name === typed) ?? named((name) => name.startsWith(typed)) ?? all[0];
    if (best) this.form().choose(best);
  }

  private option({ resource: it, isFree }: Found): ComboOption<BookableResource> {
    const freedom =
      isFree === null
        ? {}
        : isFree
          ? { hint: this.words.text('booking.slot.free'), tone: 'free' as const }
          : { hint: this.words.text('booking.slot.taken') };
    return { value: it, label: it.name, note: this.words.about(it), ...freedom };
  }

  private async withFreedom(resources: readonly BookableResource[], span: Span | null): Promise<Found[]> {
    if (span === null || resources.length === 0) return resources.map((it) => ({ resource: it, isFree: null }));
    const answer = await this.api.availability(
      resources.map((it) => it.id),
      span,
    );
    return resources.map((it) => {
      const index = answer.resources.indexOf(it.id);
      if (index < 0) return { resource: it, isFree: null };
      const busy = busyTimeOf(answer, index, span);
      const obstacles = [...fullTime(busy.bars, it.units, 1), ...busy.closed, ...busy.blackouts];
      return { resource: it, isFree: !obstacles.some((time) => overlaps(time, span)) };
    });
  }
}
