import { Component, computed, inject, model, signal } from '@angular/core';
import { Sites } from '@berth/web/data';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { Combobox, type ComboOption } from '../combobox/combobox';
import { BookingWords } from '../form/booking-words';
import { type BookableResource, ResourcesApi } from '../resources-api';
import { PlaceNames, type Places } from './place-names';

let nextId = 0;

/** Everywhere, or in some sites and of some resources alone. */
@Component({
  selector: 'berth-places-field',
  imports: [Combobox, Icon, TranslatePipe],
  template: `
    <fieldset>
      <legend>{{ 'booking.places.where' | translate }}</legend>
      <label class="check">
        <input type="radio" [name]="name" [checked]="value() === null" (change)="value.set(null)" />
        <span>{{ 'booking.places.everywhere' | translate }}</span>
      </label>
      <label class="check">
        <input type="radio" [name]="name" [checked]="value() !== null" (change)="begin()" />
        <span>{{ 'booking.places.some' | translate }}</span>
      </label>
      @if (value(); as places) {
        <div class="some">
          <p class="muted">{{ 'booking.places.hint' | translate }}</p>
          @for (site of sites.all(); track site.id) {
            <label class="check">
              <input #box type="checkbox" [checked]="places.siteIds.includes(site.id)" (change)="toggleSite(site.id, box.checked)" />
              <span>{{ site.name }}</span>
            </label>
          }
          @if (places.resourceIds.length > 0) {
            <ul>
              @for (id of places.resourceIds; track id) {
                <li class="chip on">
                  {{ names.ofResource(id) }}
                  <button
                    type="button"
                    [attr.aria-label]="'booking.places.without' | translate: { name: names.ofResource(id) }"
                    (click)="remove(id)"
                  >
                    <svg berthIcon="x" [size]="14"></svg>
                  </button>
                </li>
              }
            </ul>
          }
          <berth-combobox
            [label]="'booking.places.add' | translate"
            [text]="''"
            [placeholder]="'booking.places.add' | translate"
            [options]="options()"
            [emptyText]="'booking.nothingFound' | translate"
            (focusin)="search('')"
            (typed)="search($event)"
            (chosen)="add($event)"
          />
        </div>
      }
    </fieldset>
  `,
  styles: `
    fieldset,
    .some {
      display: grid;
      gap: 4px;
      margin: 0;
      padding: 0;
      border: 0;
    }
    .some {
      padding: 4px 0 0 24px;
    }
    legend {
      padding: 0 0 4px;
      font-size: 13px;
      line-height: 16px;
      color: var(--muted);
    }
    p {
      margin: 0;
      font-size: 13px;
      line-height: 18px;
    }
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
      margin: 4px 0;
      padding: 0;
      list-style: none;
    }
    li button {
      display: inline-flex;
      padding: 0;
      border: 0;
      background: none;
      color: inherit;
      cursor: pointer;
    }
    berth-combobox {
      width: min(280px, 100%);
    }
  `,
})
export class PlacesField {
  private readonly api = inject(ResourcesApi);
  protected readonly sites = inject(Sites);
  protected readonly names = inject(PlaceNames);
  protected readonly words = inject(BookingWords);
  protected readonly name = `berth-places-${nextId++}`;

  /** null is everywhere. */
  readonly value = model<Places | null>(null);

  private readonly found = signal<readonly BookableResource[]>([]);
  private turn = 0;
  protected readonly options = computed<readonly ComboOption<BookableResource>[]>(() =>
    this.found()
      .filter((it) => !this.value()?.resourceIds.includes(it.id))
      .map((it) => ({ value: it, label: it.name, note: this.words.about(it) })),
  );

  constructor() {
    if (this.sites.all().length === 0) void this.sites.load();
    setTimeout(() => void this.names.learn([this.value()]));
  }

  protected begin(): void {
    if (this.value() === null) this.value.set({ siteIds: [], resourceIds: [] });
  }

  protected toggleSite(id: string, isOn: boolean): void {
    this.change(({ siteIds, resourceIds }) => ({ siteIds: siteIds.filter((it) => it !== id).concat(isOn ? [id] : []), resourceIds }));
  }

  protected add({ id, name }: BookableResource): void {
    this.names.know(id, name);
    this.change(({ siteIds, resourceIds }) => ({ siteIds, resourceIds: [...resourceIds, id] }));
  }

  protected remove(id: string): void {
    this.change(({ siteIds, resourceIds }) => ({ siteIds, resourceIds: resourceIds.filter((it) => it !== id) }));
  }

  protected async search(text: string): Promise<void> {
    const turn = ++this.turn;
    const found = await this.api.find(text, null).catch(() => []);
    if (turn === this.turn) this.found.set(found);
  }

  private change(changed: (places: Places) => Places): void {
    this.value.update((it) => it && changed(it));
  }
}
