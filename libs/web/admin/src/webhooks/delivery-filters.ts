import { Component, computed, inject, input, output, resource, signal } from '@angular/core';
import { Combobox, type ComboOption } from '@berth/web/booking';
import { Formats, Icon, Segments, Select, type SelectOption, ZoneChip } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { ResourcesApi } from '../data/resources-api';
import { countOf, deliveryViews, type DeliveryQuery, fieldOf, instantOf } from './delivery-url';
import { WebhookWords } from './webhook-words';
import type { OfferedEvent } from './webhooks-api';

const ANY = { q: '', status: null, typeId: null, siteId: null, floorId: null, tags: [], capacity: null, sort: 'name' } as const;
const MOST_OFFERED = 20;

/** Which deliveries are shown. On a phone all but the first fold away under one button. i18n: admin.webhooks.view.* */
@Component({
  selector: 'berth-delivery-filters',
  imports: [Combobox, Icon, Segments, Select, TranslatePipe, ZoneChip],
  template: `
    <berth-segments
      [label]="'admin.column.status' | translate"
      [choices]="views()"
      [value]="query().show"
      (valueChange)="set({ show: $event })"
    />
    <button type="button" class="btn phone" [attr.aria-expanded]="isOpen()" (click)="isOpen.set(!isOpen())">
      <svg berthIcon="list-filter"></svg
      >{{ count() === 0 ? words.text('admin.webhooks.filters') : words.text('admin.webhooks.filtersOf', { count: count() }) }}
    </button>
    <div class="more" [class.closed]="!isOpen()">
      <berth-select
        look="chip"
        [label]="'admin.webhooks.anyEvent' | translate"
        [options]="events()"
        [value]="query().event"
        (chosen)="set({ event: $event === '' ? null : $event })"
      />
      <label>
        <span>{{ 'admin.webhooks.fromTime' | translate }}</span>
        <input
          #from
          class="in small"
          type="datetime-local"
          name="from"
          [value]="field(query().from)"
          (change)="set({ from: instant(from.value) })"
        />
      </label>
      <label>
        <span>{{ 'admin.webhooks.toTime' | translate }}</span>
        <input #to class="in small" type="datetime-local" name="to" [value]="field(query().to)" (change)="set({ to: instant(to.value) })" />
      </label>
      <berth-zone-chip [zone]="zone()" />
      <berth-combobox
        class="resource"
        name="resource"
        [label]="words.text('admin.webhooks.ofResource')"
        [placeholder]="words.text('admin.webhooks.ofResource')"
        [text]="resourceName.value() ?? ''"
        [options]="found()"
        [emptyText]="words.text('admin.webhooks.nothingFound')"
        (typed)="search($event)"
        (chosen)="set({ resource: $event })"
      />
      @if (count() > 0) {
        <button type="button" class="link" (click)="set({ event: null, resource: null, from: null, to: null })">
          {{ 'admin.webhooks.clear' | translate }}
        </button>
      }
    </div>
  `,
  styles: `
    :host,
    .more {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
    }
    label {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      font-size: 13px;
      color: var(--muted);
    }
    .resource {
      width: 200px;
    }
    .phone {
      display: none;
    }
    @media (max-width: 719px) {
      .phone {
        display: inline-flex;
      }
      .more {
        display: grid;
        width: 100%;
        justify-items: start;
      }
      .more.closed {
        display: none;
      }
      label {
        display: grid;
      }
      berth-segments {
        flex-wrap: wrap;
      }
    }
  `,
})
export class DeliveryFilters {
  private readonly resources = inject(ResourcesApi);
  private readonly said = inject(WebhookWords);
  protected readonly words = inject(AdminWords);

  readonly query = input.required<DeliveryQuery>();
  readonly offered = input.required<readonly OfferedEvent[]>();
  readonly changed = output<Partial<DeliveryQuery>>();

  /** Times are meant and shown by the clock the reader chose. */
  protected readonly zone = inject(Formats).ownZone;
  protected readonly isOpen = signal(false);
  protected readonly count = computed(() => countOf(this.query()));
  protected readonly views = computed(() =>
    deliveryViews.map((value) => ({ value, label: this.words.text(`admin.webhooks.view.${value}`) })),
  );
  protected readonly events = computed<readonly SelectOption[]>(() => [
    { value: '', label: this.words.text('admin.webhooks.anyEvent') },
    ...this.offered().map((it) => ({ value: it.type, label: this.said.event(it.type, it), hint: it.type })),
  ]);
  protected readonly found = signal<readonly ComboOption<string>[]>([]);
  protected readonly resourceName = resource({
    params: () => this.query().resource ?? undefined,
    loader: ({ params }) =>
      this.resources.one(params).then(
        (it) => it.name,
        () => params,
      ),
  });
  private turn = 0;

  protected field(instant: string | null): string {
    return fieldOf(instant, this.zone());
  }

  protected instant(text: string): string | null {
    return instantOf(text, this.zone());
  }

  protected set(patch: Partial<DeliveryQuery>): void {
    this.changed.emit(patch);
  }

  protected async search(text: string): Promise<void> {
    const turn = ++this.turn;
    const page = await this.resources.list({ ...ANY, q: text.trim() }, null).catch(() => ({ data: [] }));
    if (turn !== this.turn) return;
    this.found.set(page.data.slice(0, MOST_OFFERED).map((it) => ({ value: it.id, label: it.name, note: this.words.place(it) })));
  }
}
