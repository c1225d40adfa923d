import { Component, computed, inject, input, output, signal } from '@angular/core';
import { Combobox, type ComboOption } from '@berth/web/booking';
import { Session } from '@berth/web/data';
import { AdminWords } from '../admin-words';
import type { Place } from '../data/access-api';
import { Catalogue } from '../data/catalogue';
import { ResourcesApi } from '../data/resources-api';

const ANY = { q: '', status: null, typeId: null, siteId: null, floorId: null, tags: [], capacity: null, sort: 'name' } as const;

/** Finds a place by name: the organization, a site or a resource. */
@Component({
  selector: 'berth-place-field',
  imports: [Combobox],
  template: `
    <berth-combobox
      name="place"
      [label]="label()"
      [text]="place()?.name ?? ''"
      [options]="options()"
      [current]="current()"
      [emptyText]="words.text('admin.explain.noPlace')"
      (typed)="search($event)"
      (chosen)="picked.emit($event)"
    />
  `,
})
export class PlaceField {
  private readonly api = inject(ResourcesApi);
  private readonly session = inject(Session);
  private readonly catalogue = inject(Catalogue);
  protected readonly words = inject(AdminWords);

  readonly label = input.required<string>();
  readonly place = input<Place | null>(null);
  readonly picked = output<Place>();

  private readonly q = signal('');
  private readonly found = signal<readonly ComboOption<Place>[]>([]);
  protected readonly options = computed<readonly ComboOption<Place>[]>(() => {
    const organization = this.session.user()?.organization;
    const fixed: ComboOption<Place>[] = [
      ...(organization
        ? [
            {
              value: { kind: 'organization' as const, id: organization.id, name: organization.name },
              label: organization.name,
              note: this.words.text('admin.delegation.organization'),
            },
          ]
        : []),
      ...this.catalogue.sites().map(({ id, name }) => ({
        value: { kind: 'site' as const, id, name },
        label: name,
        note: this.words.text('admin.delegation.site'),
      })),
    ];
    const q = this.q().toLowerCase();
    return [...fixed.filter((it) => it.label.toLowerCase().includes(q)), ...this.found()];
  });
  protected readonly current = computed(() => this.options().findIndex((it) => it.value.id === this.place()?.id));
  private turn = 0;

  constructor() {
    void this.search('');
  }

  protected async search(text: string): Promise<void> {
    const turn = ++this.turn;
    this.q.set(text.trim());
    const page = await this.api.list({ ...ANY, q: text.trim() }, null).catch(() => ({ data: [] }));
    if (turn !== this.turn) return;
    this.found.set(
      page.data
        .slice(0, 20)
        .map((it) => ({ value: { kind: 'resource', id: it.id, name: it.name }, label: it.name, note: this.words.place(it) })),
    );
  }
}
