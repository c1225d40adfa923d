import { Component, computed, inject, input, output, signal } from '@angular/core';
import { PeopleApi, type KnownPerson } from '@berth/web/data';
import { Combobox, type ComboOption } from '../combobox/combobox';
import { BookingWords } from './booking-words';

/** Finds a person by name or e-mail; nobody chosen is said by the placeholder. */
@Component({
  selector: 'berth-person-field',
  imports: [Combobox],
  template: `
    <berth-combobox
      name="person"
      [label]="label()"
      [text]="person()?.displayName ?? ''"
      [placeholder]="placeholder()"
      [options]="options()"
      [current]="current()"
      [emptyText]="words.text('booking.nobodyFound')"
      (typed)="search($event)"
      (chosen)="picked.emit($event)"
      (committed)="commit($event)"
    />
  `,
})
export class PersonField {
  private readonly api = inject(PeopleApi);
  protected readonly words = inject(BookingWords);

  readonly label = input.required<string>();
  readonly placeholder = input('');
  readonly person = input<KnownPerson | null>(null);
  /** Ids of those who cannot be chosen. */
  readonly without = input<readonly string[]>([]);
  readonly picked = output<KnownPerson | null>();

  private readonly found = signal<readonly KnownPerson[]>([]);
  private turn = 0;
  protected readonly options = computed<readonly ComboOption<KnownPerson>[]>(() =>
    this.found()
      .filter((it) => !this.without().includes(it.id))
      .map((it) => ({ value: it, label: it.displayName, note: it.email })),
  );
  protected readonly current = computed(() => this.options().findIndex((it) => it.value.id === this.person()?.id));

  constructor() {
    void this.search('');
  }

  protected async search(text: string): Promise<void> {
    const turn = ++this.turn;
    const found = await this.api.search(text.trim()).catch(() => []);
    if (turn === this.turn) this.found.set(found);
  }

  /** An emptied field is nobody; a name that only one has is that person. */
  protected commit(text: string): void {
    const typed = text.trim().toLowerCase();
    if (typed === '') return this.picked.emit(null);
    const [only, ...others] = this.options().filter((it) => it.label.toLowerCase().includes(typed));
    if (only && others.length === 0) this.picked.emit(only.value);
  }
}
