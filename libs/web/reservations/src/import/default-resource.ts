import { Component, Injectable, computed, inject, resource, signal } from '@angular/core';
import { BookingWords, Combobox, ResourcesApi, type ComboOption } from '@berth/web/booking';
import { Field } from '@berth/web/ui';

interface Chosen {
  readonly id: string;
  readonly name: string;
}

/** The resource of rows that name none. */
@Injectable()
export class ResourceOfRows {
  readonly chosen = signal<Chosen | null>(null);
}

/** Asks for the resource of rows that name none: a calendar of one room seldom says which. */
@Component({
  selector: 'berth-default-resource',
  imports: [Combobox, Field],
  template: `
    <berth-field [label]="words.text('reservations.import.resource')" [hint]="words.text('reservations.import.resourceHint')">
      <berth-combobox
        name="resource"
        [label]="words.text('reservations.import.resource')"
        [text]="rows.chosen()?.name ?? ''"
        [placeholder]="words.text('reservations.import.resourceNone')"
        [options]="options()"
        (focusin)="look()"
        (typed)="query.set($event.trim())"
        (chosen)="rows.chosen.set($event)"
        (committed)="commit($event)"
      />
    </berth-field>
  `,
  styles: `
    berth-combobox {
      width: min(320px, 100%);
    }
  `,
})
export class DefaultResource {
  private readonly api = inject(ResourcesApi);
  protected readonly rows = inject(ResourceOfRows);
  protected readonly words = inject(BookingWords);

  protected readonly query = signal<string | null>(null);
  private readonly found = resource({
    params: () => this.query() ?? undefined,
    loader: ({ params }) => this.api.find(params, null),
  });
  protected readonly options = computed<readonly ComboOption<Chosen>[]>(() =>
    (this.found.hasValue() ? this.found.value() : []).map((it) => ({ value: it, label: it.name, note: this.words.about(it) })),
  );

  protected look(): void {
    if (this.query() === null) this.query.set('');
  }

  /** What was typed counts where it is the whole name; nothing typed is no resource. */
  protected commit(text: string): void {
    const typed = text.trim().toLocaleLowerCase();
    const named = this.options().find((it) => it.label.toLocaleLowerCase() === typed);
    if (typed === '') this.rows.chosen.set(null);
    else if (named) this.rows.chosen.set(named.value);
  }
}
